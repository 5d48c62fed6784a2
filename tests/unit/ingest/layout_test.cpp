// Where the table stands in a sheet: headings in one row or several, titles above, totals below, merged cells.
#include "ingest/layout.h"

#include <doctest/doctest.h>

using namespace hr;
using namespace hr::ingest;
using Words = std::vector<std::string>;

namespace {

struct Row {
  uint32_t line = 0;
  Words fields;

  bool operator==(const Row&) const = default;
};

struct Sheet {
  std::vector<Row> rows;  // the first are the headings
  LeftOut left_out;
  std::string fault;
};

Sheet laid_out(std::string_view text, const model::Mapping& mapping) {
  Layout layout(std::make_unique<CsvRecords>(text, ','), mapping);
  Sheet sheet;
  Record record;
  while (layout.next(record)) {
    sheet.rows.push_back({record.line, {record.fields.begin(), record.fields.end()}});
    if (sheet.fault.empty()) sheet.fault = record.fault;
  }
  sheet.left_out = layout.left_out();
  return sheet;
}

model::Mapping with_header(std::vector<int> rows) {
  model::Mapping mapping;
  mapping.header = std::move(rows);
  return mapping;
}

}  // namespace

TEST_CASE("titles above the headings are passed over, and lines stay those of the file") {
  const Sheet sheet = laid_out("某公司考勤表\n2026年3月,,\n工号,部门\nE1,东\n", with_header({3}));
  CHECK(sheet.rows == std::vector<Row>{{3, {"工号", "部门"}}, {4, {"E1", "东"}}});
  CHECK(sheet.left_out.rows() == 0);
}

TEST_CASE("without `header` the first row that says anything has the headings") {
  model::Mapping mapping;
  mapping.skip = 1;
  CHECK(laid_out(",,\n工号,小时\n,时\nE1,8\n", mapping).rows ==
        std::vector<Row>{{2, {"工号", "小时"}}, {4, {"E1", "8"}}});
}

TEST_CASE("headings in two rows are joined as merged cells stand") {
  CHECK(joined_headings({{"工号", "出勤", "", "备注"}, {"", "天", "小时", ""}}) ==
        Words{"工号", "出勤/天", "出勤/小时", "备注"});
  // one merged downwards does not hold for what stands to its right
  CHECK(joined_headings({{"序号", "", "一月", ""}, {"", "姓名", "上", "下"}}) ==
        Words{"序号", "姓名", "一月/上", "一月/下"});
  CHECK(joined_headings({{"工号", "姓名"}, {"工号", "姓名"}}) == Words{"工号", "姓名"});
  // three rows: a new group above ends the one below
  CHECK(joined_headings({{"一季度", "", "", "二季度"}, {"一月", "", "二月", ""}, {"量", "价", "量", "量"}}) ==
        Words{"一季度/一月/量", "一季度/一月/价", "一季度/二月/量", "二季度/量"});
  CHECK(joined_headings({{"a"}, {"", "b"}}) == Words{"a", "b"});
}

TEST_CASE("a heading that stands twice is called by its letter, but one that the mapping names") {
  model::Mapping mapping = with_header({2, 3});
  const std::string sheet = "考勤,,,,,\n姓名,,,,备注,备 注\n,上班,下班,上班,,\n";
  CHECK(laid_out(sheet, mapping).rows == std::vector<Row>{{3, {"姓名", "B", "下班", "D", "备注", "备 注"}}});
  mapping.drop = model::ColumnChoice{"", {"上 班"}, "", ""};
  CHECK(laid_out(sheet, mapping).rows.front().fields == Words{"姓名", "上班", "下班", "上班", "备注", "备 注"});
  mapping.header.reset();
  CHECK(laid_out("a,a\n", mapping).rows.front().fields == Words{"a", "a"});
}

TEST_CASE("no headings: columns are called by their letters") {
  const Sheet sheet = laid_out("E1,8\nE2,7\n", with_header({}));
  CHECK(sheet.rows == std::vector<Row>{{1, {"A", "B"}}, {1, {"E1", "8"}}, {2, {"E2", "7"}}});
}

TEST_CASE("a row of headings that is not there") {
  CHECK(laid_out("工号\nE1\n", with_header({9})).fault == "no-header-row");
  CHECK(laid_out("工号\n\nE1\n", with_header({2})).fault == "no-header-row");
  CHECK(laid_out("工号,\n,\nE1,\n", with_header({2})).fault == "no-header-row");
}

