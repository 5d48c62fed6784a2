// Headcounts, sums, means and medians by hand from the rows above them.
#include <algorithm>
#include <map>

#include "../facts/frames.h"
#include "base/exact_sum.h"
#include "cells.h"

using namespace hr;
using namespace hr::test;
using model::TableId;

namespace {

facts::DatasetInput company() {
  auto input = first_half_2026();
  input.employees = {frame(
      TableId::employees,
      {"employee_id,org_unit,base_salary,currency,hire_date,termination_date", "E1,top,1000,CNY,2020-01-01,",
       "E2,a,100.10,CNY,2020-01-01,2026-06-30", "E3,a,100.20,CNY,2026-06-30,", "E4,a1,300,CNY,2020-01-01,2026-06-29",
       "E5,b,5,USD,2020-01-01,", "E6,,7,CNY,2020-01-01,", "E7,a1,,,2026-01-01,", "E8,b,900,CNY,2026-07-01,"})};
  input.org_units = {frame(TableId::org_units, {"org_unit,name,parent,to", "top,Top,,", "b,Bee,top,", "a,Ay,top,",
                                                "a1,Ay one,a,", "empty,Empty,top,", "closed,Closed,top,2026-03-31"})};
  return input;
}

}  // namespace

TEST_CASE("units count who serves that day with the units below and do not add up currencies") {
  const auto d = build(company());
  const auto t = report::units(d, {}, std::nullopt);
  CHECK(lines(t, {"org_unit", "parent", "headcount", "headcount_direct"}) ==
        Lines{"top - 5 1", "a top 3 2", "a1 a 1 1", "b top 1 1", "empty top 0 0", "- - 1 1"});
  CHECK(t.depth == std::vector<uint16_t>{0, 1, 2, 1, 1, 0});
  // a: 100.10 + 100.20 = 200.30, mean and median 100.15; E7 has no pay; E4 left the day before
  CHECK(lines(t, {"org_unit", "salary_total", "salary_mean", "salary_median", "currency", "salary_missing"}) ==
        Lines{"top - - - - 1", "a 200.3 100.15 100.15 CNY 1", "a1 - - - - 1", "b 5 5 5 USD 0", "empty - - - - 0",
              "- 7 7 7 CNY 0"});
  REQUIRE(t.notes.size() == 2);
  CHECK(t.notes[0].en == "pay in several currencies is not added up: top");
  CHECK(t.notes[1].en == "people without a base_salary, left out of sums, means and medians: 1");
  CHECK(t.schema == "hrctl.units/v1");
  CHECK(t.find("rated") == nullptr);
}

TEST_CASE("the first and the last day of service count and the days beside them do not") {
  auto input = company();
  input.as_of = day("2026-06-29");
  CHECK(lines(report::units(build(input), {}, std::nullopt), {"headcount"})[0] == "5");  // E4 in, E3 not yet
  input.as_of = day("2026-07-01");
  const auto july = report::units(build(input), {}, std::nullopt);
  CHECK(lines(july, {"org_unit", "headcount"})[0] == "top 5");  // E2 out, E8 in
  CHECK(lines(july, {"org_unit", "headcount"})[3] == "b 2");
}

TEST_CASE("a unit's pay is that of the spell of the day") {
  auto input = first_half_2026();
  input.assignments = {frame(TableId::assignments,
                             {"employee_id,from,org_unit,base_salary", "E1,2026-01-01,a,10", "E1,2026-06-30,b,20"})};
  CHECK(lines(report::units(build(input), {}, std::nullopt), {"org_unit", "salary_total"}) == Lines{"b 20"});
  input.as_of = day("2026-06-29");
  CHECK(lines(report::units(build(input), {}, std::nullopt), {"org_unit", "salary_total"}) == Lines{"a 10"});
}

TEST_CASE("the median of pay is that of a unit's people and of those below, whatever their decimals") {
  auto input = first_half_2026();
  input.employees = {frame(
      TableId::employees, {"employee_id,org_unit,base_salary", "E1,a,7.25", "E2,a,0.5", "E3,a,123456789012345678",
                           "E4,a,-3", "E5,a,7", "E6,b,10", "E7,b,2", "E8,b,-1", "E9,b,0.000000000000000001", "F1,,4"})};
  input.org_units = {frame(TableId::org_units, {"org_unit,name,parent", "top,,", "a,,top", "b,,top"})};
  // a: -3 0.5 7 7.25 1.2e17; b: -1 1e-18 2 10, of which (1e-18 + 2) / 2 has nine decimals; top: -3 -1 1e-18 0.5 2 …
  CHECK(lines(report::units(build(input), {}, std::nullopt), {"org_unit", "salary_median"}) ==
        Lines{"top 2", "a 7", "b 1", "- 4"});
}

