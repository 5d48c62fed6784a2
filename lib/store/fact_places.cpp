#include "store/fact_places.h"

#include <algorithm>
#include <array>
#include <bit>

namespace hr::store {

namespace {

constexpr size_t kOffsets = 65'536;
constexpr size_t kFew = 2'000;  // so few are sorted sooner than a block's bits are looked through

bool before(const PlacedFact& a, const PlacedFact& b) {
  return a.offset != b.offset ? a.offset < b.offset : a.line < b.line;
}

bool says_the_same(const PlacedFact& a, const PlacedFact& b) {
  return a.value == b.value && a.rest == b.rest;
}

// One key's facts [begin, end): what of them stays, at `to`; its end is returned.
size_t keep_of_key(std::vector<PlacedFact>& facts, size_t begin, size_t end, size_t to,
                   std::vector<DuplicateFact>& duplicates) {
  const PlacedFact first = facts[begin];
  bool differ = false;
  for (size_t i = begin + 1; i < end; ++i) differ = differ || !says_the_same(first, facts[i]);
  for (size_t i = begin + (differ ? 0 : 1); i < end; ++i)
    duplicates.push_back({facts[i].line, i == begin ? facts[begin + 1].line : first.line, differ});
  if (differ) return to;
  facts[to] = first;
  return to + 1;
}

}  // namespace

bool merge_ascending(std::span<const EntryList* const> lists, SegmentCells& cells, std::vector<uint32_t>& lines) {
  std::vector<EntryReader> readers;  // those that have a fact to give
  readers.reserve(lists.size());
  size_t n = 0;
  for (const EntryList* list : lists) {
    n += list->size();
    readers.emplace_back(*list);
    if (!readers.back().next()) readers.pop_back();
  }
  cells.offsets.resize(n);
  cells.values.resize(n);
  lines.resize(n);
  uint32_t* const offsets = cells.offsets.data();
  Decimal* const values = cells.values.data();
  uint32_t* const line_of = lines.data();
  int64_t last = -1;
  for (size_t i = 0; !readers.empty();) {
    const auto offset_of = [](const EntryReader& reader) { return reader.fact().offset; };
    size_t least = 0;
    for (size_t r = 1; r < readers.size(); ++r) {
      if (offset_of(readers[r]) < offset_of(readers[least])) least = r;
    }
    uint32_t limit = UINT32_MAX;  // where another list goes on
    for (size_t r = 0; r < readers.size(); ++r) {
      if (r != least) limit = std::min(limit, offset_of(readers[r]));
    }
    EntryReader reader = readers[least];
    bool more = true;
    do {
      const PlacedFact& fact = reader.fact();
      if (fact.offset <= last) return false;
      last = fact.offset;
      offsets[i] = fact.offset;
      values[i] = fact.value;
      line_of[i++] = fact.line;
      more = reader.next();
    } while (more && offset_of(reader) < limit);
    readers[least] = reader;
    if (!more) readers.erase(readers.begin() + static_cast<std::ptrdiff_t>(least));
  }
  return true;
}

void PlaceOrder::sort(std::vector<PlacedFact>& facts) {
  if (merge(facts)) return;
  if (facts.size() < kFew || !scatter(facts)) std::stable_sort(facts.begin(), facts.end(), before);
}

// What threads took of a file in order is in order, each for itself.
bool PlaceOrder::merge(std::vector<PlacedFact>& facts) {
  constexpr size_t kMostRuns = 4;
  std::array<std::vector<PlacedFact>::iterator, kMostRuns> ends;
  size_t runs = 0;
  for (auto end = facts.begin(); end != facts.end(); ++runs) {
    if (runs == kMostRuns) return false;
    end = ends[runs] = std::is_sorted_until(end, facts.end(), before);
  }
  for (size_t run = 1; run < runs; ++run) {
    sorted_.resize(static_cast<size_t>(ends[run] - facts.begin()));
    std::merge(facts.begin(), ends[run - 1], ends[run - 1], ends[run], sorted_.begin(), before);
    if (run + 1 == runs) {
      facts.swap(sorted_);
    } else {
      std::copy(sorted_.begin(), sorted_.end(), facts.begin());
    }
  }
  return true;
}

bool PlaceOrder::scatter(std::vector<PlacedFact>& facts) {
  place_of_.resize(kOffsets);
  there_.assign(kOffsets / 64, 0);
  for (uint32_t i = 0; i < facts.size(); ++i) {
    const uint32_t offset = facts[i].offset;
    const uint64_t bit = uint64_t{1} << (offset % 64);
    if (there_[offset / 64] & bit) return false;
    there_[offset / 64] |= bit;
    place_of_[offset] = i;
  }
  sorted_.clear();
  for (uint32_t word = 0; word < there_.size(); ++word) {
    for (uint64_t bits = there_[word]; bits != 0; bits &= bits - 1)
      sorted_.push_back(facts[place_of_[word * 64 + static_cast<uint32_t>(std::countr_zero(bits))]]);
  }
  facts.swap(sorted_);
  return true;
}

void remove_duplicates(std::vector<PlacedFact>& facts, std::vector<DuplicateFact>& duplicates) {
  const auto same_key = [](const PlacedFact& a, const PlacedFact& b) { return a.offset == b.offset; };
  if (std::adjacent_find(facts.begin(), facts.end(), same_key) == facts.end()) return;
  size_t kept = 0;
  for (size_t begin = 0; begin < facts.size();) {
    size_t end = begin + 1;
    while (end < facts.size() && facts[end].offset == facts[begin].offset) ++end;
    kept = keep_of_key(facts, begin, end, kept, duplicates);
    begin = end;
  }
  facts.resize(kept);
}

}  // namespace hr::store
