// The sections of a dashboard, each a table of people, units, KPIs or objectives; see dashboard.h.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "report/columns.h"
#include "report/dashboard_scope.h"
#include "table/table.h"

namespace hr::report {

// What early warnings rest on. docs/commands/report.md says them, too.
inline constexpr int kFarBehind = 25;     // points of progress behind the time gone by
inline constexpr int kFewData = 80;       // percent of coverage; below it data are missing
inline constexpr double kFalling = 0.1;   // p of Mann–Kendall; at most
inline constexpr size_t kSeriesRows = 4;  // periods; of fewer nobody says that they fall

// dashboard_kpis.cpp. The values of one KPI, period by period.
struct KpiSeries {
  const model::Kpi* kpi = nullptr;
  std::vector<std::string> periods;                           // ascending, of one length
  std::vector<std::vector<std::optional<double>>> of_people;  // by place among Scope::people; empty: no fact
  std::vector<std::vector<uint8_t>> expected;                 // 1: in service in that period; as of_people
  std::vector<OptionalFigure> scores;                         // by place among Scope::people
};
std::vector<KpiSeries> kpi_series(const Scope& scope);
// Whether the values get worse, period after period, beyond what chance does in one of ten.
bool is_falling(const KpiSeries& series, size_t person);
table::Table steadiness_section(const Scope& scope, const std::vector<KpiSeries>& series);
table::Table dimensions_section(const Scope& scope, const std::vector<KpiSeries>& series);
table::Table unit_kpis_section(const Scope& scope, const std::vector<KpiSeries>& series);
table::Table person_kpis_section(const Scope& scope, const std::vector<KpiSeries>& series);

// dashboard_okrs.cpp. All from the rows of `report okr` that belong to the scope.
table::Table okr_section(const Scope& scope);
table::Table stale_section(const table::Table& okr);
table::Table guardrails_section(const table::Table& okr);

// dashboard_scores.cpp
table::Table distribution_section(const Scope& scope);
table::Table bands_section(const Scope& scope);
table::Table quotas_section(const Scope& scope);
table::Table coverage_section(const Scope& scope);
table::Table reasons_section(const Scope& scope);

// dashboard_people.cpp. Early warnings, by place among Scope::people.
struct Warnings {
  std::vector<std::string> codes;       // of warning_labels(), ascending in the order of those
  std::vector<std::string> kpis;        // that fall
  std::vector<std::string> objectives;  // objectives and key results that are stale or behind
};
std::vector<Warnings> warnings_of(const Scope& scope, const std::vector<KpiSeries>& series);
const Labels& warning_labels();
table::Table attention_section(const Scope& scope, const std::vector<Warnings>& warnings);
table::Table people_section(const Scope& scope, const std::vector<Warnings>& warnings);
// dashboard_units.cpp
table::Table headline_section(const Scope& scope, const std::vector<Warnings>& warnings, const table::Table& okr);
table::Table units_section(const Scope& scope, const std::vector<Warnings>& warnings);

// Mean progress of objectives in percent, unweighted.
std::optional<Decimal> mean_progress(const std::vector<Figure>& progress);

}  // namespace hr::report