TEST_CASE("footers and empty rows are left out and counted") {
  model::Mapping mapping;
  mapping.footers = {"合计", "Total"};
  const Sheet sheet = laid_out("工号,小时\nE1,8\n,\n合 计：,8\nTOTAL,8\nE2,1\n", mapping);
  CHECK(sheet.rows == std::vector<Row>{{1, {"工号", "小时"}}, {2, {"E1", "8"}}, {6, {"E2", "1"}}});
  CHECK(sheet.left_out.footers == 2);
  CHECK(sheet.left_out.empty == 1);
  CHECK(sheet.left_out.first_footer == 4);
  CHECK(sheet.left_out.first_text == "合 计：");
}

TEST_CASE("an empty field takes the one above, and its place is where that stands") {
  model::Mapping mapping;
  mapping.fill_down = {"部门"};
  mapping.footers = {"合计"};
  Layout layout(std::make_unique<CsvRecords>("部门,工号\n,E0\n东,E1\n,E2\n合计,\n南,E3\n,E4\n", ','), mapping);
  Record record;
  Words units;
  REQUIRE(layout.next(record));
  while (layout.next(record)) {
    units.emplace_back(record.fields[0]);
    if (record.fields[1] == "E2") {
      CHECK(record.filled == std::vector<size_t>{0});
      CHECK(layout.place(record, 0).line == 3);
      CHECK(layout.place(record, 1).line == 4);
    }
  }
  CHECK(units == Words{"", "东", "东", "南", "南"});
}

TEST_CASE("a column to fill that the sheet lacks") {
  model::Mapping mapping;
  mapping.fill_down = {"部门"};
  CHECK(laid_out("工号\nE1\n", mapping).fault == "column-missing/fill-down");
}

TEST_CASE("rows that were set aside come again as they were laid out") {
  model::Mapping mapping = with_header({3});
  mapping.footers = {"E1"};
  const Sheet sheet = laid_out("工号,_line,_column,_code,_reason\nE1,4,,bad-id,x\n", mapping);
  CHECK(sheet.rows.size() == 2);
  CHECK(sheet.left_out.rows() == 0);
}

TEST_CASE("the place of a heading is where its lowest part stands") {
  const model::Mapping mapping = with_header({1, 2});
  Layout layout(std::make_unique<CsvRecords>("工号,出勤,\n,天,小时\nE1,1,8\n", ','), mapping);
  Record header;
  REQUIRE(layout.next(header));
  CHECK(layout.place(header, 0).line == 1);
  CHECK(layout.place(header, 2).line == 2);
  CHECK(layout.place(header, 2).col == 6);
}

TEST_CASE("without headings there are as many columns as the mapping names") {
  model::Mapping mapping = with_header({});
  model::ColumnMapping named;
  named.column = "org_unit";
  named.headers = {"C"};
  mapping.columns = {named};
  const Sheet sheet = laid_out("E1,x\nE2,y,D1\nE3\nE4,y,D1,more\n", mapping);
  REQUIRE(sheet.rows.size() == 5);
  CHECK(sheet.rows[0].fields == Words{"A", "B", "C"});
  CHECK(sheet.rows[1].fields == Words{"E1", "x", ""});
  CHECK(sheet.rows[2].fields == Words{"E2", "y", "D1"});
  CHECK(sheet.rows[3].fields == Words{"E3"});  // shorter than the first: something is wrong with it
  CHECK(sheet.rows[4].fields == Words{"E4", "y", "D1", "more"});
  mapping.unpivot = model::Unpivot{{"", {"B"}, "", ""}, "N", "V"};  // columns that it makes are none of the sheet
  CHECK(laid_out("E1,x\n", mapping).rows[0].fields == Words{"A", "B", "C"});
}

TEST_CASE("a total stands behind the group that it is of, where that is filled down") {
  model::Mapping mapping;
  mapping.footers = {"小计", "合计"};
  const std::string text = "部门,工号,v\n东,E1,1\n东,小计,1\n西,E2,2\n西,小 计,2\n合计,,3\n";
  CHECK(laid_out(text, mapping).rows.size() == 5);
  mapping.fill_down = {"部门"};
  const Sheet sheet = laid_out(text, mapping);
  REQUIRE(sheet.rows.size() == 3);
  CHECK(sheet.rows[2] == Row{4, {"西", "E2", "2"}});
  CHECK(sheet.left_out.footers == 3);
  CHECK(sheet.left_out.first_text == "小计");
}
