// Whole files: what is taken, what is set aside and where it stands, rows again for later findings.
#include "ingest/read.h"

#include <doctest/doctest.h>

using namespace hr;
using namespace hr::ingest;
using model::TableId;
using Words = std::vector<std::string>;

namespace {

ReadResult read(std::string_view bytes, TableId table = TableId::employees, const char* file = "x.csv") {
  ReadOptions options;
  options.table = table;
  return read_table(input_of_text(file, std::string(bytes)), options);
}

std::string cell(const ReadResult& result, std::string_view column, size_t row) {
  const facts::Column* c = result.frame.find(column);
  REQUIRE(c);
  return facts::cell_text(*c, row);
}

Words places(const ReadResult& result) {
  Words all;
  for (const RejectedRow& r : result.rejected)
    all.push_back(r.reason.message + " " + std::to_string(r.reason.span.line) + ":" +
                  std::to_string(r.reason.span.col) + "+" + std::to_string(r.reason.span.len));
  return all;
}

}  // namespace

TEST_CASE("typed cells; `to` is held as the day after the last") {
  const ReadResult r = read(
      "employee_id,from,to,fte,base_salary,currency\n007,2026-01-01,2026-01-31,0.50,12.345,KWD\n"
      "E2,2026-02-01,9999-12-31,,,\n",
      TableId::assignments);
  CHECK(r.diagnostics.empty());
  CHECK(r.rejected.empty());
  REQUIRE(r.frame.size() == 2);
  CHECK(r.frame.rows == std::vector<uint32_t>{2, 3});
  CHECK(cell(r, "employee_id", 0) == "007");
  CHECK(cell(r, "to", 0) == "2026-02-01");
  CHECK(cell(r, "to", 1).empty());  // the end of the calendar is still in force
  CHECK(cell(r, "fte", 0) == "0.5");
  CHECK(cell(r, "base_salary", 0) == "12.345");
  CHECK(r.frame.find("fte")->carried);
  CHECK(r.frame.find("job") == nullptr);
  CHECK(r.heading_of.at("to") == 2);
  CHECK(r.heading_of.count("job") == 0);
}

TEST_CASE("rows that cannot be taken, and the place of the field") {
  const ReadResult r = read(
      "\xEF\xBB\xBF"
      "employee_id,name,hire_date,termination_date,fte\r\n"
      "E1,\"two\r\nlines\",soon,,1\r\n"
      "E2,\xE6\x9D\x8E,2026-01-02,2026-01-01,1\r\n"
      "E3,x\r\n"
      "E4,x,,,1,more\r\n"
      ",x,,,1\r\n"
      "E6,\xFF,,,1\r\n"
      "E7,x,,,80\r\n"
      "E8,x,,,1\r\n");
  CHECK(r.rows_read == 8);
  CHECK(r.frame.size() == 1);
  const Words expected{"bad-date 3:8+4",         "left-before-joining 4:19+10", "field-count 5:5+0",
                       "field-count 6:10+4",     "required-missing 7:1+0",      "bad-encoding/row 8:4+1",
                       "bad-number/bounds 9:8+2"};
  REQUIRE(r.rejected.size() == expected.size());
  for (size_t i = 0; i < expected.size(); ++i) CHECK(places(r)[i] == expected[i]);
  CHECK(r.rejected[0].line == 2);  // where the row begins
  CHECK(r.rejected[0].column == "hire_date");
  CHECK(r.rejected[0].value == "soon");
  CHECK(r.rejected[3].fields == Words{"E4", "x", "", "", "1", "more"});
}

TEST_CASE(
    "places leave out a byte order mark, and of a row of several lines that is cut short only the line is known") {
  const ReadResult twice = read(
      "\xEF\xBB\xBF"
      "employee_id,name,name\n");
  REQUIRE(twice.diagnostics.size() == 1);
  CHECK(twice.diagnostics[0].span == SourceSpan{"x.csv", 1, 18, 4});
  CHECK(places(read("employee_id,name,job\nE1,\"a\nb\"\nE2,c,d\n")) == Words{"field-count 2:0+0"});
}

TEST_CASE("after a broken quote nothing of the file is taken") {
  const ReadResult r = read("employee_id,name\nE1,a\nE2,\"b\nE3,c\n");
  CHECK(has_errors(r.diagnostics));
  CHECK(r.diagnostics.back().message == "unclosed-quote");
  CHECK(r.diagnostics.back().span == SourceSpan{"x.csv", 3, 4, 1});
}

