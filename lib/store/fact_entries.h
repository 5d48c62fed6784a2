// Facts that were read and are not yet stored, by place, in six bytes each where a file goes by subject, in eight where
// it does not: a file's facts are held in these until all of it is there. Internal to the store.
#pragma once

#include <cstdint>
#include <cstring>
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
  char* take(size_t bytes);  // at most kBlockBytes

  static constexpr size_t kBlockBytes = size_t{1} << 20U;
  static constexpr size_t kBehind = 64;  // bytes behind what was taken that are there, whosever they are

 private:
  std::vector<std::unique_ptr<char[]>> blocks_;
  size_t used_ = kBlockBytes;  // of the last block
};

// The facts of one place that one thread took, in the order in which they came. A copy refers to the same entries: of
// one and its copies only one may go on.
class EntryList {
 public:
  void append(EntryArena& arena, const PlacedFact& fact) {
    const uint32_t gap = fact.offset - offset_;
    const uint32_t step = fact.line - line_;
    if (static_cast<size_t>(end_ - to_) < kLargest || (gap | step) > 0xFF || !is_small(fact))
      return append_other(arena, fact.offset, fact.line, fact.value, fact.rest);
    put(small_word(fact) | uint64_t{gap} << kGapShift | uint64_t{step} << kStepShift, kSmall);
    note(fact);
  }
  void prefetch() const { __builtin_prefetch(to_, 1); }  // what append() writes to
  size_t size() const { return size_; }
  uint32_t first_line() const { return first_line_; }  // the least line; of an empty list nobody knows

 private:
  // An entry begins with a word: form (2 bits) · scale (3) · value × 10^scale (27, signed), and
  //   form 0: offset and line less those of the entry before (8 each); it takes 6 bytes;
  //   form 1: offset (16) · line less that before (16); 8 bytes.
  // Other facts: form (2) · scale (5) · offset (from bit 16 on, 16) · line (32) · value × 10^scale (another word), and
  // in form 3 the rest.
  enum Form : uint64_t { kNext, kNear, kAny, kAnyWithRest };
  static constexpr uint64_t kFormMask = 3;
  static constexpr unsigned kScaleShift = 2, kValueShift = 5, kGapShift = 32, kStepShift = 40;
  static constexpr unsigned kOffsetShift = 32, kFarStepShift = 48, kAnyOffsetShift = 16, kLineShift = 32;
  static constexpr size_t kSmall = 6, kMiddle = 8, kLargest = 24;  // bytes

  struct Piece {  // before its entries
    Piece* next = nullptr;
    uint32_t used = 0;  // bytes of entries, when it is full
    uint32_t size = 0;
  };

  static bool is_small(const PlacedFact& fact) {
    constexpr uint64_t kHalf = uint64_t{1} << 26U;
    const uint64_t shifted = static_cast<uint64_t>(fact.value.unscaled) + kHalf;
    return shifted < 2 * kHalf && static_cast<uint32_t>(fact.value.scale) < 8 && fact.rest == 0;
  }
  static uint64_t small_word(const PlacedFact& fact) {
    return static_cast<uint32_t>(static_cast<uint32_t>(fact.value.unscaled) << kValueShift |
                                 static_cast<uint32_t>(fact.value.scale) << kScaleShift);
  }
  void put(uint64_t word, size_t bytes) {
    std::memcpy(to_, &word, sizeof word);
    to_ += bytes;
    __builtin_prefetch(to_ + EntryArena::kBehind, 1);  // many lists grow at once: the processor does not see it coming
  }
  void note(const PlacedFact& fact) {
    offset_ = fact.offset;
    line_ = fact.line;
    ++size_;
  }
  friend class EntryReader;

  // Apart, so that the cells of a fact need not lie in memory for it.
  void append_other(EntryArena& arena, uint32_t offset, uint32_t line, Decimal value, uint64_t rest);
  void grow(EntryArena& arena);

  Piece* first_ = nullptr;
  Piece* last_ = nullptr;
  char* to_ = nullptr;   // where the next entry goes
  char* end_ = nullptr;  // of the last piece
  uint32_t size_ = 0;
  uint32_t offset_ = 0;  // of the last
  uint32_t first_line_ = 0;
  uint32_t line_ = 0;  // of the last
};

// Goes through the facts of a list, which must not change meanwhile. No function gets its address: a copy within a loop
// lies in registers.
class EntryReader {
 public:
  explicit EntryReader(const EntryList& list) : list_(&list), place_(begin_of(list, list.first_)) {}

  // The next one becomes fact(); false when there is none.
  bool next() {
    while (place_.at == place_.end) {
      if (place_.piece == nullptr || place_.piece->next == nullptr) return false;
      place_ = begin_of(*list_, place_.piece->next);
    }
    const uint64_t word = load(place_.at);
    if ((word & EntryList::kFormMask) > EntryList::kNear) {
      read_wide(word);
      return true;
    }
    // Which of the two small forms it is nobody foresees: no branch asks.
    const bool near = (word & EntryList::kFormMask) == EntryList::kNear;
    const auto next = fact_.offset + static_cast<uint8_t>(word >> EntryList::kGapShift);
    fact_.offset = near ? static_cast<uint16_t>(word >> EntryList::kOffsetShift) : next;
    fact_.line += near ? static_cast<uint16_t>(word >> EntryList::kFarStepShift)
                       : static_cast<uint8_t>(word >> EntryList::kStepShift);
    fact_.value = {static_cast<int32_t>(static_cast<uint32_t>(word)) >> EntryList::kValueShift,
                   static_cast<int32_t>(word >> EntryList::kScaleShift & 7U)};
    fact_.rest = 0;
    place_.at += near ? EntryList::kMiddle : EntryList::kSmall;
    return true;
  }
  const PlacedFact& fact() const { return fact_; }

 private:
  struct Place {
    const EntryList::Piece* piece;
    const char* at;
    const char* end;
  };

  static uint64_t load(const char* at) {
    uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    return word;
  }
  void read_wide(uint64_t word) {
    const bool has_rest = (word & EntryList::kFormMask) == EntryList::kAnyWithRest;
    fact_.offset = static_cast<uint16_t>(word >> EntryList::kAnyOffsetShift);
    fact_.line = static_cast<uint32_t>(word >> EntryList::kLineShift);
    fact_.value = {static_cast<int64_t>(load(place_.at + 8)),
                   static_cast<int32_t>(word >> EntryList::kScaleShift & 31U)};
    fact_.rest = has_rest ? load(place_.at + 16) : 0;
    place_.at += has_rest ? 24 : 16;
  }
  static Place begin_of(const EntryList& list, const EntryList::Piece* piece);

  const EntryList* list_;
  Place place_;
  PlacedFact fact_;
};

}  // namespace hr::store
