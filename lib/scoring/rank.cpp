#include "scoring/rank.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/parallel.h"

namespace hr::scoring {

namespace {

// Stable, ascending by `key` (an unsigned number), some bits after the other: linear in the number of people.
template <class Key>
void sort_by(std::span<Ranked> people, std::vector<Ranked>& sorted, const Key& key) {
  constexpr unsigned kBits = 11;
  constexpr uint64_t kMask = (1U << kBits) - 1;
  uint64_t varies = 0;
  for (const Ranked& r : people) varies |= key(r) ^ key(people.front());
  // Rounded figures end in zeros: those bits are no work.
  for (auto shift = static_cast<unsigned>(std::countr_zero(varies)); shift < 64; shift += kBits) {
    if ((varies >> shift & kMask) == 0) continue;
    std::array<uint32_t, kMask + 2> next{};
    for (const Ranked& r : people) ++next[(key(r) >> shift & kMask) + 1];
    for (size_t i = 1; i < next.size(); ++i) next[i] += next[i - 1];
    sorted.resize(people.size());
    for (const Ranked& r : people) sorted[next[key(r) >> shift & kMask]++] = r;
    std::copy(sorted.begin(), sorted.end(), people.begin());
  }
}

constexpr auto kGroup = [](const Ranked& r) { return uint64_t{r.group}; };
constexpr auto kPerson = [](const Ranked& r) { return uint64_t{r.person}; };
constexpr auto kBestFirst = [](const Ranked& r) {
  constexpr uint64_t kSign = uint64_t{1} << 63U;
  return ~(static_cast<uint64_t>(r.figure.nano) ^ kSign);
};

// Where the group of the first one ends.
size_t end_of_group(std::span<const Ranked> people) {
  const auto other = [&](const Ranked& r) { return r.group != people.front().group; };
  return static_cast<size_t>(std::find_if(people.begin(), people.end(), other) - people.begin());
}

// Whole groups, and so many people that sorting them costs more than counting their digits.
std::vector<std::span<Ranked>> pieces_of(std::span<Ranked> people) {
  constexpr size_t kLeast = 16'384;
  std::vector<std::span<Ranked>> pieces;
  while (!people.empty()) {
    size_t size = 0;
    while (size < std::min(kLeast, people.size())) size += end_of_group(people.subspan(size));
    pieces.push_back(people.first(size));
    people = people.subspan(size);
  }
  return pieces;
}

void rank_groups(std::span<Ranked> people) {
  for (; !people.empty(); people = people.subspan(end_of_group(people))) {
    const std::span<Ranked> group = people.first(end_of_group(people));
    for (size_t i = 0; i < group.size(); ++i) {
      const bool tied = i > 0 && group[i].figure == group[i - 1].figure;
      group[i].rank = tied ? group[i - 1].rank : static_cast<uint32_t>(i + 1);
      group[i].size = static_cast<uint32_t>(group.size());
    }
  }
}

}  // namespace

void rank_people(std::vector<Ranked>& people, int threads) {
  std::vector<Ranked> sorted;
  const auto before = [](const Ranked& a, const Ranked& b) { return a.person < b.person; };
  if (!std::is_sorted(people.begin(), people.end(), before)) sort_by(people, sorted, kPerson);
  sort_by(people, sorted, kGroup);
  sorted = {};
  const std::vector<std::span<Ranked>> pieces = pieces_of(people);
  for_pieces(pieces.size(), threads, [&](size_t piece, size_t) {
    std::vector<Ranked> scratch;
    sort_by(pieces[piece], scratch, kBestFirst);
    sort_by(pieces[piece], scratch, kGroup);
    rank_groups(pieces[piece]);
  });
}

Figure percentile_of(uint32_t rank, uint32_t size) {
  if (size <= 1) return make_figure(100);
  return snap(100.0 * (size - rank) / (size - 1)).value_or(Figure{});
}

}  // namespace hr::scoring
