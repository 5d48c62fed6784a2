#include "defs/custom_report.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "defs/cursor.h"
#include "defs/readers.h"
#include "defs/yaml_tree.h"

namespace hr::defs {

using namespace model;

namespace {

constexpr int kMostDecimals = 9;
constexpr int kMostRows = 1'000'000;

NamedColumn read_name(const Cursor& cursor) {
  NamedColumn column;
  set(column.name, cursor.word());
  column.place = cursor.span();
  return column;
}

// A list, or one alone.
std::vector<Cursor> some(const Cursor& cursor) {
  return cursor.kind() == NodeKind::list ? cursor.items_of_some() : std::vector{cursor};
}

std::vector<NamedColumn> read_names(const Cursor& cursor) {
  std::vector<NamedColumn> names;
  for (const Cursor& item : some(cursor)) names.push_back(read_name(item));
  return names;
}

void read_look(const Fields& fields, Text& title, std::optional<int>& decimals) {
  if (const auto c = fields.get("title")) set(title, c->text());
  if (const auto c = fields.get("decimals")) decimals = c->whole(0, kMostDecimals);
}

ReportColumn read_column(const Cursor& item) {
  ReportColumn column;
  if (item.kind() != NodeKind::map) {
    column.column = read_name(item);
    return column;
  }
  const Fields fields(item, {"name", "title", "decimals"});
  if (const auto c = fields.require("name")) column.column = read_name(*c);
  read_look(fields, column.title, column.decimals);
  return column;
}

// p of a quantile, in hundredths.
void read_p(const Fields& fields, ReportMeasure& measure) {
  const auto c = measure.figure == GroupFigure::quantile ? fields.require("p") : fields.get("p");
  if (!c) return;
  if (measure.figure != GroupFigure::quantile) return c->error("bad-value/measure-p");
  const auto p = c->decimal();
  if (!p) return;
  const auto percent = multiply(*p, make_decimal(100));
  if (percent && percent->scale == 0 && percent->unscaled >= 0 && percent->unscaled <= 100)
    measure.percent = static_cast<uint32_t>(percent->unscaled);
  else
    c->error("bad-value/quantile", {to_string(*p)});
}

// It becomes the name of a column, which charts, order and --where use.
void read_measure_name(const Cursor& cursor, ReportMeasure& measure) {
  const auto name = cursor.id();
  if (name && !is_ascii_identifier(*name))
    cursor.error("bad-value/measure-name", {*name});
  else
    set(measure.name, name);
}

ReportMeasure read_measure(const Cursor& item) {
  ReportMeasure measure;
  measure.place = item.span();
  const Fields fields(item, {"name", "title", "figure", "of", "p", "decimals"});
  if (const auto c = fields.require("name")) read_measure_name(*c, measure);
  const auto figure = fields.require("figure");
  const auto chosen = figure ? figure->choice(kGroupFigureNames) : std::nullopt;
  if (chosen) measure.figure = static_cast<GroupFigure>(*chosen);
  read_look(fields, measure.title, measure.decimals);
  if (!chosen) return measure;
  read_p(fields, measure);
  const bool wants = is_of_column(measure.figure);
  const auto of = wants ? fields.require("of") : fields.get("of");
  if (of && !wants) of->error("bad-value/measure-of", {figure->node().text});
  if (of && wants) measure.of = read_name(*of);
  return measure;
}

// `-score`: descending.
ReportOrder read_order(const Cursor& item) {
  ReportOrder order;
  order.column = read_name(item);
  if (order.column.name.starts_with('-')) {
    order.descending = true;
    order.column.name.erase(0, 1);
    if (order.column.name.empty()) item.error("bad-value/order");
  }
  return order;
}

ReportChart read_chart(const Cursor& item) {
  constexpr size_t kOfRange = 4;
  ReportChart chart;
  const Fields fields(item, {"kind", "title", "names", "series"});
  set_choice(chart.kind, fields.require("kind"), {"bars", "line", "range"});
  if (const auto c = fields.get("title")) set(chart.title, c->text());
  if (const auto c = fields.require("names")) chart.names = read_name(*c);
  const auto series = fields.require("series");
  if (series) chart.series = read_names(*series);
  if (series && chart.kind == ReportChart::Kind::range && chart.series.size() != kOfRange)
    series->error("bad-value/range-series", {std::to_string(chart.series.size())});
  return chart;
}

void read_head(const Cursor& cursor, CustomReport& report) {
  if (cursor.kind() != NodeKind::map) return cursor.refuse_kind("bad-value/map");
  const Fields fields(cursor, {"id", "title"});
  if (const auto c = fields.require("id")) set(report.id, c->id());
  if (const auto c = fields.require("title")) set(report.title, c->text());
}

template <class T>
void read_maps(const std::vector<Cursor>& items, std::vector<T>& out, T (*read)(const Cursor&)) {
  for (const Cursor& item : items) {
    if (item.kind() == NodeKind::map)
      out.push_back(read(item));
    else
      item.refuse_kind("bad-value/map");
  }
}

void refuse_twice(const std::vector<NamedColumn>& columns, Diagnostics& diagnostics) {
  std::set<std::string> seen{"not_shown"};  // says why a group has no figures
  for (const NamedColumn& column : columns) {
    if (!column.name.empty() && !seen.insert(column.name).second)
      diagnostics.push_back(make_error("duplicate-id/report-column", column.place, {column.name}));
  }
}

void read_groups(const Fields& fields, CustomReport& report) {
  const auto group_by = fields.get("group_by");
  if (group_by) report.group_by = read_names(*group_by);
  const auto measures = fields.get("measures");
  if (group_by && !fields.says("measures")) group_by->error("missing-key/group-measures");
  if (!measures) return;
  read_maps(measures->items_of_some(), report.measures, read_measure);
  if (const auto columns = fields.get("columns")) columns->error("bad-value/columns-of-groups");
  std::vector<NamedColumn> names = report.group_by;
  for (const ReportMeasure& measure : report.measures) names.push_back({measure.name, measure.place});
  refuse_twice(names, measures->diagnostics());
}

void read_rows(const Fields& fields, CustomReport& report) {
  if (const auto c = fields.require("view")) {
    if (const auto i = c->choice(kReportViewNames)) report.view = static_cast<ReportView>(*i);
  }
  if (const auto c = fields.get("where")) report.where = c->expression();
  if (const auto c = fields.get("columns")) {
    std::vector<NamedColumn> names;
    for (const Cursor& item : c->items_of_some()) {
      report.columns.push_back(read_column(item));
      names.push_back(report.columns.back().column);
    }
    refuse_twice(names, c->diagnostics());
  }
  read_groups(fields, report);
  if (const auto c = fields.get("order")) {
    for (const Cursor& item : some(*c)) report.order.push_back(read_order(item));
  }
  if (const auto c = fields.get("limit")) report.limit = c->whole(1, kMostRows);
}

void read_rest(const Fields& fields, CustomReport& report) {
  if (const auto c = fields.get("chart")) read_maps(some(*c), report.charts, read_chart);
  const auto notes = fields.get("notes");
  if (!notes) return;
  for (const Cursor& item : some(*notes)) {
    if (auto text = item.text()) report.notes.push_back(std::move(*text));
  }
}

}  // namespace

bool is_custom_report(std::string_view text) {
  return has_top_key(text, "report:");
}

LoadedReport load_custom_report(const DefinitionFile& file) {
  LoadedReport loaded;
  const Tree tree = read_yaml(file.path, file.text, loaded.diagnostics);
  if (!tree.readable) return loaded;
  if (tree.root == kNoNode || tree.nodes[tree.root].kind != NodeKind::map) {
    loaded.diagnostics.push_back(make_error("no-definitions/report", {file.path, 1, 1, 0}));
    return loaded;
  }
  const Fields fields(
      Cursor(tree, tree.root, loaded.diagnostics),
      {"version", "report", "view", "where", "columns", "group_by", "measures", "order", "limit", "chart", "notes"});
  if (!fields.says("report")) {
    loaded.diagnostics.push_back(make_error("no-definitions/report", {file.path, 1, 1, 0}));
    return loaded;
  }
  read_version(fields);
  if (const auto head = fields.get("report")) read_head(*head, loaded.report);
  read_rows(fields, loaded.report);
  read_rest(fields, loaded.report);
  sort_by_place({file}, loaded.diagnostics);
  return loaded;
}

}  // namespace hr::defs
