#include <algorithm>
#include <chrono>
#include <map>
#include <random>
#include <thread>

#include "frames.h"

using namespace hr;
using namespace hr::test;
using facts::TargetSubject;
using model::TableId;

TEST_CASE("facts are scattered to people and units and the rest is left aside") {
  auto input = first_half_2026();
  input.employees = {frame(TableId::employees, {"employee_id,org_unit", "E1,U", "E2,U"})};
  auto d = build(input);
  facts::SharedDictionary subjects;
  for (const char* s : {"E2", "unit:U", "gone", "E1", "unit:gone"}) subjects.add(s);
  const auto map = facts::map_subjects(subjects, d);
  CHECK(map.person == std::vector<uint32_t>{1, facts::kNone, facts::kNone, 0, facts::kNone});
  CHECK(map.unit == std::vector<uint32_t>{facts::kNone, 0, facts::kNone, facts::kNone, facts::kNone});
  const Period jan = *parse_period("2026-01");
  const Period feb = *parse_period("2026-02");
  const std::vector<uint32_t> all{0, 1, 2, 3};
  const std::vector<double> values{5, 7, 9, 11};
  facts::FactReader reader(map);
  reader.add("revenue", jan, std::span(all).first(2), std::span(values).first(2));
  reader.add("revenue", jan, std::span(all).last(2), std::span(values).last(2));
  reader.add("revenue", feb, std::vector<uint32_t>{0}, std::vector<double>{6});
  reader.add("ghost", feb, std::vector<uint32_t>{2, 4}, std::vector<double>{6, 6});
  d.kpis = facts::take_kpis({&reader, 1});
  REQUIRE(d.kpis.size() == 1);
  const facts::KpiFacts& revenue = *d.find_kpi("revenue");
  REQUIRE(revenue.people.size() == 2);
  REQUIRE(revenue.units.size() == 1);
  CHECK(revenue.people[0].period == jan);
  CHECK(revenue.people[0].value(0) == 11);
  CHECK(revenue.people[0].value(1) == 5);
  CHECK(revenue.people[1].value(1) == 6);
  CHECK_FALSE(revenue.people[1].has(0));
  CHECK(revenue.units[0].value(0) == 7);
  CHECK(d.find_kpi("ghost") == nullptr);
}

TEST_CASE("a column of facts holds what was put in, single values too") {
  constexpr uint32_t kSubjects = 300;
  std::map<uint32_t, double> plain;
  facts::ScatteredFacts found(kSubjects);
  for (uint32_t s : {299U, 0U, 63U, 64U, 65U, 127U, 128U, 200U}) {
    found.set(s, s * 1.5);
    plain[s] = s * 1.5;
  }
  for (uint32_t s = 192; s < 256; ++s) {  // a whole word, and 200 once more
    found.set(s, s + 0.5);
    plain[s] = s + 0.5;
  }
  facts::FactColumn column(*parse_period("2026-01"), found);
  found.clear();
  CHECK(facts::FactColumn(column.period, found).size() == 0);
  const auto gathers = [&](uint32_t first, uint32_t n, uint32_t step) {
    std::vector<uint32_t> some;
    for (uint32_t i = 0; i < n; ++i) some.push_back(first + i * step);
    std::vector<double> got(n, -1);
    std::vector<double> there(n, -1);
    column.gather(some, got.data(), there.data());
    for (uint32_t i = 0; i < n; ++i) {
      const bool has = plain.count(some[i]) == 1;
      if (there[i] != (has ? 1 : 0) || got[i] != (has ? plain[some[i]] : 0)) return false;
    }
    return true;
  };
  const auto is_plain = [&] {
    for (const uint32_t first : {0U, 1U, 63U, 64U, 65U, 100U}) {
      for (const uint32_t n : {0U, 1U, 2U, 63U, 64U, 65U, 66U, 128U, 200U}) {
        if (!gathers(first, n, 1) || !gathers(first, n / 2, 2)) return false;
      }
    }
    for (uint32_t s = 0; s < kSubjects; ++s) {
      if (column.has(s) != (plain.count(s) == 1)) return false;
      if (column.has(s) && column.value(s) != plain[s]) return false;
    }
    return column.size() == plain.size();
  };
  CHECK(is_plain());
  for (uint32_t s : {1U, 64U, 66U, 298U}) {
    column.set(s, s + 0.25);
    plain[s] = s + 0.25;
    CHECK(is_plain());
  }
  for (uint32_t s = 64; s < 192; ++s) {  // whole words
    column.set(s, s * 2.5);
    plain[s] = s * 2.5;
  }
  CHECK(is_plain());
  for (uint32_t s : {2U, 0U, 64U, 299U}) {
    column.clear(s);
    plain.erase(s);
    CHECK(is_plain());
  }
  facts::FactColumn full(column.period, facts::ScatteredFacts(kSubjects));
  for (uint32_t s = 0; s < kSubjects; ++s) full.set(s, 1);
  CHECK(full.bytes() >= kSubjects * sizeof(double));  // a limit of memory is kept by it
}

