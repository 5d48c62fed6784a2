#include "store/fact_entries.h"

#include <algorithm>

namespace hr::store {

namespace {

constexpr unsigned kScaleShift = 16;
constexpr unsigned kStepShift = 20;
constexpr unsigned kNumberShift = 32;
constexpr uint64_t kWideStep = 0xFFF;  // says that four more words follow
constexpr uint64_t kMostScale = 0xF;
constexpr size_t kWideWords = 5;
constexpr size_t kFirstPiece = 16;  // words; many places have few facts
constexpr size_t kLargestPiece = 512;

bool fits(const PlacedFact& fact, uint64_t step) {
  return step < kWideStep && static_cast<uint64_t>(fact.value.scale) <= kMostScale &&
         fact.value.unscaled == static_cast<int32_t>(fact.value.unscaled) && fact.rest == 0;
}

}  // namespace

uint64_t* EntryArena::take(size_t entries) {
  if (kBlockEntries - used_ < entries) {
    blocks_.push_back(std::make_unique_for_overwrite<uint64_t[]>(kBlockEntries));
    used_ = 0;
  }
  uint64_t* begin = blocks_.back().get() + used_;
  used_ += entries;
  return begin;
}

void EntryList::append(EntryArena& arena, const PlacedFact& fact) {
  if (pieces_.empty() || pieces_.back().size - pieces_.back().used < kWideWords) {
    const size_t size = pieces_.empty() ? kFirstPiece : std::min(kLargestPiece, size_t{pieces_.back().size} * 2);
    pieces_.push_back({arena.take(size), 0, static_cast<uint32_t>(size)});
    line_ = UINT32_MAX;  // so that the first one is wide
  }
  Piece& piece = pieces_.back();
  const uint64_t step = uint64_t{fact.line} - line_;  // huge when it goes back
  uint64_t* to = piece.begin + piece.used;
  if (fits(fact, step)) {
    *to = fact.offset | static_cast<uint64_t>(fact.value.scale) << kScaleShift | step << kStepShift |
          static_cast<uint64_t>(static_cast<uint32_t>(fact.value.unscaled)) << kNumberShift;
    piece.used += 1;
  } else {
    to[0] = fact.offset | kWideStep << kStepShift;
    to[1] = fact.line;
    to[2] = static_cast<uint64_t>(fact.value.unscaled);
    to[3] = static_cast<uint64_t>(fact.value.scale);
    to[4] = fact.rest;
    piece.used += kWideWords;
  }
  line_ = fact.line;
  ++size_;
}

void EntryList::read(std::vector<PlacedFact>& facts) const {
  facts.reserve(facts.size() + size_);
  uint32_t line = 0;
  for (const Piece& piece : pieces_) {
    const uint64_t* end = piece.begin + piece.used;
    for (const uint64_t* at = piece.begin; at != end;) {
      const auto offset = static_cast<uint16_t>(at[0]);
      const uint64_t step = (at[0] >> kStepShift) & kWideStep;
      if (step == kWideStep) {
        line = static_cast<uint32_t>(at[1]);
        facts.push_back({offset, line, {static_cast<int64_t>(at[2]), static_cast<int32_t>(at[3])}, at[4]});
        at += kWideWords;
        continue;
      }
      line += static_cast<uint32_t>(step);
      const auto number = static_cast<int32_t>(static_cast<uint32_t>(at[0] >> kNumberShift));
      facts.push_back({offset, line, {number, static_cast<int32_t>((at[0] >> kScaleShift) & kMostScale)}, 0});
      ++at;
    }
  }
}

}  // namespace hr::store
