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

void EntryReader::enter(const EntryList::Piece* piece) {
  piece_ = piece;
  if (piece == nullptr) return;
  // The next one lies anywhere, and all of it was written long ago: it is on its way while this one is read.
  const char* const next = reinterpret_cast<const char*>(piece->next);
  const size_t its_size = next != nullptr ? std::min(kLargestPiece, 2 * size_t{piece->size}) : 0;  // as grow() has it
  for (size_t at = 0; at < its_size; at += 64) __builtin_prefetch(next + at);
  at_ = reinterpret_cast<const char*>(piece + 1);
  end_ = piece == list_->last_ ? list_->to_ : at_ + piece->used;
}

void EntryReader::read_wide(uint64_t word) {
  const bool has_rest = (word & EntryList::kFormMask) == EntryList::kAnyWithRest;
  fact_.offset = static_cast<uint16_t>(word >> EntryList::kAnyOffsetShift);
  fact_.line = static_cast<uint32_t>(word >> EntryList::kLineShift);
  fact_.value = {static_cast<int64_t>(load(at_ + 8)), static_cast<int32_t>(word >> EntryList::kScaleShift & 31U)};
  fact_.rest = has_rest ? load(at_ + 16) : 0;
  at_ += has_rest ? 24 : 16;
}

}  // namespace hr::store
