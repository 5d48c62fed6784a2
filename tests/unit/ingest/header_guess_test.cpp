// Where the headings stand among the first rows.
#include "ingest/header_guess.h"

#include <doctest/doctest.h>

#include "base/text.h"

using namespace hr;
using namespace hr::ingest;

// Rows of a text, one a line, cells between '|'; lines without anything are passed over, as readers do.
static std::vector<SheetRow> rows(std::string_view text) {
  std::vector<SheetRow> all;
  uint32_t line = 0;
  for (const std::string_view one : split(text, '\n')) {
    SheetRow row{++line, {}, {}};
    for (const std::string_view cell : split(one, '|')) row.fields.emplace_back(trim(cell));
    if (row.filled() > 0) all.push_back(row);
  }
  return all;
}

static std::vector<int> lines(const HeaderGuess& guess) {
  std::vector<int> all;
  for (const SheetRow& row : guess.rows) all.push_back(static_cast<int>(row.line));
  return all;
}

TEST_CASE("the first row of an ordinary file") {
  const HeaderGuess guess = guess_header(rows("工号|姓名|入职日期\nE1|李娜|2020-01-05\nE2|王伟|2021-02-01"));
  CHECK(lines(guess) == std::vector<int>{1});
  CHECK(guess.headings == std::vector<std::string>{"工号", "姓名", "入职日期"});
  CHECK(guess.first_data == 1);
}

TEST_CASE("the first row of an ordinary file whose headings say nothing to us") {
  const HeaderGuess guess = guess_header(rows("Foo|Bar|Baz\nx|2|y\nz|3|w"));
  CHECK(lines(guess) == std::vector<int>{1});
}

TEST_CASE("below titles and lines of a form") {
  const HeaderGuess guess =
      guess_header(rows("某某公司2019年2月工资表\n部门：|||月份：\n\n序号|姓名|部门|基本工资|奖金\n1|李娜|销售部|8000|"
                        "500\n2|王伟|销售部|9000|"));
  CHECK(lines(guess) == std::vector<int>{4});
  CHECK(guess.titles.front() == "某某公司2019年2月工资表");
  CHECK(guess.first_data == 3);  // rows without anything do not count
}

TEST_CASE("two rows, the upper one over groups") {
  const HeaderGuess guess = guess_header(
      rows("2017年3月考勤汇总\n序号|部门|姓名|请假||备注\n|||事假（天）|病假（天）|\n1|技术部|某甲|1.5|1|"));
  CHECK(lines(guess) == std::vector<int>{2, 3});
  CHECK(guess.headings ==
        std::vector<std::string>{"序号", "部门", "姓名", "请假/事假（天）", "请假/病假（天）", "备注"});
}

TEST_CASE("days of a month with their weekdays below: a row that is no data") {
  const HeaderGuess guess =
      guess_header(rows("考勤表\n序号|姓名|1|2|3|4|5|6\n||六|日|一|二|三|四\n1|AAA|√|√|G|G|√|√\n2|BBB|√|G|√|√|G|√"));
  CHECK(lines(guess) == std::vector<int>{2});
  CHECK(guess.skip == 1);
  CHECK(guess.first_data == 3);
}

TEST_CASE("a second row that says the same again and again is no heading") {
  const HeaderGuess guess =
      guess_header(rows("2017年3月考勤明细\n序号|部门|姓名|||||||\n|||上班|下班|上班|下班|上班|下班|上班|下班\n1|"
                        "技术部|某甲|||||||\n2||某乙|||||||"));
  CHECK(lines(guess) == std::vector<int>{2});
  CHECK(guess.skip == 1);
  CHECK(guess.first_data == 3);
}

TEST_CASE("the first row that may be headings is, whatever words stand below it") {
  const HeaderGuess guess =
      guess_header(rows("Variable|Meaning|Levels\nAge|Age of the employee|\nDepartment|Department in company|1\n||2"));
  CHECK(lines(guess) == std::vector<int>{1});
}

TEST_CASE("errors of a workbook are no headings") {
  CHECK(guess_header(rows("#DIV/0!\n#NAME?\n#N/A")).rows.empty());
}

TEST_CASE("no headings at all") {
  const HeaderGuess guess = guess_header(rows("a|0.5\nb|1.5\nc|2"));
  CHECK(guess.rows.empty());
  CHECK(guess.headings == std::vector<std::string>{"A", "B"});
  CHECK(guess.first_data == 0);
}

TEST_CASE("nothing") {
  CHECK(guess_header({}).headings.empty());
}