TEST_CASE("values below a heading that is empty are told, blanks are not") {
  const ReadResult r = read("employee_id,,name,\nE1, ,a,\nE2,,b,x\nE3,,c,y\n");
  REQUIRE(r.diagnostics.size() == 1);
  CHECK(r.diagnostics[0].message == "unknown-column/unnamed");
  CHECK(r.diagnostics[0].args == Words{"4", "2", "3"});
}

TEST_CASE("rows again, with the place of a field") {
  const std::string csv = "employee_id,name\nE1,a\n\"E2\",\"b\nc\"\nE3,d\n";
  ReadOptions options;
  const auto rows = raw_rows(input_of_text("x.csv", csv), options, {{2, 0}, {3, 1}, {4, 0}, {5, std::nullopt}, {9, 0}});
  REQUIRE(rows.size() == 5);
  CHECK(rows[0].span == SourceSpan{"x.csv", 2, 1, 2});
  CHECK(rows[1].fields == Words{"E2", "b\nc"});
  CHECK(rows[1].span == SourceSpan{"x.csv", 3, 6, 5});
  CHECK(rows[2].fields.empty());  // no row begins there
  CHECK(rows[2].span == SourceSpan{"x.csv", 4, 0, 0});
  CHECK(rows[3].span == SourceSpan{"x.csv", 5, 0, 0});
  CHECK(rows[3].fields == Words{"E3", "d"});
  CHECK(rows[4].span == SourceSpan{"x.csv", 9, 0, 0});
}

TEST_CASE("a row without a day is taken from an export, which says which columns it has, and from nowhere else") {
  const char* plain = "employee_id,from,to\nE1,2026-02-01,2026-01-31\n";
  CHECK(places(read(plain, TableId::assignments)) == Words{"ends-before-it-begins 2:15+10"});
  const char* exported = "employee_id,from,to,_columns\nE1,2026-02-01,2026-01-31,employee_id;from;to\n";
  const ReadResult r = read(exported, TableId::assignments);
  CHECK(r.rejected.empty());
  CHECK(cell(r, "to", 0) == "2026-02-01");
  REQUIRE(r.diagnostics.size() == 1);
  CHECK(r.diagnostics[0].message == "empty-spells");
  CHECK(r.diagnostics[0].args == Words{"1", "2"});
}

TEST_CASE("what is no table of text") {
  const std::pair<std::string, const char*> cases[] = {
      {"", "empty-file"},
      {" \r\n\t\n", "empty-file"},
      {"\x1F\x8B\x08", "bad-gzip/cut"},
      {"%PDF-1.7", "not-text"},
      {std::string("employee_id,name\nE1,a\0b\n", 24), "nul-byte"},
      {"employee_id,name\nE1,\xC0\xEE\xC4\xC8\n", "bad-encoding/undecided"}};  // 李娜, or 戲纏 of Big5
  for (const auto& [bytes, message] : cases) {
    const ReadResult r = read(bytes);
    REQUIRE(has_errors(r.diagnostics));
    CHECK(r.diagnostics[0].message == message);
  }
  CHECK(read("employee_id,name\nE1,a\xC0\xAF"
             "b\nE2,ok\n")
            .frame.size() == 1);  // one bad pair is no encoding
}

TEST_CASE("nothing is hashed where nobody wants to know") {
  const std::string gbk = "employee_id,name\nE1,\xcd\xf5\n";  // read as a whole, for its encoding
  for (const std::string& bytes : {std::string("employee_id,name\nE1,Ann\n"), gbk}) {
    ReadOptions options;
    const std::string hash = read_table(input_of_text("x.csv", bytes), options).sha256;
    CHECK(hash.size() == 64);
    options.hashed = false;
    CHECK(read_table(input_of_text("x.csv", bytes), options).sha256.empty());
  }
}

TEST_CASE("numbers of rows set aside are summed up beside the one that is faulty, each once") {
  const ReadResult r = read(
      "key_result,objective,owner,start,target,current\nK1,O,E1,1,x,300\nK2,O,E1,y,20,400\nK3,O,E1,2,30,z\n"
      "K4,O,E1,5,50,500\nK5,,E1,7,70,700\n",
      TableId::key_results);
  REQUIRE(r.rejected.size() == 4);
  const auto sum = [&](std::string_view column) {
    for (size_t i = 0; i < r.frame.columns.size(); ++i) {
      if (r.frame.columns[i].name == column) return to_string(r.sums_aside[i].total().value());
    }
    return std::string();
  };
  CHECK(sum("start") == "10");      // 1 + 2 + 7
  CHECK(sum("target") == "120");    // 20 + 30 + 70
  CHECK(sum("current") == "1400");  // 300 + 400 + 700
}
