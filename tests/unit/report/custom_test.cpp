// Custom reports over a small table: what comes out, worked by hand, and what must not.
#include "report/custom.h"

#include <doctest/doctest.h>

#include "i18n/message.h"
#include "unit/report/cells.h"

using namespace hr;
using model::CustomReport;
using model::GroupFigure;
using table::Kind;
using table::Table;

namespace {

struct Person {
  const char* id;
  const char* unit;  // "" = none
  const char* score;
};

// Seven people: SALES 4, RD 2, one without a unit.
constexpr Person kPeople[] = {{"E1", "SALES", "80"}, {"E2", "RD", "70.5"},  {"E3", "SALES", "90"}, {"E4", "SALES", ""},
                              {"E5", "", "60"},      {"E6", "SALES", "71"}, {"E7", "RD", "90.25"}};

table::Column column(const char* key, Kind kind) {
  table::Column c;
  c.key = key;
  c.title = {key, key};
  c.kind = kind;
  return c;
}

report::View people() {
  report::View view;
  view.person = "employee_id";
  Table& t = view.table;
  t.columns = {column("employee_id", Kind::text), column("org_unit", Kind::text), column("score", Kind::number),
               column("flags", Kind::list), column("base_salary", Kind::number)};
  t.facts = {{"cycle", "2026H1"}};
  for (const Person& p : kPeople) {
    t.columns[0].add(p.id);
    *p.unit != 0 ? t.columns[1].add(p.unit) : t.columns[1].add_missing();
    t.columns[2].add_optional(parse_decimal(p.score));
    t.columns[3].add_list({"late"});
    t.columns[4].add(make_decimal(5000));
  }
  view.on_request = {"base_salary"};
  return view;
}

CustomReport report_of(const char* id) {
  CustomReport r;
  r.id = id;
  r.title = {"Title", "标题"};
  return r;
}

model::ReportMeasure measure(const char* name, GroupFigure figure, const char* of = "", uint32_t percent = 50) {
  model::ReportMeasure m;
  m.name = name;
  m.figure = figure;
  m.of.name = of;
  m.percent = percent;
  return m;
}

std::string cells(const Table& t, const char* key) {
  const table::Column* c = t.find(key);
  REQUIRE(c != nullptr);
  std::string all;
  for (size_t row = 0; row < t.rows(); ++row) all += (row > 0 ? " " : "") + test::cell(*c, row);
  return all;
}

Table made(const CustomReport& report, uint32_t min_shown = 1) {
  Diagnostics found;
  auto table = report::custom(people(), report, min_shown, found);
  for (const Diagnostic& d : found) MESSAGE(i18n::text(i18n::Language::en, d.message, d.args));
  REQUIRE(table);
  return std::move(*table);
}

std::string fault_of(const CustomReport& report) {
  Diagnostics found;
  CHECK_FALSE(report::custom(people(), report, 1, found));
  return found.size() == 1 ? found[0].message : std::to_string(found.size()) + " problems";
}

CustomReport by_unit() {
  CustomReport r = report_of("units");
  r.group_by = {{"org_unit", {}}};
  return r;
}

}  // namespace

TEST_CASE("a list: rows kept, ordered, cut; columns chosen and headed") {
  CustomReport r = report_of("list");
  r.where.text = "score > 70";
  r.columns = {{{"score", {}}, {"Points", "分数"}, 1}, {{"employee_id", {}}, {}, {}}};
  r.order = {{{"org_unit", {}}, false}, {{"score", {}}, true}};
  r.limit = 3;
  r.notes = {{"a note", "说明"}};
  const Table t = made(r);
  CHECK(cells(t, "employee_id") == "E7 E2 E3");  // RD 90.25, RD 70.5, SALES 90
  CHECK(cells(t, "score") == "90.25 70.5 90");
  CHECK(t.columns.size() == 2);
  CHECK(t.columns[0].title.zh == "分数");
  CHECK(t.columns[0].table_decimals == 1);
  CHECK(t.schema == "hrctl.custom/v1");
  CHECK(t.facts[0] == std::pair<std::string, std::string>("report", "list"));
  CHECK(t.facts[2].first == "cycle");
  CHECK(t.notes.back().en == "a note");
}

TEST_CASE("missing cells stand last, whichever way rows go; pay is there for who asks") {
  CustomReport r = report_of("list");
  r.order = {{{"score", {}}, true}};
  CHECK(cells(made(r), "employee_id") == "E7 E3 E1 E6 E2 E5 E4");
  r.order[0].descending = false;
  CHECK(cells(made(r), "employee_id") == "E5 E2 E6 E1 E3 E7 E4");
  CHECK(made(r).find("base_salary") == nullptr);
  r.columns = {{{"base_salary", {}}, {}, {}}};
  CHECK(made(r).find("base_salary") != nullptr);
}

TEST_CASE("groups and every figure of them") {
  CustomReport r = by_unit();
  r.measures = {measure("n", GroupFigure::count),
                measure("people", GroupFigure::people),
                measure("part", GroupFigure::share),
                measure("total", GroupFigure::sum, "score"),
                measure("average", GroupFigure::mean, "score"),
                measure("middle", GroupFigure::median, "score"),
                measure("lowest", GroupFigure::min, "score"),
                measure("highest", GroupFigure::max, "score"),
                measure("spread", GroupFigure::stddev, "score"),
                measure("p90", GroupFigure::quantile, "score", 90)};
  const Table t = made(r);
  CHECK(cells(t, "org_unit") == "RD SALES -");  // who has none stands last
  CHECK(cells(t, "n") == "2 4 1");
  CHECK(cells(t, "people") == "2 4 1");
  CHECK(cells(t, "part") == "28.571428571 57.142857143 14.285714286");  // 2/7, 4/7, 1/7
  CHECK(cells(t, "total") == "160.75 241 60");
  CHECK(cells(t, "average") == "80.375 80.333333333 60");
  CHECK(cells(t, "middle") == "80.375 80 60");
  CHECK(cells(t, "lowest") == "70.5 71 60");
  CHECK(cells(t, "highest") == "90.25 90 60");
  CHECK(cells(t, "spread") == "13.965358928 9.504384953 -");  // 19.75/√2; √(542/3 / 2)
  CHECK(cells(t, "p90") == "88.275 88 60");                   // 70.5 + 0.9 × 19.75; 80 + 0.8 × 10
}