TEST_CASE("targets are found by kind of subject and an open one ends where the next begins") {
  auto input = first_half_2026();
  input.employees = {frame(TableId::employees, {"employee_id", "E1"})};
  input.targets = {frame(TableId::targets,
                         {"subject,kpi,from,to,target,weight", "E1,revenue,2026-04-01,,120,", "E1,revenue,,,100,60",
                          "job:Rep,revenue,2026-01-01,2026-06-30,90,", "unit:E1,revenue,,,80,"})};
  const auto d = build(input);
  const auto own = d.targets.find(TargetSubject::employee, "E1", "revenue");
  REQUIRE(own.size() == 2);
  CHECK(own[0].range == DateRange{kFarPast, day("2026-04-01")});
  CHECK(own[0].target == Decimal{100, 0});
  CHECK(own[0].weight == Decimal{60, 0});
  CHECK(own[0].origin.row == 3);
  CHECK(own[1].range == DateRange{day("2026-04-01"), kFarFuture});
  CHECK_FALSE(own[1].weight);
  REQUIRE(d.targets.find(TargetSubject::job, "Rep", "revenue").size() == 1);
  CHECK(d.targets.find(TargetSubject::job, "Rep", "revenue")[0].range == days("2026-01-01", "2026-06-30"));
  CHECK(d.targets.find(TargetSubject::unit, "E1", "revenue")[0].target == Decimal{80, 0});
  CHECK(d.targets.find(TargetSubject::job, "E1", "revenue").empty());
  CHECK(d.targets.find(TargetSubject::employee, "E1", "cost").empty());
}

TEST_CASE("targets that overlap and targets of nobody are findings") {
  auto input = first_half_2026();
  input.targets = {frame(TableId::targets,
                         {"subject,kpi,from,to,target", "job:A,k,2026-01-01,2026-06-30,1",
                          "job:A,k,2026-03-01,2026-03-31,2", "E9,k,,,3", "E8,k,,,3"},
                         3)};
  Diagnostics diagnostics;
  const auto d = build(input, diagnostics);
  const auto rows = d.targets.find(TargetSubject::job, "A", "k");
  REQUIRE(rows.size() == 3);
  CHECK(rows[1].range == days("2026-03-01", "2026-03-31"));
  CHECK(rows[2].range == days("2026-04-01", "2026-06-30"));
  CHECK(rows[2].target == Decimal{1, 0});
  REQUIRE(messages(diagnostics) == Lines{"overlapping-target", "unknown-employee/rows"});
  CHECK(diagnostics[0].args == Lines{"A", "k", "2026-03-01"});
  CHECK(diagnostics[0].span.line == 3);
  CHECK(diagnostics[1].args == Lines{"targets", "2", "E9"});
}

TEST_CASE("feedback is grouped by person with raters as codes and the cycle decides what counts") {
  auto input = first_half_2026();
  input.employees = {frame(TableId::employees, {"employee_id", "E1", "E2", "E3"})};
  input.feedback = {frame(TableId::feedback,
                          {"employee_id,rater_id,relation,rating,date", "E3,R1,peer,4,2026-06-30", "E1,R2,manager,5,",
                           "E3,R2,self,3.5,2026-01-01", "E3,R3,other,,2026-02-01", "E1,R1,report,1,2025-12-31",
                           "E1,R1,report,2,2026-07-01"},
                          6)};
  const auto d = build(input);
  CHECK(d.feedback.begin == std::vector<uint32_t>{0, 1, 1, 3});
  REQUIRE(d.feedback.rating.size() == 3);
  CHECK(d.feedback.rating.number(0) == 5);
  CHECK(d.feedback.rating.number(1) == 4);
  CHECK(d.feedback.rating.at(2) == Decimal{35, 1});
  CHECK(d.feedback.relation ==
        std::vector<facts::Relation>{facts::Relation::manager, facts::Relation::peer, facts::Relation::self});
  CHECK(d.feedback.raters[d.feedback.rater[0]] == "R2");
  CHECK(d.feedback.raters[d.feedback.rater[1]] == "R1");
  CHECK(d.feedback.rater[0] == d.feedback.rater[2]);
}

