#include "report/kpi_items.h"

#include "base/parallel.h"
#include "facts/grouping.h"
#include "report/columns.h"
#include "report/rows.h"

namespace hr::report {

using table::Column;
using table::Kind;
using table::Show;

namespace {

constexpr size_t kPiece = 256;  // people

std::vector<Column> kpi_columns() {
  std::vector<Column> columns{make_column("employee_id", "Employee", "工号", Kind::text, Show::key),
                              make_column("name", "Name", "姓名", Kind::text),
                              make_column("org_unit", "Unit", "组织", Kind::text, Show::more),
                              make_column("job", "Job", "职位", Kind::text, Show::wide),
                              make_column("grade", "Grade", "职级", Kind::text, Show::wide),
                              make_column("region", "Region", "地区", Kind::text, Show::wide),
                              make_column("kpi", "KPI", "指标", Kind::text, Show::key),
                              make_column("kpi_name", "KPI name", "指标名称", Kind::choice),
                              make_column("node", "Node", "节点", Kind::text, Show::programs)};
  return columns;
}

void add_or_missing(Column& column, std::string_view text) {
  if (text.empty())
    column.add_missing();
  else
    column.add(std::string(text));
}

// Who the person of a row is, in the last spell of the cycle.
void add_person(table::Table& out, const ScoredRun& run, uint32_t person) {
  const uint32_t spell = facts::last_spell(run.dataset, person);
  add_or_missing(out.columns[0], run.dataset.people.id[person]);
  add_or_missing(out.columns[1], run.dataset.people.name[person]);
  size_t at = 2;
  for (const char* attribute : {"org_unit", "job", "grade", "region"})
    add_or_missing(out.columns[at++], facts::group_label(run.dataset, spell, attribute));
}

void add_item(table::Table& out, const table::Table& rows, uint32_t row, const model::Kpi& kpi) {
  out.column("kpi").add(kpi.id);
  add_text(out.column("kpi_name"), kpi.name, kpi.id);
  add_or_missing(out.column("node"), rows.find("node")->text(row));
  for (const char* key : {"value", "target", "attainment", "score", "weight", "effective_weight"}) {
    const Column& from = *rows.find(key);
    out.column(key).add_optional(from.present[row] != 0 ? std::optional(from.numbers[row]) : std::nullopt);
  }
  add_status(out.column("status"), std::string(rows.find("status")->text(row)));
}

void add_items(table::Table& out, const ScoredRun& run, uint32_t person, const table::Table& rows) {
  for (uint32_t row = 0; row < rows.rows(); ++row) {
    if (rows.find("component")->text(row) != "kpi") continue;
    const model::Kpi* kpi = run.definitions.find_kpi(rows.find("item")->text(row));
    if (kpi == nullptr) continue;  // the component itself, or a scorecard that does not apply
    add_person(out, run, person);
    add_item(out, rows, row, *kpi);
  }
}

}  // namespace

table::Table kpi_items(const ScoredRun& run, const RunHeader& header, int threads) {
  const auto standings = run.scorer.standings(run.results);
  const size_t people = run.results.size();
  std::vector<table::Table> rows(people);
  for_ranges(people, kPiece, threads, [&](size_t begin, size_t end, size_t) {
    for (size_t p = begin; p < end; ++p) {
      if (run.results[p].status == model::Status::not_in_cycle) continue;
      rows[p] = scorecard_rows(run.scorer.explain(static_cast<uint32_t>(p), run.results, *standings), run.definitions);
    }
  });
  table::Table out;
  set_header(out, header);
  out.columns = kpi_columns();
  for (Column& column : scorecard_rows({}, run.definitions).columns) {
    const bool wanted = out.find(column.key) == nullptr && column.key != "component" && column.key != "item";
    if (wanted) out.columns.push_back(std::move(column));
  }
  for (uint32_t p = 0; p < people; ++p) add_items(out, run, p, rows[p]);
  return out;
}

}  // namespace hr::report
