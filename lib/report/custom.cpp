#include "report/custom.h"

#include <algorithm>
#include <numeric>

#include "report/cell_order.h"
#include "report/columns.h"
#include "report/custom_groups.h"
#include "report/custom_names.h"
#include "report/where.h"

namespace hr::report {

using model::CustomReport;
using table::Column;
using table::Show;

namespace {

constexpr size_t kMostDrawn = 60;  // rows; a picture of more says nothing

table::Label label_of(const model::Text& text) {
  return {text.en, text.zh};
}

void order_rows(table::Table& table, const CustomReport& report) {
  std::vector<SortKey> keys;
  for (const model::ReportOrder& order : report.order)
    keys.push_back({table.find(order.column.name), order.descending});
  std::vector<uint32_t> rows = ordered_rows(table.rows(), keys);
  if (report.limit) rows.resize(std::min(rows.size(), static_cast<size_t>(*report.limit)));
  table.take_rows(rows);
}

// The columns that the report names, in its order, or all.
void choose_columns(table::Table& table, const View& view, const CustomReport& report) {
  std::vector<Column> chosen;
  for (const model::ReportColumn& wanted : report.columns) {
    Column& column = chosen.emplace_back(*table.find(wanted.column.name));
    if (!wanted.title.empty()) column.title = label_of(wanted.title);
    if (wanted.decimals) column.table_decimals = *wanted.decimals;
    column.show = chosen.size() == 1 ? Show::key : Show::main;
    column.tree = false;
  }
  if (!chosen.empty()) {
    table.columns = std::move(chosen);
    return;
  }
  std::erase_if(table.columns, [&](const Column& column) {
    return std::find(view.on_request.begin(), view.on_request.end(), column.key) != view.on_request.end();
  });
  for (Column& column : table.columns) column.tree = false;
}

// What stands around the view's rows stands around these, under the report's own title.
void set_heading(table::Table& out, const table::Heading& view, const CustomReport& report) {
  table::Heading head = view;
  head.schema = "hrctl.custom/v1";
  head.title = label_of(report.title);
  head.facts.insert(head.facts.begin(), {"report", report.id});
  head.facts.insert(head.facts.begin() + 1,
                    {"view", std::string(model::kReportViewNames[static_cast<size_t>(report.view)])});
  head.facts.insert(head.facts.end(), out.facts.begin(), out.facts.end());
  head.bare_facts.insert(head.bare_facts.end(), out.bare_facts.begin(), out.bare_facts.end());
  head.notes.insert(head.notes.end(), out.notes.begin(), out.notes.end());
  for (const model::Text& note : report.notes) head.notes.push_back(label_of(note));
  static_cast<table::Heading&>(out) = std::move(head);
}

void add_charts(table::Table& out, const CustomReport& report) {
  if (report.charts.empty()) return;
  if (out.rows() > kMostDrawn) {
    const std::string most = std::to_string(kMostDrawn);
    out.notes.push_back({"not drawn: more than " + most + " rows", "行数超过 " + most + "，未画图"});
    return;
  }
  for (const model::ReportChart& from : report.charts) {
    table::Chart& chart = out.charts.emplace_back();
    chart.kind = static_cast<table::Chart::Kind>(from.kind);
    chart.title = label_of(from.title.empty() ? report.title : from.title);
    chart.names = from.names.name;
    for (const model::NamedColumn& series : from.series) chart.series.push_back(series.name);
  }
}

}  // namespace

std::optional<table::Table> custom(View view, const CustomReport& report, uint32_t min_shown,
                                   Diagnostics& diagnostics) {
  check_view_names(view, report, diagnostics);
  if (!report.where.empty()) keep_where(view.table, report.where, diagnostics);
  if (has_errors(diagnostics)) return std::nullopt;
  table::Table out;
  if (report.is_grouped()) {
    out = grouped(view, report, min_shown);
  } else {
    out.columns = std::move(view.table.columns);
    order_rows(out, report);
    choose_columns(out, view, report);
  }
  check_result_names(out, report, diagnostics);
  if (has_errors(diagnostics)) return std::nullopt;
  if (report.is_grouped()) order_rows(out, report);
  set_heading(out, view.table, report);
  add_charts(out, report);
  return out;
}

}  // namespace hr::report