TEST_CASE("groups may be ordered by what is said of them; without group_by there is one") {
  CustomReport r = by_unit();
  r.measures = {measure("total", GroupFigure::sum, "score")};
  r.order = {{{"total", {}}, true}};
  r.limit = 2;
  CHECK(cells(made(r), "org_unit") == "SALES RD");
  r = report_of("all");
  r.measures = {measure("total", GroupFigure::sum, "score")};
  CHECK(cells(made(r), "total") == "461.75");
}

TEST_CASE("nothing is said of few people, nor of those whose figure could be had by subtraction") {
  CustomReport r = by_unit();
  r.measures = {measure("n", GroupFigure::count), measure("average", GroupFigure::mean, "score"),
                measure("part", GroupFigure::share)};
  r.order = {{{"average", {}}, true}};
  const Table t = made(r, 2);
  // One person has no unit: hidden, and with it RD, the smallest other.
  CHECK(cells(t, "org_unit") == "SALES RD -");
  CHECK(cells(t, "n") == "4 2 -");
  CHECK(cells(t, "average") == "80.333333333 - -");
  CHECK(cells(t, "part") == "57.142857143 - -");
  CHECK(cells(t, "not_shown") == "- complementary suppressed");
}

TEST_CASE("a figure that few people of a large group have is hidden too") {
  CustomReport r = by_unit();
  r.where.text = "org_unit == \"SALES\"";
  r.measures = {measure("n", GroupFigure::count), measure("average", GroupFigure::mean, "score")};
  CHECK(cells(made(r, 3), "average") == "80.333333333");  // three of four have a score
  const Table t = made(r, 4);
  CHECK(cells(t, "n") == "4");
  CHECK(cells(t, "average") == "-");
  CHECK(t.notes.size() == 1);
}

TEST_CASE("units are nobody: what is said of them is shown, and hides no people") {
  report::View view;
  view.person = "subject";
  view.table.columns = {column("subject", Kind::text), column("kpi", Kind::text), column("value", Kind::number)};
  for (const auto& [subject, kpi] : {std::pair{"E1", "few"},
                                     {"E1", "many"},
                                     {"E2", "many"},
                                     {"E3", "many"},
                                     {"E1", "most"},
                                     {"E2", "most"},
                                     {"E3", "most"},
                                     {"E4", "most"},
                                     {"unit:RD", "nps"}}) {
    view.table.columns[0].add(subject);
    view.table.columns[1].add(kpi);
    view.table.columns[2].add(make_decimal(1));
  }
  CustomReport r = report_of("facts");
  r.group_by = {{"kpi", {}}};
  r.measures = {measure("people", GroupFigure::people), measure("total", GroupFigure::sum, "value")};
  Diagnostics found;
  const auto t = report::custom(std::move(view), r, 2, found);
  REQUIRE(t);
  CHECK(cells(*t, "kpi") == "few many most nps");
  CHECK(cells(*t, "people") == "- 3 4 0");
  CHECK(cells(*t, "total") == "- - 4 1");  // many is the smallest other group of people
}

TEST_CASE("rows of single people are what they are, in a list and by person") {
  CustomReport r = report_of("people");
  r.group_by = {{"employee_id", {}}};
  r.measures = {measure("points", GroupFigure::sum, "score")};
  CHECK(cells(made(r, 5), "points") == "80 70.5 90 - 60 71 90.25");
  CHECK(made(r, 5).find("not_shown") == nullptr);
}

TEST_CASE("charts draw columns of what comes out") {
  CustomReport r = by_unit();
  r.measures = {measure("average", GroupFigure::mean, "score")};
  r.charts = {{model::ReportChart::Kind::bars, {}, {"org_unit", {}}, {{"average", {}}}}};
  const Table t = made(r);
  REQUIRE(t.charts.size() == 1);
  CHECK(t.charts[0].title.zh == "标题");
  CHECK(t.charts[0].series[0] == "average");
}

TEST_CASE("names that there are not are told; nothing comes out") {
  CustomReport r = report_of("x");
  r.columns = {{{"scor", {}}, {}, {}}};
  CHECK(fault_of(r) == "unknown-key/view-column");
  r = report_of("x");
  r.order = {{{"nothing", {}}, false}};
  CHECK(fault_of(r) == "unknown-key/view-column");
  r = by_unit();
  r.measures = {measure("n", GroupFigure::sum, "org_unit")};
  CHECK(fault_of(r) == "bad-value/not-numeric");
  r.measures = {measure("n", GroupFigure::count)};
  r.order = {{{"score", {}}, false}};
  CHECK(fault_of(r) == "unknown-key/result-column");
  r.order.clear();
  r.group_by = {{"flags", {}}};
  CHECK(fault_of(r) == "bad-value/not-groupable");
  r = report_of("x");
  r.where.text = "scor > 1";
  CHECK(fault_of(r) == "bad-expression/unknown-name/listed");
}
