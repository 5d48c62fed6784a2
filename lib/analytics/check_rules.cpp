#include "analytics/check_rules.h"

#include <algorithm>

namespace hr::analytics {

using model::Check;
using model::CheckRule;
using model::CheckSeverity;

const std::array<Threshold, model::kCheckRules>& built_in_thresholds() {
  static constexpr CheckSeverity kWarning = CheckSeverity::warning;
  static const std::array<Threshold, model::kCheckRules> thresholds = {{
      {CheckSeverity::error, 0, 0},  // impossible
      {kWarning, 3, 3},              // sign
      {kWarning, 3, 3},              // magnitude
      {kWarning, 8, 6},              // jump
      {kWarning, 6, 20},             // outlier
      {kWarning, 0.001, 4},          // stuck
      {kWarning, 0.001, 20},         // heaping
      {kWarning, 0.001, 4},          // duplicate
      {kWarning, 0.001, 5},          // rater
  }};
  return thresholds;
}

static void lay(const Check& check, KpiRules& rules) {
  Threshold& threshold = rules.thresholds[static_cast<size_t>(check.rule)];
  if (check.limit) threshold.limit = check.limit->to_double();
  if (check.min) threshold.min = static_cast<uint32_t>(*check.min);
  if (check.severity) threshold.severity = *check.severity;
}

static void lay_bounds(const model::Kpi& kpi, KpiRules& rules) {
  if (kpi.bounds.min) rules.min = kpi.bounds.min->to_double();
  if (kpi.bounds.max) rules.max = kpi.bounds.max->to_double();
  rules.integer = kpi.bounds.integer;
  rules.additive = kpi.nature == model::Nature::additive;
}

KpiRules rules_of(std::string_view kpi, const model::Definitions* definitions) {
  KpiRules rules;
  rules.kpi = kpi;
  rules.thresholds = built_in_thresholds();
  if (definitions == nullptr) return rules;
  for (const Check& check : definitions->checks) {
    if (check.kpis.empty()) lay(check, rules);
  }
  for (const Check& check : definitions->checks) {
    if (std::find(check.kpis.begin(), check.kpis.end(), kpi) != check.kpis.end()) lay(check, rules);
  }
  if (const model::Kpi* known = definitions->find_kpi(kpi)) lay_bounds(*known, rules);
  return rules;
}

}  // namespace hr::analytics
