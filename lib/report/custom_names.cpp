#include "report/custom_names.h"

#include "base/listed.h"
#include "base/text.h"

namespace hr::report {

using model::CustomReport;
using model::NamedColumn;
using table::Column;
using table::Kind;

namespace {

bool is_numeric(const Column& column) {
  return column.kind == Kind::number || column.kind == Kind::percent;
}

// The names of a table that a report may use, and the words for one that it may not.
class Names {
 public:
  Names(const table::Table& table, std::string_view view, Diagnostics& diagnostics)
      : table_(table), view_(view), diagnostics_(diagnostics) {
    for (const Column& column : table.columns) {
      all_.push_back(column.key);
      if (is_numeric(column)) numeric_.push_back(column.key);
    }
  }

  const Column* find(const NamedColumn& column, const char* message) const {
    if (column.name.empty()) return nullptr;  // could not be read, and was reported
    const Column* found = table_.find(column.name);
    if (found != nullptr) return found;
    Diagnostic d = make_error(message, column.place, {column.name, std::string(view_), listed(all_)});
    d.suggestion = nearest(column.name, all_).value_or("");
    diagnostics_.push_back(std::move(d));
    return nullptr;
  }

  void find_numeric(const NamedColumn& column, const char* message) const {
    const Column* found = find(column, message);
    if (found != nullptr && !is_numeric(*found))
      diagnostics_.push_back(make_error("bad-value/not-numeric", column.place, {column.name, listed(numeric_)}));
  }

 private:
  const table::Table& table_;
  std::string_view view_;
  Diagnostics& diagnostics_;
  std::vector<std::string> all_, numeric_;
};

}  // namespace

void check_view_names(const View& view, const CustomReport& report, Diagnostics& diagnostics) {
  constexpr const char* kMessage = "unknown-key/view-column";
  const std::string_view name = model::kReportViewNames[static_cast<size_t>(report.view)];
  const Names names(view.table, name, diagnostics);
  for (const model::ReportColumn& column : report.columns) names.find(column.column, kMessage);
  for (const NamedColumn& column : report.group_by) {
    const Column* found = names.find(column, kMessage);
    if (found != nullptr && found->kind == Kind::list)
      diagnostics.push_back(make_error("bad-value/not-groupable", column.place, {column.name}));
    // Groups of a figure are mostly single people, and their names would be what must not be known.
    if (found != nullptr && is_numeric(*found) && !view.person.empty())
      diagnostics.push_back(make_error("bad-value/figure-as-group", column.place, {column.name}));
  }
  for (const model::ReportMeasure& measure : report.measures) {
    if (is_of_column(measure.figure)) names.find_numeric(measure.of, kMessage);
    if (measure.figure == model::GroupFigure::people && view.person.empty())
      diagnostics.push_back(make_error("bad-value/no-people", measure.place, {std::string(name)}));
  }
  if (report.is_grouped()) return;
  for (const model::ReportOrder& order : report.order) names.find(order.column, kMessage);
}

void check_result_names(const table::Table& result, const CustomReport& report, Diagnostics& diagnostics) {
  constexpr const char* kMessage = "unknown-key/result-column";
  const Names names(result, "", diagnostics);
  if (report.is_grouped()) {
    for (const model::ReportOrder& order : report.order) names.find(order.column, kMessage);
  }
  for (const model::ReportChart& chart : report.charts) {
    names.find(chart.names, kMessage);
    for (const NamedColumn& series : chart.series) names.find_numeric(series, kMessage);
  }
}

}  // namespace hr::report
