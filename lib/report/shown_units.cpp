#include "report/shown_units.h"

namespace hr::report {

using facts::kNone;

namespace {

// Units by the place of the one above, the last of roots.
std::vector<std::vector<uint32_t>> places_below(const UnitOrder& order) {
  std::vector<std::vector<uint32_t>> below(order.units.size() + 1);
  for (uint32_t place = 0; place < order.units.size(); ++place)
    below[order.parent[place] == kNone ? order.units.size() : order.parent[place]].push_back(place);
  return below;
}

}  // namespace

std::vector<Shown> shown_units(const UnitOrder& order, std::span<const uint32_t> direct, uint32_t min_shown) {
  std::vector<uint32_t> people(direct.begin(), direct.end());
  roll_up(order, people, [](uint32_t& above, uint32_t below) { above += below; });
  const std::vector<std::vector<uint32_t>> below = places_below(order);
  const auto nowhere = static_cast<uint32_t>(order.units.size());
  std::vector<Shown> shown(people.size(), Shown::shown);
  const auto decide = [&](uint32_t above) {  // of what lies right below: places above are decided before
    std::vector<uint32_t> sizes;
    for (const uint32_t place : below[above]) sizes.push_back(people[place]);
    sizes.push_back(direct[above]);  // of the roots: people without a unit
    const std::vector<Shown> groups = shown_groups(sizes, min_shown);
    const bool hidden = above != nowhere && shown[above] != Shown::shown;
    for (size_t i = 0; i < below[above].size(); ++i) {
      const bool few = people[below[above][i]] < min_shown;
      shown[below[above][i]] = !hidden || few ? groups[i] : Shown::complementary;
    }
    if (above == nowhere) shown[nowhere] = groups.back();
  };
  decide(nowhere);
  for (uint32_t place = 0; place < nowhere; ++place) decide(place);
  return shown;
}

}  // namespace hr::report
