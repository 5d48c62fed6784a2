// Facts that were read and are not yet stored, by place, in about eight bytes each: a file's facts are held in these
// until all of it is there. Internal to the store.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/decimal.h"

namespace hr::store {

// A fact of one KPI, period and block of subjects.
struct PlacedFact {
  uint32_t offset = 0;  // of the subject in the block
  uint32_t line = 0;    // of the file
  Decimal value;
  uint64_t rest = 0;  // stands for the cells of columns that the store does not keep; 0 = there are none
};

// Memory for entries of many lists, given back all at once. One thread's.
class EntryArena {
 public:
  uint64_t* take(size_t entries);  // at most kBlockEntries

  static constexpr size_t kBlockEntries = size_t{1} << 17U;

 private:
  std::vector<std::unique_ptr<uint64_t[]>> blocks_;
  size_t used_ = kBlockEntries;  // of the last block
};

// The facts of one place that one thread took, in the order in which they came. Usually one word a fact:
// offset (16 bits) · scale (4) · lines since the entry before (12) · value × 10^scale (32). What does not fit there,
// and the first of each piece of memory, takes five words.
class EntryList {
 public:
  void append(EntryArena& arena, const PlacedFact& fact);
  void read(std::vector<PlacedFact>& facts) const;  // appends them
  size_t size() const { return size_; }

 private:
  struct Piece {
    uint64_t* begin = nullptr;
    uint32_t used = 0;
    uint32_t size = 0;
  };

  std::vector<Piece> pieces_;
  size_t size_ = 0;
  uint32_t line_ = 0;  // of the last
};

}  // namespace hr::store
