// Rows known again by what they say, and rows at hand that are read as if they stood in a file.
#include <doctest/doctest.h>

#include <algorithm>

#include "ingest/read.h"
#include "ingest/row_text.h"

using namespace hr;
using namespace hr::ingest;

namespace {

using Fields = std::vector<std::string>;

// "line:field|field" of each row.
Fields lines(const GivenRows& rows) {
  Fields lines;
  for (const GivenRow& row : rows.rows) {
    std::string line = std::to_string(row.line) + ":";
    for (size_t i = 0; i < row.fields.size(); ++i) line += (i > 0 ? "|" : "") + row.fields[i];
    lines.push_back(line);
  }
  return lines;
}

ReadOptions facts_options() {
  ReadOptions options;
  options.table = model::TableId::facts;
  return options;
}

const Fields kHeadings{"subject", "kpi", "period", "value"};

}  // namespace

TEST_CASE("a row as text is the row again, whatever is in it") {
  const Fields headings{
      "a\x1f"
      "b",
      "", "工号"};
  for (const Fields& fields : {Fields{"1", "2", "3"},
                               Fields{"\x1d\x1e\x1f",
                                      "\x1d"
                                      "d",
                                      ""},
                               Fields{"short"}, Fields{"1", "2", "3", "one more"}}) {
    const RowFields back = read_row_text(row_text(headings, fields));
    CHECK(back.fields == fields);
    REQUIRE(back.headings.size() == std::max(headings.size(), fields.size()));
    for (size_t i = 0; i < back.headings.size(); ++i) CHECK(back.headings[i] == (i < 3 ? headings[i] : ""));
    CHECK(back.is_whole() == (fields.size() == 3));
  }
  CHECK_FALSE(read_row_text(row_text(headings, Fields{"1", "\xff", "3"})).is_whole());
  CHECK(row_text(headings, Fields{"1\x1f", "2"}) != row_text(headings, Fields{"1",
                                                                              "\x1f"
                                                                              "2"}));
  CHECK(read_row_text("").fields.empty());
}

TEST_CASE("rows are found again by what they say, wherever they stand") {
  std::string csv = "subject,kpi,period,value\n";
  for (int i = 0; i < 5000; ++i) csv += "E" + std::to_string(i) + ",sales,2026-01," + std::to_string(i) + "\n";
  csv += "\"E7\",sales,\"2026-01\",x\n";
  const std::unordered_set<std::string> texts{row_text(kHeadings, Fields{"E7", "sales", "2026-01", "x"}),
                                              row_text(kHeadings, Fields{"E4999", "sales", "2026-01", "4999"}),
                                              row_text(kHeadings, Fields{"E1", "sales", "2026-01", "2"}),
                                              row_text({"a", "b", "c", "d"}, Fields{"E2", "sales", "2026-01", "2"})};
  for (const size_t block : {size_t{64}, size_t{1} << 20U}) {
    for (const int threads : {1, 4}) {
      ReadOptions options = facts_options();
      options.block = block;
      options.threads = threads;
      const GivenRows found = find_rows(input_of_text("facts.csv", csv), options, texts);
      CHECK(found.headings == kHeadings);
      CHECK(lines(found) == Fields{"5001:E4999|sales|2026-01|4999", "5002:E7|sales|2026-01|x"});
    }
  }
  const Input json = input_of_text("facts.jsonl",
                                   "{\"subject\":\"E1\",\"kpi\":\"sales\",\"period\":\"2026-01\",\"value\":2}\n"
                                   "{\"subject\":\"E9\",\"kpi\":\"sales\",\"period\":\"2026-01\",\"value\":2}\n");
  CHECK(lines(find_rows(json, facts_options(), texts)) == Fields{"1:E1|sales|2026-01|2"});
}

TEST_CASE("of a line that has a row looked for, all rows come") {
  const GivenRows given{kHeadings,
                        {{3, {"E1", "a", "2026-01", "1"}},
                         {4, {"E1", "b", "2026-01", "2"}},
                         {4, {"E1", "c", "2026-01", "3"}},
                         {5, {"E1", "d", "2026-01", "4"}}}};
  ReadOptions options = facts_options();
  options.given = &given;
  const GivenRows found =
      find_rows(input_of_text("f.csv", ""), options, {row_text(kHeadings, Fields{"E1", "c", "2026-01", "3"})});
  CHECK(lines(found) == Fields{"4:E1|b|2026-01|2", "4:E1|c|2026-01|3"});
}

TEST_CASE("rows at hand are read like those of a file, on their lines") {
  const GivenRows given{kHeadings, {{7, {"E1", "sales", "2026-01", "12.5"}}, {9, {"E2", "sales", "2026-01", "x"}}}};
  ReadOptions options = facts_options();
  options.given = &given;
  uint64_t opened = 0;
  const Input file{"f.csv",
                   [&]() -> std::unique_ptr<ByteStream> {
                     ++opened;
                     return input_of_text("f.csv", "employee_id\nE3\n").open();
                   },
                   0};
  const ReadResult read = read_table(file, options);
  read_batches(file, options, [](Batch&) {});
  CHECK(opened == 0);  // the file may be large
  CHECK(read.diagnostics.empty());
  CHECK(read.rows_read == 2);
  CHECK(read.headings == kHeadings);
  REQUIRE(read.frame.size() == 1);
  CHECK(read.frame.rows[0] == 7);
  CHECK(facts::cell_text(*read.frame.find("value"), 0) == "12.5");
  REQUIRE(read.rejected.size() == 1);
  CHECK(read.rejected[0].line == 9);
  CHECK(read.rejected[0].reason.code == "bad-number");
  CHECK(read.rejected[0].reason.span == SourceSpan{"f.csv", 9, 0, 0});
}

TEST_CASE("a key reads where another column does not") {
  const GivenRows given{kHeadings,
                        {{2, {"E1", "sales", "2026-01", "x"}},
                         {3, {"E1", "sales", "no period", "1"}},
                         {4, {"E2", "sales", "2026Q1", ""}}}};
  ReadOptions options = facts_options();
  options.given = &given;
  const facts::Frame keys = read_keys("f.csv", options);
  REQUIRE(keys.size() == 2);
  CHECK(keys.columns.size() == 3);
  CHECK(keys.rows == std::vector<uint32_t>{0, 2});
  CHECK(keys.find("subject")->text(1) == "E2");
  CHECK(keys.find("period")->text(1) == "2026Q1");
}
