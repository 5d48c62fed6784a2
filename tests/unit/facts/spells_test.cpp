// Expected ranges are worked out by hand from the rows above them (docs/spec/time.md).
#include "frames.h"

using namespace hr;
using namespace hr::test;
using model::TableId;

TEST_CASE("people are everyone in employees and everyone with assignments only in order of the bytes of their ids") {
  auto input = first_half_2026();
  input.employees = {frame(TableId::employees, {"employee_id,name", "b,Bo", "10,Ten", "B,Big"})};
  input.assignments = {frame(TableId::assignments, {"employee_id,from", "a,2026-01-01", "10,2026-01-01"})};
  const auto d = build(input);
  CHECK(d.people.id.all() == Lines{"10", "B", "a", "b"});
  CHECK(d.people.name.all() == Lines{"Ten", "Big", "", "Bo"});
  CHECK(d.people.find("a") == 2U);
  CHECK_FALSE(d.people.find("c"));
  CHECK(d.people.origin[0].row == 3);
  CHECK(d.people.origin[2].row == 0);
}

TEST_CASE("without assignments one spell runs from the first to the last day of service") {
  auto input = first_half_2026();
  input.employees = {frame(TableId::employees, {"employee_id,job,hire_date,termination_date,base_salary,attr.team",
                                                "E1,Rep,2020-01-15,2026-03-31,1234.5,Red", "E2,Rep,2020-01-15,,,",
                                                "E3,,,2026-02-28,,", "E4,,,,,"})};
  const auto d = build(input);
  CHECK(spells_of(d, "E1", {"job", "base_salary", "attr.team", "hire_date", "employee_id"}) ==
        Lines{"2020-01-15..2026-03-31 Rep 1234.5 Red 2020-01-15 E1"});
  CHECK(d.spells.range[0].to == day("2026-04-01"));  // half-open
  CHECK(d.people.service[0] == d.spells.range[0]);
  CHECK(spells_of(d, "E2", {"attr.team"}) == Lines{"2020-01-15.. "});
  CHECK(spells_of(d, "E3", {}) == Lines{"0001-01-01..2026-02-28"});
  CHECK(spells_of(d, "E4", {}) == Lines{"0001-01-01.."});
  CHECK(d.spells.origin(1).row == 3);
  CHECK(d.spells.origin(1).source == 1);
  CHECK(d.spells.last_of(1) == 1);
}

TEST_CASE("one file in order, one out of order, and two files of the same people give the same spells") {
  const std::string head = "employee_id,job,hire_date,base_salary,attr.team";
  const Lines rows{"E1,Rep,2020-01-15,1234.5,Red", "E2,,,,", "E3,Lead,2021-02-01,10,Blue", "E4,Rep,2022-03-01,7,Red"};
  auto ordered = first_half_2026();
  ordered.employees = {frame(TableId::employees, {head, rows[0], rows[1], rows[2], rows[3]})};
  auto reversed = first_half_2026();
  reversed.employees = {frame(TableId::employees, {head, rows[3], rows[2], rows[1], rows[0]})};
  auto parts = first_half_2026();
  parts.employees = {frame(TableId::employees, {head, rows[0], rows[1]}),
                     frame(TableId::employees, {head, rows[2], rows[3]})};
  const Lines expected[] = {{"2020-01-15.. Rep 1234.5 Red 2020-01-15 E1"},
                            {"0001-01-01..     E2"},
                            {"2021-02-01.. Lead 10 Blue 2021-02-01 E3"},
                            {"2022-03-01.. Rep 7 Red 2022-03-01 E4"}};
  for (auto* input : {&ordered, &reversed, &parts}) {
    const auto d = build(*input);
    for (size_t p = 0; p < 4; ++p) {
      const std::string id = "E" + std::to_string(p + 1);
      CHECK(spells_of(d, id, {"job", "base_salary", "attr.team", "hire_date", "employee_id"}) == expected[p]);
    }
  }
}

TEST_CASE("joining and leaving on the same day is one day and leaving before joining none") {
  auto input = first_half_2026();
  input.employees = {frame(TableId::employees, {"employee_id,hire_date,termination_date", "E1,2026-02-01,2026-02-01",
                                                "E2,2026-02-02,2026-02-01", "E3,2026-02-03,2026-02-01"})};
  Diagnostics diagnostics;
  const auto d = build(input, diagnostics);
  CHECK(spells_of(d, "E1", {}) == Lines{"2026-02-01..2026-02-01"});
  CHECK(spells_of(d, "E2", {}).empty());
  CHECK(messages(diagnostics) == Lines{"service-reversed", "service-reversed"});
  CHECK(diagnostics[0].span.file == "source:1");
  CHECK(diagnostics[0].span.line == 3);
  CHECK(diagnostics[0].severity == Severity::warning);
}

