// The rules of `facts check` with the thresholds that hold for one KPI: built in, or from the definitions.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "model/check.h"
#include "model/definitions.h"

namespace hr::analytics {

struct Threshold {
  model::CheckSeverity severity = model::CheckSeverity::warning;  // ignore: the rule does not look
  double limit = 0;  // impossible: none; sign, magnitude, jump, outlier: deviations; else findings expected by chance
  uint32_t min = 0;  // values in a group, other periods of the subject, length of a run, people rated
};

struct KpiRules {
  std::string kpi;
  std::array<Threshold, model::kCheckRules> thresholds;  // by model::CheckRule
  std::optional<double> min, max;
  bool integer = false;
  bool additive = false;  // a period of which the subject was there a part only has less

  const Threshold& of(model::CheckRule rule) const { return thresholds[static_cast<size_t>(rule)]; }
  bool looks(model::CheckRule rule) const { return of(rule).severity != model::CheckSeverity::ignore; }
};

// What holds without any definition.
const std::array<Threshold, model::kCheckRules>& built_in_thresholds();

// `definitions` may be null. A KPI that is not defined, and "" for rules about no KPI, has what holds for all. An entry
// that names the KPI goes before one for all KPIs.
KpiRules rules_of(std::string_view kpi, const model::Definitions* definitions);

}  // namespace hr::analytics