TEST_CASE("medians of many people, by one thread or several") {
  auto input = first_half_2026();
  constexpr uint32_t kUnits = 40;
  std::vector<std::string> units{"org_unit,parent"};
  for (uint32_t u = 0; u < kUnits; ++u)
    units.push_back("U" + std::to_string(u) + (u == 0 ? "," : ",U" + std::to_string(u / 3)));
  std::vector<std::string> people{"employee_id,org_unit,base_salary"};
  std::map<std::string, std::vector<Decimal>> pay;
  uint32_t random = 1;
  for (uint32_t p = 0; p < 70'000; ++p) {
    random = random * 1'664'525 + 1'013'904'223;
    const uint32_t unit = random >> 8U & 31U;
    const int64_t sign = p % 7 == 0 ? -1 : 1;
    const Decimal value = make_decimal(sign * (random >> 4U), p % 1'000 == 0 ? 18 : p % 4 == 0 ? 5 : 2);
    people.push_back("E" + std::to_string(100'000 + p) + ",U" + std::to_string(unit) + "," + to_string(value));
    for (uint32_t u = unit; u > 0; u /= 3) pay["U" + std::to_string(u)].push_back(value);
    pay["U0"].push_back(value);
  }
  input.employees = {frame(TableId::employees, people)};
  input.org_units = {frame(TableId::org_units, units)};
  const facts::Dataset d = build(input);
  for (const int threads : {1, 3}) {
    const Lines units_of_all = lines(report::units(d, {}, std::nullopt, threads), {"org_unit", "salary_median"});
    REQUIRE(units_of_all.size() == kUnits);
    for (const std::string& line : units_of_all) {
      const std::string unit = line.substr(0, line.find(' '));
      std::vector<Decimal>& of_unit = pay[unit];
      std::sort(of_unit.begin(), of_unit.end());
      const size_t n = of_unit.size();
      const auto median = n == 0 ? std::nullopt : mean(of_unit[(n - 1) / 2], of_unit[n / 2]);
      CHECK(line == unit + " " + (median ? to_string(*median) : "-"));
    }
  }
}

TEST_CASE("with a run units have the means of the rated people") {
  const auto d = build(company());
  const auto run_of = [](const std::vector<Lines>& rows) {
    facts::Frame run;
    for (const char* name : {"employee_id", "org_unit", "status"}) run.columns.emplace_back().name = name;
    for (const char* name : {"score", "kpi", "okr", "feedback", "coverage"}) {
      run.columns.emplace_back().name = name;
      run.columns.back().storage = facts::Storage::decimal;
    }
    for (const Lines& cells : rows) {
      for (size_t i = 0; i < cells.size(); ++i) append_cell(run.columns[i], cells[i], false);
      run.rows.push_back(static_cast<uint32_t>(run.rows.size() + 1));
    }
    return run;
  };
  const facts::Frame rows = run_of({{"E1", "top", "rated", "90", "90", "", "", "100"},
                                    {"E2", "a", "rated", "80", "81", "", "", "50"},
                                    {"E3", "a", "rated", "70.5", "", "", "", "100"},
                                    {"E4", "a1", "not_rated", "", "40", "", "", "10"},
                                    {"E9", "sold", "rated", "10", "10", "", "", "100"}});  // a unit no longer known
  const auto t =
      report::units(d, {&rows, nullptr}, report::RunHeader{7, "2026H1", "2026-06-30", "2026-07-01T00:00:00Z", false});
  // top: (90 + 80 + 70.5) / 3 = 80.1666…; (90 + 81) / 2 = 85.5; (100 + 50 + 100) / 3 = 83.3333…
  CHECK(lines(t, {"org_unit", "rated", "not_rated", "score_mean", "kpi_mean", "okr_mean", "coverage_mean"}) ==
        Lines{"top 3 1 80.166666667 85.5 - 83.333333333", "a 2 1 75.25 81 - 75", "a1 0 1 - - - -", "b 0 0 - - - -",
              "empty 0 0 - - - -", "- 1 0 10 10 - 100"});
  CHECK(t.facts[0] == std::pair<std::string, std::string>{"run", "7"});
}

TEST_CASE("units of results are those of the rows that are made of them") {
  facts::DatasetInput input = first_half_2026();
  std::vector<std::string> people{"employee_id,org_unit"};
  std::vector<std::string> units{"org_unit,parent"};
  for (int u = 0; u < 64; ++u) units.push_back("U" + std::to_string(u) + (u == 0 ? "," : ",U" + std::to_string(u / 3)));
  constexpr uint32_t kPeople = 3'000;                                  // more than are added up at once
  constexpr auto kLargest = static_cast<int64_t>(kFigureLimit * 1e9);  // two come to more than 63 bits
  for (uint32_t p = 0; p < kPeople; ++p)
    people.push_back("E" + std::to_string(10'000 + p) + (p % 50 == 0 ? "," : ",U" + std::to_string(p * 7 % 64)));
  std::vector<std::string> moves{"employee_id,from,org_unit"};
  for (uint32_t p = 0; p < kPeople; p += 11) {
    moves.push_back("E" + std::to_string(10'000 + p) + ",2026-01-01,U" + std::to_string(p * 7 % 64));
    moves.push_back("E" + std::to_string(10'000 + p) + ",2026-04-01,U" + std::to_string(p * 5 % 64));
  }
  input.employees = {frame(TableId::employees, people)};
  input.assignments = {frame(TableId::assignments, moves)};
  input.org_units = {frame(TableId::org_units, units)};
  const facts::Dataset d = build(input);
  REQUIRE(d.spells.size() > kPeople);
  std::vector<model::PersonResult> results(kPeople);
  for (uint32_t p = 0; p < kPeople; ++p) {
    model::PersonResult& r = results[p];
    if (p % 17 == 0) continue;  // is not listed
    r.status = p % 13 == 0 ? model::Status::not_rated : model::Status::rated;
    r.coverage = make_figure(p % 101);
    if (p % 13 == 0) continue;
    r.score = Figure{int64_t{p} * 1'234'500};
    if (p % 3 != 0) r.component[0] = Figure{int64_t{p} * 987'654'321};
    if (p % 5 != 0) r.component[1] = Figure{int64_t{p} * -10};
    if (p % 7 != 0) r.component[2] = Figure{p % 2 == 0 ? kLargest - p : p % 3 == 0 ? -kLargest + p : p};
  }
  const facts::RunScores scores(d, {}, results);
  const facts::Frame rows = scores.all(1);
  const table::Table of_results = report::units(d, {nullptr, &scores}, std::nullopt, 2);
  const table::Table of_rows = report::units(d, {&rows, nullptr}, std::nullopt, 1);
  REQUIRE(of_rows.rows() == 65);  // with that of nobody
  REQUIRE(of_results.columns.size() == of_rows.columns.size());
  for (size_t c = 0; c < of_rows.columns.size(); ++c) {
    CHECK(of_results.columns[c].numbers == of_rows.columns[c].numbers);
    CHECK(of_results.columns[c].present == of_rows.columns[c].present);
  }
}

TEST_CASE("sums are exact and means round half away from zero") {
  using hr::ExactSum;
  const auto sum_of = [](const Lines& texts) {
    ExactSum sum;
    for (const std::string& text : texts) sum.add(*parse_decimal(text));
    return sum;
  };
  CHECK_FALSE(ExactSum().total());
  CHECK_FALSE(ExactSum().mean());
  CHECK(sum_of({"0.1", "0.2"}).total() == Decimal{3, 1});
  CHECK(sum_of({"1", "0", "0"}).mean() == *parse_decimal("0.333333333"));
  CHECK(sum_of({"-2", "0", "0"}).mean() == *parse_decimal("-0.666666667"));
  CHECK(sum_of({"0.000000001", "0"}).mean() == *parse_decimal("0.000000001"));  // 0.5e-9 up
  CHECK(sum_of({"-0.000000001", "0"}).mean() == *parse_decimal("-0.000000001"));
  CHECK(sum_of({"123456789012345678", "1"}).mean() == *parse_decimal("61728394506172839.5"));
  CHECK_FALSE(sum_of({"999999999999999999", "1"}).total());
  CHECK(sum_of({"999999999999999999", "1"}).mean() == *parse_decimal("500000000000000000"));
  std::vector<Decimal> odd{{5, 0}, {1, 0}, {25, 1}};
  CHECK(median(odd) == Decimal{25, 1});
  std::vector<Decimal> even{{5, 0}, {1, 0}, {25, 1}, {2, 0}};
  CHECK(median(even) == *parse_decimal("2.25"));
  std::vector<Decimal> none;
  CHECK_FALSE(median(none));
}
