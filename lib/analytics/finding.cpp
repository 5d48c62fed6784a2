#include "analytics/finding.h"

#include <algorithm>

namespace hr::analytics {

using model::CheckRule;

Finding Findings::make(CheckRule rule) const {
  Finding finding;
  const Threshold& threshold = rules_.of(rule);
  finding.rule = rule;
  finding.severity = threshold.severity;
  finding.kpi = rules_.kpi;
  if (rule != CheckRule::impossible) finding.limit = threshold.limit;
  return finding;
}

void Findings::add(Finding finding) {
  if (counts_[static_cast<size_t>(finding.rule)]++ < kMostKept)
    kept_.push_back(std::move(finding));
  else
    ++left_out_;
}

std::string NamedFinding::key() const {
  std::string text(model::kCheckRuleNames[static_cast<size_t>(finding.rule)]);
  text += ":" + finding.kpi + ":" + (finding.period ? to_string(*finding.period) : "") + ":" + subject;
  return text;
}

void keep_most_telling(std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end());
  const auto same_fact = [&](const Finding& a, const Finding& b) {
    return is_about_one_value(a.rule) && is_about_one_value(b.rule) && a.subject != facts::kNone &&
           a.subject == b.subject && a.kpi == b.kpi && a.period == b.period;
  };
  findings.erase(std::unique(findings.begin(), findings.end(), same_fact), findings.end());
}

}  // namespace hr::analytics
