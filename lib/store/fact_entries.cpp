#include "store/fact_entries.h"

#include <algorithm>
#include <new>

namespace hr::store {

namespace {

constexpr size_t kFirstPiece = 128;  // bytes; many places have few facts
constexpr size_t kLargestPiece = 2048;

uint64_t load(const char* at) {
  uint64_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return word;
}

}  // namespace

char* EntryArena::take(size_t bytes) {
  if (kBlockBytes - used_ < bytes) {
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(kBlockBytes + kBehind));
    used_ = 0;
  }
  char* begin = blocks_.back().get() + used_;
  used_ += bytes;
  return begin;
}

void EntryList::grow(EntryArena& arena) {
  const size_t size = last_ ? std::min(kLargestPiece, 2 * size_t{last_->size}) : kFirstPiece;
  char* memory = arena.take(size);
  auto* piece = new (memory) Piece{nullptr, 0, static_cast<uint32_t>(size)};
  char* begin = memory + sizeof(Piece);
  if (last_) {
    last_->next = piece;
    last_->used = static_cast<uint32_t>(to_ - reinterpret_cast<char*>(last_ + 1));
  } else {
    first_ = piece;
  }
  last_ = piece;
  to_ = begin;
  end_ = memory + size;
}

void EntryList::append_other(EntryArena& arena, uint32_t offset, uint32_t line, Decimal value, uint64_t rest) {
  const PlacedFact fact{offset, line, value, rest};
  if (static_cast<size_t>(end_ - to_) < kLargest) grow(arena);
  first_line_ = size_ == 0 ? fact.line : std::min(first_line_, fact.line);  // one that goes back always comes here
  const uint32_t gap = fact.offset - offset_;
  const uint32_t step = fact.line - line_;
  if (!is_small(fact) || step > 0xFFFF) {
    put((fact.rest == 0 ? kAny : kAnyWithRest) | static_cast<uint64_t>(fact.value.scale) << kScaleShift |
            uint64_t{fact.offset} << kAnyOffsetShift | uint64_t{fact.line} << kLineShift,
        sizeof(uint64_t));
    put(static_cast<uint64_t>(fact.value.unscaled), sizeof(uint64_t));
    if (fact.rest != 0) put(fact.rest, sizeof(uint64_t));
  } else if ((gap | step) > 0xFF) {
    put(kNear | small_word(fact) | uint64_t{fact.offset} << kOffsetShift | uint64_t{step} << kFarStepShift, kMiddle);
  } else {
    put(kNext | small_word(fact) | uint64_t{gap} << kGapShift | uint64_t{step} << kStepShift, kSmall);
  }
  note(fact);
}

PlacedFact* EntryList::read(PlacedFact* to) const {
  uint32_t offset = 0;
  uint32_t line = 0;
  for (const Piece* piece = first_; piece; piece = piece->next) {
    const char* at = reinterpret_cast<const char*>(piece + 1);
    const char* end = piece == last_ ? to_ : at + piece->used;
    while (at != end) {
      const uint64_t word = load(at);
      Decimal value{static_cast<int32_t>(static_cast<uint32_t>(word)) >> kValueShift,
                    static_cast<int32_t>(word >> kScaleShift & 7U)};
      uint64_t rest = 0;
      if ((word & kFormMask) == kNext) {
        offset += static_cast<uint8_t>(word >> kGapShift);
        line += static_cast<uint8_t>(word >> kStepShift);
        at += kSmall;
      } else if ((word & kFormMask) == kNear) {
        offset = static_cast<uint16_t>(word >> kOffsetShift);
        line += static_cast<uint16_t>(word >> kFarStepShift);
        at += kMiddle;
      } else {
        offset = static_cast<uint16_t>(word >> kAnyOffsetShift);
        line = static_cast<uint32_t>(word >> kLineShift);
        value = {static_cast<int64_t>(load(at + 8)), static_cast<int32_t>(word >> kScaleShift & 31U)};
        if ((word & kFormMask) == kAnyWithRest) rest = load(at + 16);
        at += rest != 0 ? 24 : 16;
      }
      *to++ = {offset, line, value, rest};
    }
  }
  return to;
}

}  // namespace hr::store
