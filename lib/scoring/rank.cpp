#include "scoring/rank.h"

#include <algorithm>

#include "base/digit_sort.h"
#include "base/parallel.h"

namespace hr::scoring {

namespace {

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
  std::vector<Ranked> room;
  const auto before = [](const Ranked& a, const Ranked& b) { return a.person < b.person; };
  if (!std::is_sorted(people.begin(), people.end(), before)) sort_by_digits(std::span(people), room, kPerson, threads);
  sort_by_digits(std::span(people), room, kGroup, threads);
  room = {};
  const std::vector<std::span<Ranked>> pieces = pieces_of(people);
  for_pieces(pieces.size(), threads, [&](size_t piece, size_t) {
    std::vector<Ranked> own_room;
    sort_by_digits(pieces[piece], own_room, kBestFirst, 1);
    sort_by_digits(pieces[piece], own_room, kGroup, 1);
    rank_groups(pieces[piece]);
  });
}

Figure percentile_of(uint32_t rank, uint32_t size) {
  if (size <= 1) return make_figure(100);
  return snap(100.0 * (size - rank) / (size - 1)).value_or(Figure{});
}

}  // namespace hr::scoring
