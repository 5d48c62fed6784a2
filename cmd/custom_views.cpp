#include "custom_views.h"

#include <algorithm>
#include <cassert>
#include <map>

#include "base/error.h"
#include "base/timestamp.h"
#include "cycle_table.h"
#include "engine/cycle/cycles.h"
#include "engine/export.h"
#include "engine/run/score.h"
#include "facts/frame.h"
#include "model/imported_table.h"
#include "report/kpi_items.h"
#include "run_header.h"
#include "run_table.h"

namespace hr::cmd {

using model::ReportView;
using model::TableId;
using table::Column;
using table::Table;

namespace {

const std::vector<std::string_view> kPay{"base_salary", "currency"};

std::string name_of(ReportView view) {
  return std::string(model::kReportViewNames[static_cast<size_t>(view)]);
}

void refuse(const RunOptions& options, ReportView view, bool takes_cycle, bool takes_day) {
  const struct {
    const char* option;
    const std::string& value;
    bool taken;
  } given[] = {
      {"--run", options.run, false}, {"--cycle", options.cycle, takes_cycle}, {"--as-of", options.as_of, takes_day}};
  for (const auto& g : given) {
    if (!g.value.empty() && !g.taken) throw Error(ErrorKind::usage, "usage/option-of-view", {g.option, name_of(view)});
  }
}

// Exports have keys for headings: people read what templates say of the same columns.
void set_titles(Table& table, const std::string& of) {
  for (Column& column : table.columns) {
    for (const std::string& message : {"column/" + of + "." + column.key, "column/" + column.key}) {
      if (!i18n::has_message(message)) continue;
      column.title = {i18n::text(i18n::Language::en, message), i18n::text(i18n::Language::zh, message)};
      break;
    }
  }
}

table::Kind kind_of(model::ColumnType type) {
  switch (facts::storage_of(type)) {
    case facts::Storage::text:
      return table::Kind::text;
    case facts::Storage::day:
      return table::Kind::date;
    case facts::Storage::decimal:
      break;
  }
  return table::Kind::number;
}

// A report may name any column of the table, whether a file has had it or not.
void add_columns_without_values(Table& table, TableId id) {
  size_t at = 0;
  for (const model::CanonicalColumn& canonical : model::imported_table(id).columns) {
    if (at < table.columns.size() && table.columns[at].key == canonical.name) {
      ++at;
      continue;
    }
    if (table.find(canonical.name) != nullptr) continue;
    Column column;
    column.key = canonical.name;
    column.title = {column.key, column.key};
    column.kind = kind_of(canonical.type);
    for (size_t row = 0; row < table.rows(); ++row) column.add_missing();
    table.columns.insert(table.columns.begin() + static_cast<ptrdiff_t>(at++), std::move(column));
  }
}

Table imported(store::Store& store, TableId id, store::Timestamp known) {
  Table table = engine::export_table(store, id, known);
  std::erase_if(table.columns, [](const Column& column) { return column.key.starts_with('_'); });
  add_columns_without_values(table, id);
  set_titles(table, std::string(model::imported_table(id).name));
  table.facts.emplace_back("known", known == store::kNow ? "" : to_iso_timestamp(known));
  table.nullable_facts.emplace_back("known");
  return table;
}

// The rows of `table` by employee_id.
std::map<std::string, uint32_t, std::less<>> rows_by_employee(const Table& table) {
  std::map<std::string, uint32_t, std::less<>> rows;
  const Column& ids = *table.find("employee_id");
  for (uint32_t row = 0; row < table.rows(); ++row) rows.emplace(ids.text(row), row);
  return rows;
}

void keep_day(Table& spells, Date day) {
  const Column& from = *spells.find("from");
  const Column& to = *spells.find("to");
  std::vector<uint8_t> keep;
  for (size_t row = 0; row < spells.rows(); ++row) {
    const bool begun = from.present[row] == 0 || from.days[row] <= day.days;
    const bool ended = to.present[row] != 0 && to.days[row] < day.days;
    keep.push_back(begun && !ended ? 1 : 0);
  }
  spells.keep_rows(keep);
  std::erase_if(spells.columns, [](const Column& c) { return c.key == "from" || c.key == "to"; });
}

// Who is there on a day, with what is in force then, and who they are.
Table people_of_day(const Session& session, store::Store& store, const RunOptions& options) {
  const Date day = options.as_of.empty() ? date_of(session.who_when().now) : parse_day(options.as_of, "--as-of");
  const store::Timestamp known = parse_known(options.known);
  Table people = engine::export_spells(store, known);
  keep_day(people, day);
  const Table records = engine::export_table(store, TableId::employees, known);
  const auto rows = rows_by_employee(records);
  for (const char* key : {"termination_date", "hire_date", "legal_entity", "email", "name"}) {
    const Column* from = records.find(key);
    if (from == nullptr || people.find(key) != nullptr) continue;
    Column column = *from;
    std::vector<uint32_t> wanted;
    column.add_missing();  // for who has assignments only
    const auto none = static_cast<uint32_t>(column.present.size() - 1);
    for (size_t row = 0; row < people.rows(); ++row) {
      const auto found = rows.find(people.columns[0].text(row));
      wanted.push_back(found == rows.end() ? none : found->second);
    }
    column.take_rows(wanted);
    people.columns.insert(people.columns.begin() + 1, std::move(column));
  }
  set_titles(people, "employees");
  people.facts.emplace_back("as_of", to_string(day));
  return people;
}

Table runs(store::Store& store, const RunOptions& options) {
  std::vector<store::Run> kept;
  for (store::Run& run : store.runs()) {
    if (options.cycle.empty() || run.cycle == options.cycle) kept.push_back(std::move(run));
  }
  return run_table("", store, kept);
}

Table everybodys_kpis(const Session& session, store::Store& store, const RunOptions& options) {
  const store::Run run = find_run(store, options);
  const engine::ScoreOutcome scored = engine::rescore(store, run, session.threads(), session.progress());
  session.begin("progress/report");
  const report::ScoredRun all{scored.data->dataset, *scored.data->applied.definitions, scored.results, *scored.scorer};
  return report::kpi_items(all, run_header(run, *scored.data->cycle), session.threads());
}

std::string person_of(TableId id) {
  const auto& columns = model::imported_table(id).columns;
  for (const char* key : {"employee_id", "subject"}) {
    if (std::any_of(columns.begin(), columns.end(), [&](const auto& c) { return c.name == key; })) return key;
  }
  return {};
}

}  // namespace

report::View view_of(const Session& session, store::Store& store, ReportView view, const RunOptions& options) {
  session.begin("progress/load");
  if (view == ReportView::kpis) return {everybodys_kpis(session, store, options), "employee_id"};
  refuse(options, view, view == ReportView::runs, view == ReportView::employees);
  if (view == ReportView::employees) return {people_of_day(session, store, options), "employee_id", kPay};
  if (view == ReportView::runs) return {runs(store, options), ""};
  if (view == ReportView::cycles) return {cycle_table(engine::list_cycles(store, date_of(session.who_when().now))), ""};
  const auto id = model::find_imported_table(name_of(view));
  assert(id);
  return {imported(store, *id, parse_known(options.known)), person_of(*id), kPay};
}

}  // namespace hr::cmd
