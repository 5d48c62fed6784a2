#include <algorithm>

#include "facts/grouping.h"
#include "scoring/positions.h"

namespace hr::scoring {

namespace {

const std::string kWholeRun;

BandGroup make_group(const PlanRules& plan, const std::string& key) {
  BandGroup group;
  group.plan = plan.index;
  group.group_by = key;
  for (auto line = plan.bands.lines.rbegin(); line != plan.bands.lines.rend(); ++line)
    group.bands.push_back(line->band);
  return group;
}

void set_places(const PlanRules& plan, BandGroup& group) {
  const std::optional<model::Distribution>& distribution = plan.plan->distribution;
  const auto n = static_cast<uint32_t>(group.people.size());
  if (!distribution || distribution->group_by != group.group_by) return;
  if (n < static_cast<uint32_t>(std::max(0, distribution->min_group))) return;
  for (const BandPlaces& b : band_places(plan, n)) group.places.push_back(b.places);
}

}  // namespace

std::vector<BandGroup> Scorer::band_groups(std::span<const model::PersonResult> results,
                                           const std::optional<std::string>& group_by) const {
  std::vector<BandGroup> groups;
  for (uint32_t p = 0; p < state_->plans.size(); ++p) {
    const PlanRules& plan = state_->plans[p];
    if (plan.bands.scale == nullptr) continue;
    const std::string& own = plan.plan->distribution ? plan.plan->distribution->group_by : kWholeRun;
    const std::string& key = group_by ? *group_by : own;
    std::optional<uint32_t> last;
    for (const Ranked& r : rank_by(*state_, key, results, p)) {
      if (last != r.group) {
        if (last) set_places(plan, groups.back());
        groups.push_back(make_group(plan, key));
        groups.back().name = facts::group_label(state_->dataset, state_->last_spell[r.person], key);
        last = r.group;
      }
      groups.back().people.push_back(r.person);
      groups.back().figures.push_back(r.figure);
    }
    if (last) set_places(plan, groups.back());
  }
  return groups;
}

}  // namespace hr::scoring