TEST_CASE("three timelines of one person cut each other into spells") {
  auto input = first_half_2026();
  input.employees = {frame(TableId::employees, {"employee_id,job,grade,hire_date", "E1,Boss,G9,2019-05-01"})};
  input.assignments = {
      frame(TableId::assignments, {"employee_id,from,to,org_unit", "E1,2025-01-01,2025-12-31,A", "E1,2026-01-01,,B"},
            2),
      frame(TableId::assignments, {"employee_id,from,job", "E1,2025-01-01,Rep", "E1,2026-03-01,Lead"}, 3),
      frame(TableId::assignments,
            {"employee_id,from,to,base_salary", "E1,2025-07-01,2026-03-31,100", "E1,2026-04-01,,120"}, 4)};
  const auto d = build(input);
  CHECK(spells_of(d, "E1", {"org_unit", "job", "base_salary", "grade"}) ==
        Lines{"2025-01-01..2025-06-30 A Rep  G9",     // pay has a timeline that says nothing yet
              "2025-07-01..2025-12-31 A Rep 100 G9",  // grade has none: the employee row's
              "2026-01-01..2026-02-28 B Rep 100 G9", "2026-03-01..2026-03-31 B Lead 100 G9",
              "2026-04-01.. B Lead 120 G9"});
  CHECK(d.spells.origin(0).source == 2);  // of two rows that begin it, the first column's
  CHECK(d.spells.origin(1).source == 4);
  CHECK(d.spells.origin(3).source == 3);
  CHECK(d.spells.origin(3).row == 3);
}

TEST_CASE("an empty cell of a carried column says that there is none") {
  auto input = first_half_2026();
  input.employees = {frame(TableId::employees, {"employee_id,manager_id,region", "E1,M1,CN", "M1,,CN"})};
  input.assignments = {
      frame(TableId::assignments, {"employee_id,from,manager_id", "E1,2025-01-01,M1", "E1,2026-01-01,"})};
  const auto d = build(input);
  CHECK(spells_of(d, "E1", {"manager_id", "region"}) == Lines{"2025-01-01..2025-12-31 M1 CN", "2026-01-01..  CN"});
}

TEST_CASE("a row without an end is closed by the next of its timeline without a finding") {
  auto input = first_half_2026();
  input.assignments = {frame(TableId::assignments, {"employee_id,from,to,job", "E1,2026-03-01,2026-04-30,C",
                                                    "E1,2025-01-01,,A", "E1,2025-06-01,,B"})};
  const auto d = build(input);
  CHECK(spells_of(d, "E1", {"job"}) ==
        Lines{"2025-01-01..2025-05-31 A", "2025-06-01..2026-02-28 B", "2026-03-01..2026-04-30 C"});
}

TEST_CASE("the last day of one row and the first of the next neither overlap nor leave a gap") {
  auto input = first_half_2026();
  input.assignments = {frame(TableId::assignments,
                             {"employee_id,from,to,job", "E1,2026-01-01,2026-03-31,A", "E1,2026-04-01,2026-06-30,B"})};
  const auto d = build(input);
  CHECK(spells_of(d, "E1", {"job"}) == Lines{"2026-01-01..2026-03-31 A", "2026-04-01..2026-06-30 B"});
  CHECK(d.spells.range[0].to == d.spells.range[1].from);
}

TEST_CASE("someone rehired is out of service in between and the hire date does not matter") {
  auto input = first_half_2026();
  input.employees = {frame(TableId::employees, {"employee_id,hire_date", "E1,2019-01-01"})};
  input.assignments = {frame(TableId::assignments,
                             {"employee_id,from,to,job", "E1,2025-01-01,2025-03-31,A", "E1,2025-10-01,2025-12-31,A"})};
  const auto d = build(input);
  CHECK(spells_of(d, "E1", {"job"}) == Lines{"2025-01-01..2025-03-31 A", "2025-10-01..2025-12-31 A"});
  CHECK(d.spells.range[0].days() + d.spells.range[1].days() == 182);  // scoring.md E46: 182/365
}

TEST_CASE("termination ends a row without an end and leaves one with an end alone") {
  auto input = first_half_2026();
  input.employees = {frame(TableId::employees, {"employee_id,termination_date", "E1,2026-03-31", "E2,2026-03-31"})};
  input.assignments = {
      frame(TableId::assignments, {"employee_id,from,to,job", "E1,2025-01-01,,A", "E2,2025-01-01,2026-05-31,A"})};
  const auto d = build(input);
  CHECK(spells_of(d, "E1", {}) == Lines{"2025-01-01..2026-03-31"});
  CHECK(spells_of(d, "E2", {}) == Lines{"2025-01-01..2026-05-31"});
}

