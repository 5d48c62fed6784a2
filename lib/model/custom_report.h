// A report that a user writes down in YAML: rows of a view, kept, grouped, ordered and drawn. Keys and their meaning:
// docs/formats/custom-reports.md. Column names are as written; whether the view has them is seen when it is read.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "model/expression.h"
#include "model/text.h"

namespace hr::model {

// What rows there are. Of a run: scores, ranking, kpis. Of a day: okr, units, employees. Of all time: the others.
enum class ReportView : uint8_t {
  scores,
  ranking,
  kpis,
  okr,
  units,
  employees,
  assignments,
  org_units,
  facts,
  targets,
  objectives,
  key_results,
  checkins,
  leaves,
  recognitions,
  runs,
  cycles,
  changes,
};
inline constexpr std::array<std::string_view, 18> kReportViewNames = {
    "scores",      "ranking",   "kpis",         "okr",     "units",      "employees",
    "assignments", "org_units", "facts",        "targets", "objectives", "key_results",
    "checkins",    "leaves",    "recognitions", "runs",    "cycles",     "changes"};

// What a measure says of the rows of a group.
enum class GroupFigure : uint8_t { count, people, share, sum, mean, median, min, max, stddev, quantile };
inline constexpr std::array<std::string_view, 10> kGroupFigureNames = {
    "count", "people", "share", "sum", "mean", "median", "min", "max", "stddev", "quantile"};
// count, people and share are of rows; the others of a column.
constexpr bool is_of_column(GroupFigure figure) {
  return figure > GroupFigure::share;
}

// A column's name where somebody wrote it.
struct NamedColumn {
  std::string name;
  SourceSpan place;
};

struct ReportColumn {
  NamedColumn column;
  Text title;                   // empty = the view's
  std::optional<int> decimals;  // for people, 0 to 9
};

struct ReportMeasure {
  std::string name;  // of the column that it becomes
  Text title;        // empty = its name
  GroupFigure figure = GroupFigure::count;
  NamedColumn of;               // where is_of_column()
  uint32_t percent = 50;        // of quantile: p times 100
  std::optional<int> decimals;  // for people, 0 to 9
  SourceSpan place;
};

struct ReportOrder {
  NamedColumn column;
  bool descending = false;
};

struct ReportChart {
  enum class Kind : uint8_t { bars, line, range };
  Kind kind = Kind::bars;
  Text title;  // empty = that of the report
  NamedColumn names;
  std::vector<NamedColumn> series;  // of range: lower, middle, upper, own
};

struct CustomReport {
  std::string id;
  Text title;
  ReportView view = ReportView::scores;
  Expression where;                     // empty = all rows
  std::vector<ReportColumn> columns;    // empty = all of the view, or of the groups
  std::vector<NamedColumn> group_by;    // with measures only
  std::vector<ReportMeasure> measures;  // any: rows are groups
  std::vector<ReportOrder> order;
  std::optional<int> limit;  // ≥ 1 rows
  std::vector<ReportChart> charts;
  std::vector<Text> notes;

  bool is_grouped() const { return !measures.empty(); }
};

}  // namespace hr::model