TEST_CASE("leaves are grouped by person in order of their first day") {
  auto input = first_half_2026();
  input.employees = {frame(TableId::employees, {"employee_id", "E1", "E2"})};
  input.leaves = {frame(TableId::leaves, {"employee_id,from,to,kind", "E2,2026-03-01,2026-03-10,sick",
                                          "E2,2026-01-01,,maternity", "E9,2026-01-01,,sick"})};
  Diagnostics diagnostics;
  const auto d = build(input, diagnostics);
  REQUIRE(d.leaves.size() == 2);
  CHECK(d.leaves[0].empty());
  REQUIRE(d.leaves[1].size() == 2);
  CHECK(d.leaves[1][0].kind == "maternity");
  CHECK(d.leaves[1][0].range == DateRange{day("2026-01-01"), kFarFuture});
  CHECK(d.leaves[1][1].range.days() == 10);
  CHECK(messages(diagnostics) == Lines{"unknown-employee/rows"});
  input.leaves.clear();
  CHECK(build(input).leaves.empty());
}

namespace {

// Rows [begin, end) of a frame, with dictionaries of their own but for ids.
facts::Frame part_of(const facts::Frame& whole, size_t begin, size_t end) {
  facts::Frame part;
  for (const facts::Column& from : whole.columns) {
    if (!from.carried) continue;
    facts::Column& column = part.columns.emplace_back();
    column.name = from.name;
    column.storage = from.storage;
    const bool is_id = from.name == "key_result" || from.name == "objective" || from.name == "owner" ||
                       from.name == "employee_id" || from.name == "rater_id";
    if (is_id) column.dictionary = from.dictionary;
    for (size_t row = begin; row < end; ++row) {
      if (from.storage == facts::Storage::day)
        column.days.push_back(from.days[row]);
      else if (from.storage == facts::Storage::decimal)
        column.decimals.push_back(from.decimals[row]);
      else if (is_id)
        column.codes.push_back(from.codes[row]);
      else if (from.missing(row))
        column.append_missing();
      else
        column.append(from.text(row));
    }
  }
  part.rows.assign(whole.rows.begin() + static_cast<std::ptrdiff_t>(begin),
                   whole.rows.begin() + static_cast<std::ptrdiff_t>(end));
  part.sources.assign(end - begin, whole.sources.at(0));
  return part;
}

Lines in_words(const facts::Dataset& d) {
  Lines out;
  const auto number = [](const facts::DecimalColumn& column, size_t i) {
    return column.has(i) ? to_string(column.at(i)) : std::string("-");
  };
  const facts::Okrs& okrs = d.okrs;
  for (uint32_t o = 0; o < okrs.size(); ++o) {
    out.push_back("objective " + std::string(okrs.objective(o).id) + " " + std::string(okrs.objective(o).owner));
    for (uint32_t k = okrs.key_results[o]; k < okrs.key_results[o + 1]; ++k) {
      const facts::KeyResult kr = okrs.key_result(o, k);
      out.push_back(std::string(kr.id) + " " + std::to_string(static_cast<int>(kr.type)) + " " +
                    okrs.title_of(o, k).en + " " + number(okrs.key_result_weight, k) + " " + to_string(kr.start) + " " +
                    number(okrs.target, k) + " line " + std::to_string(okrs.key_result_origin[k].row));
      for (uint32_t i = okrs.checkins[kr.checkins]; i < okrs.checkins[kr.checkins + 1]; ++i) {
        out.push_back("at " + to_string(okrs.date[i]) + " " + number(okrs.value, i) + " " + number(okrs.confidence, i) +
                      " line " + std::to_string(okrs.checkin_origin[i].row));
      }
    }
  }
  for (uint32_t p = 0; p < d.people.size(); ++p) {
    for (uint32_t i = d.feedback.begin[p]; i < d.feedback.begin[p + 1]; ++i) {
      out.push_back(std::string(d.people.id[p]) + " by " + std::string(d.feedback.raters[d.feedback.rater[i]]) + " " +
                    std::to_string(static_cast<int>(d.feedback.relation[i])) + " " + number(d.feedback.rating, i));
    }
  }
  return out;
}

}  // namespace

