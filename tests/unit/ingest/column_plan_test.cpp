// Which heading becomes which column: built-in words, mappings, wide files, and what is said of the others.
#include "ingest/column_plan.h"

#include <doctest/doctest.h>

using namespace hr;
using namespace hr::ingest;
using model::TableId;
using Words = std::vector<std::string>;

namespace {

struct Planned {
  ColumnPlan plan;
  Diagnostics diagnostics;

  // The heading of a column; "-" when the file has none but a mapping speaks, "?" when there is no such column.
  std::string heading(std::string_view column) const {
    for (const PlannedColumn& c : plan.columns) {
      if (c.name == column) return c.field == kNoField ? "-" : c.heading;
    }
    return "?";
  }
  Words messages() const {
    Words all;
    for (const Diagnostic& d : diagnostics) all.push_back(d.message + " " + (d.args.empty() ? "" : d.args[0]));
    return all;
  }
};

Planned plan(const Words& headings, const ReadOptions& options) {
  Planned planned;
  planned.plan = plan_columns(
      headings, options, "x.csv",
      [](size_t field) {
        return SourceSpan{"x.csv", 1, static_cast<int>(field) + 1, 1};
      },
      planned.diagnostics);
  return planned;
}

ReadOptions options_for(TableId table) {
  ReadOptions options;
  options.table = table;
  return options;
}

model::ColumnMapping column(std::string name, Words headers) {
  model::ColumnMapping mapping;
  mapping.column = std::move(name);
  mapping.headers = std::move(headers);
  return mapping;
}

}  // namespace

TEST_CASE("built-in words, other columns as attributes, empty headings") {
  const Planned p = plan({"工号", "Full Name", "班次", "", "_line"}, options_for(TableId::employees));
  CHECK(p.heading("employee_id") == "工号");
  CHECK(p.heading("name") == "Full Name");
  CHECK(p.heading("attr.班次") == "班次");
  CHECK(p.heading("org_unit") == "?");
  CHECK(p.heading("attr._line") == "?");  // what a file of rejects adds
  CHECK(p.plan.unnamed == std::vector<size_t>{3});
  CHECK(p.diagnostics.empty());
}

TEST_CASE("near misses, columns that a table does not keep, columns that are missing") {
  const Planned near = plan({"employee_id", "hire_dat"}, options_for(TableId::employees));
  REQUIRE(near.messages() == Words{"unknown-column/kept hire_dat"});
  CHECK(near.diagnostics[0].suggestion == "hire_date");
  CHECK(near.diagnostics[0].span.col == 2);
  const Planned facts = plan({"subject", "kpi", "period", "valu", "remark"}, options_for(TableId::facts));
  REQUIRE(facts.messages() == Words{"unknown-column valu", "unknown-column remark", "column-missing/near value"});
  CHECK(facts.diagnostics[2].args[2] == "valu");
  CHECK(facts.plan.ignored == Words{"valu", "remark"});
  CHECK(plan({"subject"}, options_for(TableId::facts)).messages() ==
        Words{"column-missing kpi", "column-missing period", "column-missing value"});
}

TEST_CASE("two headings for one column") {
  CHECK(plan({"employee_id", "name", "name"}, options_for(TableId::employees)).messages() ==
        Words{"column-twice name"});
  CHECK(plan({"工号", "员工编号"}, options_for(TableId::employees)).messages() ==
        Words{"column-twice/synonyms employee_id"});
  const Planned exact = plan({"工号", "employee_id"}, options_for(TableId::employees));  // the very name wins
  CHECK(exact.heading("employee_id") == "employee_id");
  CHECK(exact.heading("attr.工号") == "工号");
}

TEST_CASE("a mapping says which headings are meant, and beside it only exact names count") {
  model::Mapping mapping;
  mapping.columns = {column("employee_id", {"Emp No", "编号"}), column("base_salary", {"年薪"}),
                     column("attr.sex", {"性别"}), column("fte", {"工时"})};
  mapping.columns[1].unit = "万元";
  mapping.columns[3].default_value = "1";
  ReadOptions options = options_for(TableId::employees);
  options.mapping = &mapping;
  const Planned p = plan({"编号", "年薪", "name", "部门"}, options);
  CHECK(p.heading("employee_id") == "编号");
  CHECK(p.heading("name") == "name");
  CHECK(p.heading("org_unit") == "?");  // 部门 is not its very name
  CHECK(p.heading("attr.部门") == "部门");
  CHECK(p.heading("fte") == "-");  // the default speaks
  CHECK(p.messages() == Words{"column-missing/mapped attr.sex"});
  CHECK(p.diagnostics[0].severity == Severity::warning);
  for (const PlannedColumn& c : p.plan.columns) {
    if (c.name == "base_salary") CHECK(c.factor == make_decimal(10000));
  }
  const Planned none = plan({"name"}, options);
  CHECK(none.diagnostics[0].message == "column-missing/mapped");
  CHECK(none.diagnostics[0].severity == Severity::error);  // employee_id is needed
}

TEST_CASE("wide files have a column a KPI or competency") {
  ReadOptions options = options_for(TableId::facts);
  options.wide = true;
  options.kpis = {"revenue", "calls"};
  const Planned p = plan({"subject", "period", "revenue", "remark", "calls"}, options);
  REQUIRE(p.plan.wide.size() == 2);
  CHECK(p.plan.wide[0].id == "revenue");
  CHECK(p.plan.wide[1].cell.field == 4);
  CHECK(p.messages() == Words{"unknown-column remark"});
  CHECK(plan({"subject", "period", "x"}, options).messages() ==
        Words{"unknown-column x", "column-missing/wide subject, period, x"});
  options = options_for(TableId::feedback);
  options.wide = true;
  CHECK(plan({"employee_id", "rater_id", "relation", "teamwork"}, options).plan.wide[0].id == "teamwork");
}

TEST_CASE("long lists of headings are cut") {
  Words many;
  for (int i = 0; i < 31; ++i) many.push_back("c" + std::to_string(i));
  CHECK(listed(many).ends_with("c29, … (31)"));
  many.pop_back();
  CHECK(listed(many).ends_with("c28, c29"));
}
