// A suspicious fact, or a suspicious pattern of facts, with the numbers that it rests on. Which of them a rule gives:
// docs/spec/facts-check.md.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "analytics/check_rules.h"
#include "analytics/spread.h"
#include "base/period.h"
#include "facts/columns.h"

namespace hr::analytics {

struct Finding {
  model::CheckRule rule = model::CheckRule::outlier;
  model::CheckSeverity severity = model::CheckSeverity::warning;
  std::string kpi;                  // empty with rater
  std::optional<Period> period;     // none with rater; of several the last one
  uint32_t subject = facts::kNone;  // the store's number; kNone: the group is meant. rater: the code of the rater
  uint32_t group = facts::kNone;    // people of one job
  std::optional<uint32_t> other;    // subject
  std::optional<Period> other_period;
  std::optional<double> value, expected, scale, deviation, chance, limit;
  Shape shape = Shape::plain;  // how `deviation` is measured
  int power = 0;               // magnitude: the value is as one of 10^power times the size
  uint32_t n = 0;

  // What makes it the same finding tomorrow, and its place in a report.
  auto key() const { return std::tie(kpi, period, subject, group, rule); }
  bool operator<(const Finding& other_one) const { return key() < other_one.key(); }
};

// Whether a rule is about the size of one value, which somebody could correct; else about a pattern.
constexpr bool is_about_one_value(model::CheckRule rule) {
  return rule <= model::CheckRule::outlier;
}

// A finding with names instead of numbers.
struct NamedFinding {
  Finding finding;
  std::string subject;  // an employee, unit:ID, job:NAME; with rater the rater
  std::string name;     // of the employee; empty = none
  std::string other;    // subject; empty = none
  std::string value;    // of the fact of subject, KPI and period, exactly; empty = not looked up, or there is none
  std::string file;     // that the fact came from, with its row; empty = not looked up, or no single fact is meant
  uint32_t row = 0;
  uint32_t source = 0;  // the store's id of that file

  // "jump:revenue:2026-03:E0003": what it is known by elsewhere; never changes its form.
  std::string key() const;
};

// The findings of one KPI: of each rule the first ones are kept, the others counted.
class Findings {
 public:
  static constexpr size_t kMostKept = 10'000;  // of one rule

  // `rules` outlives it.
  explicit Findings(const KpiRules& rules) : rules_(rules) {}
  explicit Findings(KpiRules&&) = delete;

  // Fills in rule, severity, limit and KPI.
  Finding make(model::CheckRule rule) const;
  void add(Finding finding);
  const KpiRules& rules() const { return rules_; }
  std::vector<Finding>& kept() { return kept_; }
  uint64_t left_out() const { return left_out_; }

 private:
  const KpiRules& rules_;
  std::vector<Finding> kept_;
  std::array<size_t, model::kCheckRules> counts_{};
  uint64_t left_out_ = 0;
};

// Of several findings about the size of one value (impossible, sign, magnitude, jump, outlier) the one that says most;
// in order.
void keep_most_telling(std::vector<Finding>& findings);

}  // namespace hr::analytics
