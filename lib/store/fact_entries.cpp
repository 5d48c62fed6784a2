#include "store/fact_entries.h"

#include <algorithm>
#include <new>

namespace hr::store {

namespace {

constexpr size_t kFirstPiece = 128;  // bytes; many places have few facts
constexpr size_t kLargestPiece = 2048;

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

EntryReader::Place EntryReader::begin_of(const EntryList& list, const EntryList::Piece* piece) {
  if (piece == nullptr) return {nullptr, nullptr, nullptr};
  // The next one lies anywhere, and all of it was written long ago: it is on its way while this one is read.
  const char* const next = reinterpret_cast<const char*>(piece->next);
  const size_t its_size = next != nullptr ? std::min(kLargestPiece, 2 * size_t{piece->size}) : 0;  // as grow() has it
  for (size_t at = 0; at < its_size; at += 64) __builtin_prefetch(next + at);
  const char* const begin = reinterpret_cast<const char*>(piece + 1);
  return {piece, begin, piece == list.last_ ? list.to_ : begin + piece->used};
}

}  // namespace hr::store
