#include "store/key_index.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace hr::store {

namespace {

uint64_t hash_of(const uint32_t* key, size_t parts) {
  uint64_t h = 0x9E3779B97F4A7C15U;
  for (size_t i = 0; i < parts; ++i) {
    h = (h ^ key[i]) * 0xD6E8FEB86659FD93U;
    h ^= h >> 32U;
  }
  return h;
}

}  // namespace

KeyIndex::KeyIndex(size_t parts, std::vector<uint32_t> keys)
    : parts_(parts), size_(keys.size() / parts), keys_(std::move(keys)) {
  fill_slots(std::bit_ceil(std::max<size_t>(1024, 2 * (size_ + 1))));
}

uint32_t KeyIndex::find_or_add(const uint32_t* key) {
  if (2 * (size_ + 1) > slots_.size()) fill_slots(slots_.size() * 4);
  const size_t mask = slots_.size() - 1;
  for (size_t i = hash_of(key, parts_) & mask;; i = (i + 1) & mask) {
    if (slots_[i] == 0) {
      keys_.insert(keys_.end(), key, key + parts_);
      slots_[i] = static_cast<uint32_t>(++size_);
      return slots_[i] - 1;
    }
    const uint32_t record = slots_[i] - 1;
    if (std::equal(key, key + parts_, keys_.data() + record * parts_)) return record;
  }
}

void KeyIndex::fill_slots(size_t slots) {
  slots_.assign(slots, 0);
  const size_t mask = slots - 1;
  for (size_t record = 0; record < size_; ++record) {
    size_t i = hash_of(keys_.data() + record * parts_, parts_) & mask;
    while (slots_[i] != 0) i = (i + 1) & mask;
    slots_[i] = static_cast<uint32_t>(record) + 1;
  }
}

}  // namespace hr::store
