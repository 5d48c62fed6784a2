#include "scoring/rank.h"

#include <algorithm>
#include <array>
#include <bit>

namespace hr::scoring {

namespace {

// Stable, ascending by `key` (an unsigned number), some bits after the other: linear in the number of people.
template <class Key>
void sort_by(std::vector<Ranked>& people, std::vector<Ranked>& sorted, const Key& key) {
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
    people.swap(sorted);
  }
}

// By group, then figure, best first, then person.
void sort_people(std::vector<Ranked>& people, bool by_person) {
  std::vector<Ranked> sorted;
  if (people.empty()) return;
  constexpr uint64_t kSign = uint64_t{1} << 63U;
  if (!by_person) sort_by(people, sorted, [](const Ranked& r) { return uint64_t{r.person}; });
  sort_by(people, sorted, [](const Ranked& r) { return ~(static_cast<uint64_t>(r.figure.nano) ^ kSign); });
  sort_by(people, sorted, [](const Ranked& r) { return uint64_t{r.group}; });
}

}  // namespace

void rank_people(std::vector<Ranked>& people) {
  const bool by_person = std::is_sorted(people.begin(), people.end(),
                                        [](const Ranked& a, const Ranked& b) { return a.person < b.person; });
  sort_people(people, by_person);
  for (size_t begin = 0; begin < people.size();) {
    size_t end = begin;
    while (end < people.size() && people[end].group == people[begin].group) ++end;
    for (size_t i = begin; i < end; ++i) {
      const bool tied = i > begin && people[i].figure == people[i - 1].figure;
      people[i].rank = tied ? people[i - 1].rank : static_cast<uint32_t>(i - begin + 1);
      people[i].size = static_cast<uint32_t>(end - begin);
    }
    begin = end;
  }
}

Figure percentile_of(uint32_t rank, uint32_t size) {
  if (size <= 1) return make_figure(100);
  return snap(100.0 * (size - rank) / (size - 1)).value_or(Figure{});
}

}  // namespace hr::scoring
