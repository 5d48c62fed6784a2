#include <algorithm>

#include "base/text.h"
#include "defs/checks.h"

namespace hr::defs {

using namespace model;

namespace {

const Band* lowest(const Scale& scale) {
  const auto at = std::min_element(scale.bands.begin(), scale.bands.end(),
                                   [](const Band& a, const Band& b) { return a.from < b.from; });
  return at == scale.bands.end() ? nullptr : &*at;
}

// The lowest score that the scale must reach: the highest floor of its plans is enough for none of them, the lowest is
// for all. A scale that no plan uses is held against 0.
Decimal lowest_floor(const Definitions& definitions, const Scale& scale) {
  std::optional<Decimal> floor;
  for (const Plan& plan : definitions.plans) {
    if (plan.scale == scale.id && (!floor || plan.floor < *floor)) floor = plan.floor;
  }
  return floor.value_or(Decimal{});
}

void check_gap(const Definitions& definitions, const Scale& scale, Diagnostics& diagnostics) {
  const Band* band = lowest(scale);
  if (!band) return;
  const Decimal floor = lowest_floor(definitions, scale);
  if (band->from <= floor) return;
  diagnostics.push_back(make_error("bands-gap", band->span, {band->id, to_string(band->from), to_string(floor)}));
}

// Quotas name bands of the plan's own scale.
void check_quotas(const Plan& plan, const Index& index, Diagnostics& diagnostics) {
  const auto scale = index.scales.find(plan.scale);
  if (!plan.distribution || scale == index.scales.end()) return;
  std::vector<std::string> bands;
  for (const Band& band : scale->second->bands) bands.push_back(band.id);
  const auto in_some_scale = [&](const std::string& id) {
    return std::any_of(index.scales.begin(), index.scales.end(), [&](const auto& entry) {
      const std::vector<Band>& all = entry.second->bands;
      return std::any_of(all.begin(), all.end(), [&](const Band& b) { return b.id == id; });
    });
  };
  for (const WeightedName& quota : plan.distribution->quotas) {
    if (quota.name.empty() || std::find(bands.begin(), bands.end(), quota.name) != bands.end()) continue;
    if (!in_some_scale(quota.name)) continue;  // said already: no scale has it
    Diagnostic d = make_error("unknown-reference/quota", quota.span, {quota.name, plan.scale});
    d.suggestion = nearest(quota.name, bands).value_or("");
    diagnostics.push_back(std::move(d));
  }
}

// Of several plans, one that fits everyone collides with every other.
void check_choice(const Cycle& cycle, const Index& index, Diagnostics& diagnostics) {
  if (cycle.plans.size() < 2) return;
  for (const PlanRef& ref : cycle.plans) {
    const auto plan = index.plans.find(ref.id);
    if (plan == index.plans.end() || !plan->second->applies_to.empty()) continue;
    Diagnostic d = make_error("missing-key/applies-to", ref.span, {ref.id, cycle.id});
    d.related.push_back(plan->second->span);
    diagnostics.push_back(std::move(d));
  }
}

}  // namespace

void check_plans(const Definitions& definitions, const Index& index, Diagnostics& diagnostics) {
  for (const Scale& scale : definitions.scales) check_gap(definitions, scale, diagnostics);
  for (const Plan& plan : definitions.plans) check_quotas(plan, index, diagnostics);
  for (const Cycle& cycle : definitions.cycles) check_choice(cycle, index, diagnostics);
}

}  // namespace hr::defs
