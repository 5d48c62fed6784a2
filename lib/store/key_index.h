// Records by their key, which has a number a part. Internal to the store.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace hr::store {

class KeyIndex {
 public:
  // Of records 0, 1, …, with `parts` (≥ 1) numbers each, one record after the other; no two are equal.
  KeyIndex(size_t parts, std::vector<uint32_t> keys);

  // The record of a key; a new one, behind all others, where there is none.
  uint32_t find_or_add(const uint32_t* key);
  size_t size() const { return size_; }

 private:
  void fill_slots(size_t slots);

  size_t parts_;
  size_t size_;
  std::vector<uint32_t> keys_;
  std::vector<uint32_t> slots_;  // record + 1 by hash, 0 = free; a power of two, at most half full
};

}  // namespace hr::store
