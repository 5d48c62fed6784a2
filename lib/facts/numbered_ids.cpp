#include "facts/numbered_ids.h"

#include <algorithm>
#include <bit>

namespace hr::facts {

void NumberedIds::begin(const IdShape& shape, size_t expected) {
  shape_ = shape;
  resize(expected);
}

// Room for so many.
void NumberedIds::resize(size_t ids) {
  const size_t size = std::bit_ceil(std::max<size_t>(16, ids + ids / 2));
  std::vector<Slot> old(size);
  old.swap(slots_);
  shift_ = 64 - static_cast<unsigned>(std::countr_zero(size));
  for (const Slot& slot : old) {
    if (slot.code != kFree) insert(slot);
  }
}

void NumberedIds::insert(Slot slot) {
  size_t at = place(slot.number);
  while (slots_[at].code != kFree) at = after(at);
  slots_[at] = slot;
}

void NumberedIds::put(uint64_t number, uint32_t code) {
  if (++ids_ > slots_.size() / 4 * 3) resize(2 * ids_);
  insert({static_cast<uint32_t>(number), code});
}

}  // namespace hr::facts
