// Rows set aside: kept for the review queue, or only told.
#include <doctest/doctest.h>

#include <string>

#include "engine/import/import.h"
#include "engine/review/decide.h"

using namespace hr;
using namespace hr::engine;

static ImportOutcome import_people(store::Store& store, std::optional<size_t> most_told) {
  ImportRequest request;
  request.table = model::TableId::employees;
  request.format = ingest::FileFormat::csv;
  request.most_told = most_told;
  const ingest::Input input =
      ingest::input_of_text("people.csv", "employee_id,hire_date\nE1,2020-01-01\nE2,soon\nE1,\nE3,\n");
  return import_files(store, {input}, request, nullptr, {"who", 1}, {});
}

TEST_CASE("rows set aside are told alike whether they are kept or not") {
  const auto kept = store::open_store(":memory:");
  const auto told = store::open_store(":memory:");
  const ImportOutcome first = import_people(*kept, std::nullopt);
  const ImportOutcome second = import_people(*told, 3);
  REQUIRE(first.files.size() == 1);
  REQUIRE(first.rejected_rows() == 3);  // a day that is none, and two rows of one key that differ
  CHECK(second.rejected_rows() == 3);
  CHECK(second.files[0].source.rows_quarantined == first.files[0].source.rows_quarantined);
  for (size_t i = 0; i < 3; ++i)
    CHECK(second.files[0].rejected[i].reason.message == first.files[0].rejected[i].reason.message);
  CHECK(kept->quarantine().size() == 3);
  CHECK(told->quarantine().empty());
}

namespace {

constexpr int kPeople = 100;

std::string people_of(int n) {
  std::string text = "employee_id\n";
  for (int i = 0; i < n; ++i) text += "E" + std::to_string(i) + "\n";
  return text;
}

// Some pieces long, with rows of every kind that are set aside.
std::string long_facts() {
  std::string text = "employee_id,kpi,period,value\n";
  for (int row = 0; row < 9'000; ++row) {
    const std::string fact = "E" + std::to_string(row % kPeople) + ",k" + std::to_string(row / kPeople % 9) + "," +
                             std::to_string(2000 + row / kPeople / 9) + "-0" + std::to_string(1 + row % 9) + ",";
    text += row % 301 == 0 ? "E" + std::to_string(row) + "x,k1,2026-01,1" : fact + (row % 211 == 0 ? "much" : "1");
    text += '\n';
    if (row % 401 == 0) text += fact + "2\n";                              // says something else
    if (row % 503 == 0) text += "E1,none,2026-01,1\n";                     // an unknown KPI
    if (row % 701 == 0) text += "E1,k1,2026-01\n";                         // a field less
    if (row % 809 == 0) text += fact.substr(0, fact.find("-0")) + ",7\n";  // the whole year
  }
  return text;
}

// A fact for each KPI a line, some of people whom nobody knows.
std::string wide_facts() {
  std::string text = "employee_id,period,k1,k2,k3\n";
  for (int row = 0; row < 5'000; ++row) {
    text += "E" + std::to_string(row % (kPeople + 3)) + "," + std::to_string(1950 + row / kPeople) + "-01,1,";
    text += row % 91 == 0 ? "much,3\n" : "2,3\n";
  }
  return text;
}

ImportOutcome import_facts(const std::string& facts, bool wide, std::optional<size_t> most_told) {
  const auto store = store::open_store(":memory:");
  model::Definitions definitions;
  for (int k = 0; k < 9; ++k) definitions.kpis.emplace_back().id = "k" + std::to_string(k);
  ImportRequest request;
  request.table = model::TableId::employees;
  request.format = ingest::FileFormat::csv;
  import_files(*store, {ingest::input_of_text("people.csv", people_of(kPeople))}, request, &definitions, {"who", 1},
               {});
  request.table = model::TableId::facts;
  request.wide = wide;
  request.most_told = most_told;
  return import_files(*store, {ingest::input_of_text("facts.csv", facts)}, request, &definitions, {"who", 1}, {});
}

}  // namespace

TEST_CASE("of rows that are only told the first ones have their reasons, the others their lines") {
  for (const bool wide : {false, true}) {
    const std::string text = wide ? wide_facts() : long_facts();
    const ImportOutcome all = import_facts(text, wide, std::nullopt);
    const std::vector<ingest::RejectedRow>& rows = all.files[0].rejected;
    REQUIRE(rows.size() > 100);
    for (const size_t told : {size_t{0}, size_t{1}, size_t{20}, size_t{10'000}}) {
      CAPTURE(wide);
      CAPTURE(told);
      const ImportOutcome some = import_facts(text, wide, told);
      const ImportedFile& file = some.files[0];
      REQUIRE(file.rejected.size() == rows.size());
      CHECK(file.source.rows_new == all.files[0].source.rows_new);
      CHECK(file.source.rows_quarantined == all.files[0].source.rows_quarantined);
      for (size_t i = 0; i < rows.size(); ++i) {
        const ingest::RejectedRow& row = file.rejected[i];
        CHECK(row.line == rows[i].line);
        if (i >= told) continue;
        CHECK(row.reason.message == rows[i].reason.message);
        CHECK(row.reason.args == rows[i].reason.args);
        CHECK(row.reason.span == rows[i].reason.span);
        CHECK(row.value == rows[i].value);
      }
    }
  }
}

TEST_CASE("rows that somebody decided about are none of those that are told") {
  const auto store = store::open_store(":memory:");
  ImportRequest request;
  request.table = model::TableId::employees;
  request.format = ingest::FileFormat::csv;
  const std::vector<ingest::Input> files{
      ingest::input_of_text("people.csv", "employee_id,hire_date\nE1,soon\nE2,late\nE3,2020-01-01\n")};
  import_files(*store, files, request, nullptr, {"who", 1}, {});
  decide(*store, nullptr, {{"q1"}, store::Verdict::drop, {}, "has left", {"who", 2}});
  request.most_told = 1;
  const ImportOutcome again = import_files(*store, files, request, nullptr, {"who", 3}, {});
  REQUIRE(again.rejected_rows() == 1);
  CHECK(again.files[0].rejected[0].line == 3);
  CHECK(again.files[0].rejected[0].reason.code == "bad-date");
}
