#include "scoring/rank.h"

#include <algorithm>

namespace hr::scoring {

void rank_people(std::vector<Ranked>& people) {
  std::sort(people.begin(), people.end(), [](const Ranked& a, const Ranked& b) {
    if (a.group != b.group) return a.group < b.group;
    if (a.figure != b.figure) return a.figure > b.figure;
    return a.person < b.person;
  });
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
