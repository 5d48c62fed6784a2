#include "scoring/rank.h"

#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "base/parallel.h"

namespace hr::scoring {

namespace {

// Stable, ascending by `key` (an unsigned number), some bits after the other: linear in the number of people. Each
// thread takes a range of them.
template <class Key>
void sort_by(std::span<Ranked> people, std::vector<Ranked>& sorted, const Key& key, int threads) {
  constexpr unsigned kBits = 11;
  constexpr uint64_t kMask = (1U << kBits) - 1;
  constexpr size_t kFew = size_t{1} << 16U;  // for whom no thread is worth its while
  const size_t ranges = people.size() <= kFew ? 1 : static_cast<size_t>(threads);
  const size_t width = (people.size() + ranges - 1) / ranges;
  const auto for_each_range = [&](const auto& work) {
    for_pieces(ranges, threads, [&](size_t range, size_t) {
      const size_t begin = std::min(range * width, people.size());
      work(range, begin, std::min(begin + width, people.size()));
    });
  };
  uint64_t varies = 0;
  for (const Ranked& r : people) varies |= key(r) ^ key(people.front());
  std::vector<std::array<uint32_t, kMask + 1>> next(ranges);  // by range, digit
  // Rounded figures end in zeros: those bits are no work.
  for (auto shift = static_cast<unsigned>(std::countr_zero(varies)); shift < 64; shift += kBits) {
    if ((varies >> shift & kMask) == 0) continue;
    const auto digit = [&](const Ranked& r) { return key(r) >> shift & kMask; };
    for_each_range([&](size_t range, size_t begin, size_t end) {
      next[range].fill(0);
      for (const Ranked& r : people.subspan(begin, end - begin)) ++next[range][digit(r)];
    });
    uint32_t before = 0;
    for (size_t d = 0; d <= kMask; ++d) {
      for (auto& of_range : next) before += std::exchange(of_range[d], before);
    }
    sorted.resize(people.size());
    for_each_range([&](size_t range, size_t begin, size_t end) {
      for (const Ranked& r : people.subspan(begin, end - begin)) sorted[next[range][digit(r)]++] = r;
    });
    for_each_range([&](size_t, size_t begin, size_t end) {
      std::copy(sorted.data() + begin, sorted.data() + end, people.data() + begin);
    });
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
  if (!std::is_sorted(people.begin(), people.end(), before)) sort_by(people, sorted, kPerson, threads);
  sort_by(people, sorted, kGroup, threads);
  sorted = {};
  const std::vector<std::span<Ranked>> pieces = pieces_of(people);
  for_pieces(pieces.size(), threads, [&](size_t piece, size_t) {
    std::vector<Ranked> scratch;
    sort_by(pieces[piece], scratch, kBestFirst, 1);
    sort_by(pieces[piece], scratch, kGroup, 1);
    rank_groups(pieces[piece]);
  });
}

Figure percentile_of(uint32_t rank, uint32_t size) {
  if (size <= 1) return make_figure(100);
  return snap(100.0 * (size - rank) / (size - 1)).value_or(Figure{});
}

}  // namespace hr::scoring
