// Small made-up facts, and what rules find in them.
#pragma once

#include <doctest/doctest.h>

#include <cmath>
#include <utility>
#include <vector>

#include "analytics/groups.h"
#include "analytics/history.h"
#include "analytics/repeats.h"
#include "analytics/series.h"

namespace hr::analytics {

using doctest::Approx;
using model::CheckRule;

inline constexpr DateRange kAlways{kFarPast, kFarFuture};

inline Period month(int m) {
  return {PeriodKind::month, *make_date(2026, m, 1)};
}

inline KpiRules all_rules() {
  return rules_of("sales", nullptr);
}

// Facts of one period of subjects 0, 1, 2 …, all of one group.
struct Facts {
  std::vector<double> values;
  std::vector<uint32_t> subjects, groups;
  std::vector<uint8_t> partial;
  Period period;

  Facts(int m, std::vector<double> v, uint32_t group = 0) : values(std::move(v)), period(month(m)) {
    for (uint32_t i = 0; i < values.size(); ++i) subjects.push_back(i);
    groups.assign(values.size(), group);
    partial.assign(values.size(), 0);
  }
  FactsOfPeriod view() const { return {period, subjects, values, groups, partial}; }
};

inline std::vector<Finding> found_in_groups(const std::vector<Facts>& periods, const KpiRules& rules = all_rules()) {
  Findings findings(rules);
  GroupChecks checks(findings, kAlways, 1);
  for (const Facts& facts : periods) checks.add(facts.view());
  checks.finish();
  keep_most_telling(findings.kept());
  return findings.kept();
}

inline std::vector<Finding> found_in_group(const Facts& facts, const KpiRules& rules = all_rules()) {
  return found_in_groups({facts}, rules);
}

// 21 values around 1000: deviations from it are 0, 10, 10, 20, 20 … 100, 100; their median is 50.
inline std::vector<double> around_1000() {
  std::vector<double> values{1000};
  for (int i = 1; i <= 10; ++i) values.insert(values.end(), {1000.0 + 10 * i + 0.01, 1000.0 - 10 * i});
  return values;
}

// Facts by subject and month; NAN = none.
struct Table {
  std::vector<std::vector<double>> rows;

  Series series(uint32_t group = facts::kNone) const {
    SeriesBuilder builder;
    for (size_t m = 0; m < rows[0].size(); ++m) {
      Facts facts(static_cast<int>(m) + 1, {}, group);
      for (uint32_t i = 0; i < rows.size(); ++i) {
        if (std::isnan(rows[i][m])) continue;
        facts.subjects.push_back(i);
        facts.values.push_back(rows[i][m]);
        facts.groups.push_back(group);
        facts.partial.push_back(0);
      }
      builder.add(facts.view());
    }
    return builder.take(0, rows.size()).at(0);
  }
};

inline std::vector<Finding> found_in_history(const Table& table, const KpiRules& rules = all_rules()) {
  Findings findings(rules);
  check_history(table.series(), {}, kAlways, findings);
  return findings.kept();
}

inline std::vector<Finding> found_repeats(const Table& table, uint32_t group = 0) {
  const KpiRules rules = all_rules();
  Findings findings(rules);
  check_repeats(table.series(group), kAlways, findings);
  return findings.kept();
}

// 40 subjects, 8 months, no value twice in a row.
inline Table lively() {
  Table table;
  for (uint64_t i = 0; i < 40; ++i) {
    std::vector<double> row;
    for (uint64_t m = 0; m < 8; ++m) row.push_back(1000 + static_cast<double>((i * 131 + m * 57 + i * m * 17) % 211));
    table.rows.push_back(row);
  }
  return table;
}

}  // namespace hr::analytics
