#include <algorithm>
#include <map>

#include "base/listed.h"
#include "scoring/score.h"
#include "scoring/state.h"

namespace hr::scoring {

namespace {

// Paths of what has no data, below a component that counts.
void collect_missing(const model::Derivation& node, std::vector<std::string>& out) {
  const bool leaf_missing = node.status == "no_fact" || node.status == "no_checkin" || node.status == "no_target" ||
                            node.status == "not_computable" || node.status == "no_data" || node.status == "no_unit" ||
                            node.status == "no_scale" || node.status == "target_not_positive" ||
                            node.status == "no_method";
  const size_t before = out.size();
  const bool scored = node.rule.compare(0, 3, "kpi") == 0 || node.rule.compare(0, 10, "key-result") == 0;
  if (!(scored && leaf_missing && node.rule != "kpi-period")) {
    for (const model::Derivation& part : node.parts) collect_missing(part, out);
  }
  if (leaf_missing && out.size() == before && (scored || node.status == "no_data")) out.push_back(node.node);
}

}  // namespace

// `missing: fail`: everyone who would be rated but for missing data, or is rated in spite of it.
Diagnostics Scorer::check(std::span<const model::PersonResult> results) const {
  constexpr uint8_t kDataReasons =
      1U << static_cast<unsigned>(model::Reason::no_data) | 1U << static_cast<unsigned>(model::Reason::coverage);
  struct Lacking {
    uint32_t first = 0;
    uint32_t people = 0;
  };
  const auto fails = [](const PlanRules& p) { return p.plan->missing == model::MissingPolicy::fail; };
  if (std::none_of(state_->plans.begin(), state_->plans.end(), fails)) return {};
  std::map<std::pair<uint32_t, std::string>, Lacking> by_plan_and_data;
  for (uint32_t p = 0; p < results.size(); ++p) {
    const model::PersonResult& r = results[p];
    const uint32_t plan = state_->plan_of[p];
    if (r.status == model::Status::not_in_cycle || plan == kNoPlan || (r.reasons & ~kDataReasons) != 0) continue;
    if (!fails(state_->plans[plan])) continue;
    std::vector<std::string> missing;
    for (size_t c = 0; c < r.component.size(); ++c) {
      // Small feedback groups follow their own policy: only a component without any is missing.
      const bool partly = c != static_cast<size_t>(model::Component::feedback) && r.component_coverage[c] &&
                          *r.component_coverage[c] < make_figure(100);
      if (partly || (r.component_coverage[c] && !r.component[c])) missing.emplace_back();
    }
    if (missing.empty()) continue;
    missing.clear();
    const model::Derivation tree = explain(p, results);
    for (const model::Derivation& d : tree.parts) {
      if (d.node == "components") collect_missing(d, missing);
    }
    Lacking& lacking = by_plan_and_data[{plan, listed(missing)}];
    if (lacking.people++ == 0) lacking.first = p;
  }
  Diagnostics out;
  for (const auto& [what, lacking] : by_plan_and_data) {
    out.push_back(make_error(
        "missing-data", state_->plans[what.first].plan->span,
        {std::string(state_->dataset.people.id[lacking.first]), what.second, std::to_string(lacking.people)}));
  }
  return out;
}

}  // namespace hr::scoring
