// What a dashboard says of objectives: the rows of `report okr` that belong to it, with what to look at first.
#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "report/dashboard_sections.h"
#include "stats/figures.h"

namespace hr::report {

using table::Column;
using table::Kind;
using table::Show;
using table::Table;

namespace {

constexpr std::string_view kUnit = "unit:";

// Rows whose owner belongs to the scope, and all that they stand under.
std::vector<uint8_t> rows_of_scope(const Scope& scope, const Table& okr) {
  std::vector<uint8_t> keep(okr.rows());
  const Column& owner = *okr.find("owner");
  for (size_t row = 0; row < keep.size(); ++row) keep[row] = scope.has_owner(owner.text(row)) ? 1 : 0;
  std::vector<size_t> above;  // by depth
  for (size_t row = 0; row < keep.size(); ++row) {
    const size_t depth = okr.depth[row];
    above.resize(depth);
    above.push_back(row);
    if (keep[row] == 0) continue;
    for (size_t d = 0; d < depth; ++d) keep[above[d]] = 1;
  }
  return keep;
}

void add_text_or_missing(Column& column, std::string_view text) {
  if (text.empty())
    column.add_missing();
  else
    column.add(std::string(text));
}

// The unit and the person that own a row: what a page is narrowed by.
void add_owners(const Scope& scope, Table& okr) {
  Column unit = make_column("org_unit", "Unit", "组织", Kind::text, Show::programs);
  Column person = make_column("employee_id", "Employee", "工号", Kind::text, Show::programs);
  const Column& owner = *okr.find("owner");
  for (size_t row = 0; row < okr.rows(); ++row) {
    const std::string_view name = owner.text(row);
    const bool is_unit = name.starts_with(kUnit);
    const auto found = is_unit ? std::nullopt : scope.data.dataset.people.find(name);
    const auto place = found ? scope.of_person[*found] : std::nullopt;
    add_text_or_missing(unit, is_unit ? name.substr(kUnit.size())
                              : place ? scope.text(scope.people[*place], "org_unit")
                                      : std::string_view());
    add_text_or_missing(person, found ? name : std::string_view());
  }
  okr.columns.push_back(std::move(unit));
  okr.columns.push_back(std::move(person));
}

// Days from the last check-in to the day of the report.
void add_days(const Scope& scope, Table& okr) {
  Column days = make_column("days", "Days since", "距今天数", Kind::number);
  days.remark = true;
  const Column& last = *okr.find("last_checkin");
  for (size_t row = 0; row < okr.rows(); ++row) {
    days.add_optional(last.present[row] != 0
                          ? std::optional(make_decimal(scope.data.dataset.as_of.days - last.days[row]))
                          : std::nullopt);
  }
  okr.columns.push_back(std::move(days));
}

Table rows_where(const Table& okr, std::initializer_list<const char*> columns, const std::vector<uint8_t>& keep) {
  Table out;
  for (const char* key : columns) out.columns.push_back(*okr.find(key));
  out.keep_rows(keep);
  out.depth.clear();
  for (Column& column : out.columns) column.tree = false;
  out.column("title").below = false;
  out.column("owner").show = Show::main;
  return out;
}

}  // namespace

Table okr_section(const Scope& scope) {
  Table okr = report::okr(scope.data.dataset, scope.data.progress, scope.data.header, scope.data.objectives);
  okr.keep_rows(rows_of_scope(scope, okr));
  add_owners(scope, okr);
  add_days(scope, okr);
  // People read titles; the bar has the time gone by on it.
  static constexpr const char* kOrder[] = {"title",      "node",         "progress", "elapsed",    "status",
                                           "confidence", "last_checkin", "days",     "owner",      "type",
                                           "weight",     "start",        "target",   "current",    "flags",
                                           "parent",     "depth",        "org_unit", "employee_id"};
  std::vector<Column> columns;
  for (const char* key : kOrder) columns.push_back(std::move(okr.column(key)));
  okr.columns = std::move(columns);
  okr.column("progress").mark = "elapsed";
  okr.column("title").below = false;
  okr.column("title").tree = true;
  okr.column("title").show = Show::key;
  okr.column("node").tree = false;
  okr.column("node").show = Show::more;
  okr.column("confidence").show = Show::main;
  for (const char* key : {"weight", "flags", "start", "target", "current", "type", "last_checkin"})
    okr.column(key).show = Show::wide;
  return okr;
}

Table stale_section(const Table& okr) {
  std::vector<uint8_t> keep(okr.rows());
  for (size_t row = 0; row < keep.size(); ++row) {
    const bool is_result = okr.find("type")->text(row) != "objective";
    keep[row] = is_result && okr.find("status")->text(row) == "outdated" ? 1 : 0;
  }
  Table out =
      rows_where(okr, {"title", "node", "owner", "progress", "last_checkin", "days", "org_unit", "employee_id"}, keep);
  for (const char* key : {"last_checkin", "days"}) out.column(key).show = Show::key;
  out.column("progress").mark.clear();  // the days are what matters here
  return out;
}

Table guardrails_section(const Table& okr) {
  std::vector<uint8_t> keep(okr.rows());
  for (size_t row = 0; row < keep.size(); ++row) keep[row] = okr.find("status")->text(row) == "broken" ? 1 : 0;
  Table out = rows_where(okr, {"title", "node", "owner", "target", "current", "org_unit", "employee_id"}, keep);
  out.column("target").title = {"Limit", "限值"};
  for (const char* key : {"target", "current"}) out.column(key).show = Show::key;
  return out;
}

std::optional<Decimal> mean_progress(const std::vector<Figure>& progress) {
  const auto mean = stats::mean(progress);
  return mean ? std::optional(make_decimal(mean->nano, 7)) : std::nullopt;
}

}  // namespace hr::report