TEST_CASE("a dataset is the same whether tables come whole or in parts") {
  std::mt19937 random(5);
  const auto any = [&](std::initializer_list<const char*> texts) {
    return std::string(texts.begin()[random() % texts.size()]);
  };
  for (int round = 0; round < 150; ++round) {
    model::Definitions definitions;
    if (random() % 2 == 0) {
      definitions.objectives.emplace_back().id = "o3";
      definitions.objectives[0].cycle = any({"2026H1", "2025H2"});
      for (const char* id : {"k1", "k9"}) definitions.objectives[0].key_results.emplace_back().id = id;
    }
    auto input = first_half_2026();
    input.employees = {frame(TableId::employees, {"employee_id", "E1", "E2", "E3", "E4"})};
    Lines key_results{"key_result,objective,owner,type,title,weight,start,target"};
    Lines checkins{"key_result,date,value,confidence"};
    Lines feedback{"employee_id,rater_id,relation,rating,date"};
    for (auto n = random() % 30; n > 0; --n) {
      key_results.push_back(any({"k1", "k2", "k3", "k4", "k5"}) + "," + any({"o1", "o2", "o3", ""}) + "," +
                            any({"E1", "E2", "", "unit:U"}) + "," + any({"", "guardrail", "learning"}) + "," +
                            any({"", "T1", "T2"}) + "," + any({"", "40"}) + "," + any({"", "1"}) + "," +
                            any({"1", "5", ""}));
      checkins.push_back(any({"k1", "k2", "k7", "k9", "k8"}) + ",2026-0" + any({"1", "2", "7"}) + "-0" +
                         any({"1", "5"}) + "," + any({"1", "2.5", ""}) + "," + any({"", "0.5"}));
      feedback.push_back(any({"E1", "E3", "E4", "E9"}) + "," + any({"E2", "E8", ""}) + "," + any({"", "peer", "self"}) +
                         "," + any({"3", "4.5", ""}) + "," + any({"", "2026-03-01", "2025-03-01"}));
    }
    input.key_results = {frame(TableId::key_results, key_results)};
    input.checkins = {frame(TableId::checkins, checkins)};
    input.feedback = {frame(TableId::feedback, feedback)};
    Diagnostics whole_findings;
    const Lines whole = in_words(facts::build_dataset(input, definitions, whole_findings));

    const auto frame_of = [&](TableId table) -> const facts::Frame& {
      return table == TableId::feedback   ? input.feedback[0]
             : table == TableId::checkins ? input.checkins[0]
                                          : input.key_results[0];
    };
    const size_t most = 1 + random() % 9;
    facts::DatasetInput in_parts = input;
    in_parts.parts = [&](TableId table, const facts::TakeRows& take) {
      const facts::Frame& rows = frame_of(table);
      for (size_t begin = 0; begin < rows.size(); begin += most)
        take(part_of(rows, begin, std::min(rows.size(), begin + most)), rows.size());
    };
    Diagnostics findings;
    CHECK(in_words(facts::build_dataset(in_parts, definitions, findings)) == whole);
    CHECK(messages(findings) == messages(whole_findings));
  }
}

TEST_CASE("a table that cannot be read ends the building, whoever waits for it") {
  for (const TableId bad :
       {TableId::employees, TableId::assignments, TableId::org_units, TableId::targets, TableId::objectives,
        TableId::key_results, TableId::checkins, TableId::feedback, TableId::leaves}) {
    for (const int threads : {1, 2, 4, 7}) {
      auto input = first_half_2026();
      input.threads = threads;
      const auto read = [bad](TableId table) {
        if (table != bad) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(3));  // others wait by then
        throw std::runtime_error("unreadable");
      };
      input.records = [&](TableId table) {
        read(table);
        return std::vector<facts::Frame>{};
      };
      input.parts = [&](TableId table, const facts::TakeRows&) { read(table); };
      Diagnostics diagnostics;
      CHECK_THROWS_WITH(facts::build_dataset(input, {}, diagnostics), "unreadable");
    }
  }
}