TEST_CASE("an open row after the termination is left out and said so") {
  auto input = first_half_2026();
  input.employees = {frame(TableId::employees, {"employee_id,termination_date", "E1,2026-03-31"})};
  input.assignments = {frame(TableId::assignments, {"employee_id,from,job", "E1,2025-01-01,A", "E1,2026-04-01,B"}, 7)};
  Diagnostics diagnostics;
  const auto d = build(input, diagnostics);
  CHECK(spells_of(d, "E1", {"job"}) == Lines{"2025-01-01..2026-03-31 A"});
  REQUIRE(messages(diagnostics) == Lines{"assignment-after-termination"});
  CHECK(diagnostics[0].args == Lines{"E1", "2026-04-01", "2026-03-31"});
  CHECK(diagnostics[0].span == SourceSpan{"source:7", 3, 0, 0});
}

TEST_CASE("of rows that overlap the later begun speaks and where it ends first the other speaks again") {
  auto input = first_half_2026();
  input.assignments = {frame(TableId::assignments, {"employee_id,from,to,org_unit,job", "E1,2026-01-01,2026-06-30,A,x",
                                                    "E1,2026-02-01,2026-03-31,B,y", "E1,2026-06-01,,C,z"})};
  Diagnostics diagnostics;
  const auto d = build(input, diagnostics);
  CHECK(spells_of(d, "E1", {"org_unit", "job"}) == Lines{"2026-01-01..2026-01-31 A x", "2026-02-01..2026-03-31 B y",
                                                         "2026-04-01..2026-05-31 A x", "2026-06-01.. C z"});
  REQUIRE(messages(diagnostics) == Lines{"overlapping-spell", "overlapping-spell"});  // once a pair, not once a column
  CHECK(diagnostics[0].args == Lines{"E1", "2026-02-01", "2026-06-30"});
  CHECK(diagnostics[0].span.line == 3);
  CHECK(diagnostics[0].related.at(0).line == 2);
  CHECK(diagnostics[1].span.line == 4);
}

TEST_CASE("of two rows that begin on one day the one imported last speaks and a difference is a finding") {
  auto input = first_half_2026();
  input.assignments = {
      frame(TableId::assignments, {"employee_id,from,job", "E1,2026-01-01,new", "E2,2026-01-01,same"}, 9),
      frame(TableId::assignments, {"employee_id,from,job,grade", "E1,2026-01-01,old,G1", "E2,2026-01-01,same,G1"}, 3)};
  Diagnostics diagnostics;
  const auto d = build(input, diagnostics);
  CHECK(spells_of(d, "E1", {"job", "grade"}) == Lines{"2026-01-01.. new G1"});
  CHECK(spells_of(d, "E2", {"job", "grade"}) == Lines{"2026-01-01.. same G1"});
  CHECK(messages(diagnostics) == Lines{"overlapping-spell/same-day"});
}

TEST_CASE("rows without a day make no spell and close nothing") {
  auto input = first_half_2026();
  auto rows =
      frame(TableId::assignments, {"employee_id,from,to,job", "E1,2026-01-01,,A", "E1,2026-02-01,2026-01-31,B"});
  input.assignments = {rows};  // from = to, half-open
  input.employees = {frame(TableId::employees, {"employee_id,hire_date", "E2,2026-05-01"})};
  const auto d = build(input);
  CHECK(spells_of(d, "E1", {"job"}) == Lines{"2026-01-01.. A"});
}

TEST_CASE("assignments without any attribute say only when somebody serves") {
  auto input = first_half_2026();
  input.employees = {frame(TableId::employees, {"employee_id,job", "E1,Rep"})};
  input.assignments = {
      frame(TableId::assignments, {"employee_id,from,to", "E1,2026-01-01,2026-01-31", "E1,2026-03-01,2026-03-31"})};
  const auto d = build(input);
  CHECK(spells_of(d, "E1", {"job"}) == Lines{"2026-01-01..2026-01-31 Rep", "2026-03-01..2026-03-31 Rep"});
}

TEST_CASE("attributes of assignments and employees stand beside each other and files may hold them differently") {
  auto input = first_half_2026();
  input.employees = {frame(TableId::employees, {"employee_id,attr.team,attr.size", "E1,Red,L", "E2,Red,M"})};
  auto rows = frame(TableId::assignments, {"employee_id,from,attr.team", "E1,2026-01-01,Blue", "E1,2026-02-01,Red"});
  rows.columns.emplace_back();
  rows.columns.back().name = "attr.size";
  rows.columns.back().storage = facts::Storage::decimal;
  rows.columns.back().append(Decimal{15, 1});
  rows.columns.back().append_missing();
  input.assignments = {rows};
  const auto d = build(input);
  CHECK(spells_of(d, "E1", {"attr.team", "attr.size"}) ==
        Lines{"2026-01-01..2026-01-31 Blue 1.5", "2026-02-01.. Red "});
  CHECK(spells_of(d, "E2", {"attr.team", "attr.size"}) == Lines{"0001-01-01.. Red M"});
}
