#include "engine/cycle/goalposts.h"

#include <doctest/doctest.h>

#include "defs/load.h"
#include "engine/cycle/yardstick.h"

using namespace hr;
using namespace hr::engine;

namespace {

constexpr const char* kPolicy = R"(version: 1
kpis: [{id: sales, nature: additive, curve: steep}, {id: won}, {id: leads}, {id: rate, formula: won / leads}, {id: idle}]
curves: [{id: steep, points: [[0.5, 0], [1, 100]], of: ratio}, {id: spare, linear: ratio}]
cycles: [{id: H1, from: 2026-01-01, to: 2026-06-30, plan: p}]
plans: [{id: p, components: {kpi: 80, okr: 20}}, {id: q, components: {kpi: 100}}]
scorecards:
  - id: rep
    kpis: [{kpi: sales, weight: 60, target: 600}, {kpi: rate, weight: 40, target: 0.5}]
    adjustments: [{id: won, points: 1}]
objectives:
  - {id: o1, cycle: H1, owner: {employee: E1}, key_results: [{id: k1, target: 10}]}
  - {id: o9, cycle: H9, owner: {employee: E1}, key_results: [{id: k9, target: 10}]}
)";

model::Definitions read(const std::string& text) {
  return defs::load_definitions({{"policy.yaml", text}}).definitions;
}

// What replacing `from` by `to` moves, as "subject kpi field before > after".
std::vector<std::string> moved(const std::string& from, const std::string& to) {
  std::string text = kPolicy;
  const size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  text.replace(at, from.size(), to);
  const model::Definitions before = read(kPolicy);
  std::vector<std::string> lines;
  for (const MovedGoalpost& m : differences(before, read(text), before.cycles[0])) {
    lines.push_back(m.subject + " " + m.kpi + " " + m.field + " " + m.before + " > " + m.after +
                    (m.is_new ? " new" : "") + (m.of_cycle ? " of cycle" : ""));
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("What is in use is a goalpost") {
  CHECK(moved("target: 600", "target: 500") == Lines{"scorecard:rep sales target 600 > 500 of cycle"});
  CHECK(moved("weight: 60", "weight: 50") == Lines{"scorecard:rep sales weight 60 > 50"});
  CHECK(moved("[1, 100]", "[1, 90]") ==
        Lines{"curve:steep  curve points 0.5:0 1:100 of ratio below 0 > points 0.5:0 1:90 of ratio below 0"});
  CHECK(moved("{id: leads}", "{id: leads, nature: additive}") ==
        Lines{"kpi:leads  aggregate last > sum", "kpi:leads  nature rate > additive"});
  CHECK(moved("points: 1", "points: 2") == Lines{"scorecard:rep  adjustments[won].points 1 > 2"});
  CHECK(moved("okr: 20", "okr: 10") == Lines{"plan:p  components.okr 20 > 10"});
  CHECK(moved("id: k1, target: 10", "id: k1, target: 12") == Lines{"key_result:k1  target 10 > 12 of cycle"});
  CHECK(moved("2026-06-30", "2026-05-31") == Lines{"cycle:H1  to 2026-06-30 > 2026-05-31 of cycle"});
}

TEST_CASE("What is not in use, of another cycle, or only a text is none") {
  CHECK(moved("{id: idle}", "{id: idle, direction: lower}").empty());
  CHECK(moved("spare, linear: ratio", "spare, binary: true").empty());
  CHECK(moved("q, components: {kpi: 100}", "q, components: {okr: 100}").empty());
  CHECK(moved("id: k9, target: 10", "id: k9, target: 12").empty());
  CHECK(moved("id: sales,", "id: sales, name: Sales,").empty());
  CHECK(moved("target: 600", "target: [{from: 2026-01-01, value: 600}, {from: 2026-07-01, value: 700}]").empty());
}

TEST_CASE("What comes and what goes is one line each; a new subject is marked") {
  CHECK(moved(", {kpi: rate, weight: 40, target: 0.5}", "") == Lines{"scorecard:rep rate target 0.5 >  of cycle"});
  CHECK(moved(", {kpi: rate,", ", {kpi: idle, weight: 1, target: 2}, {kpi: rate,") ==
        Lines{"scorecard:rep idle target  > 2 of cycle"});
  CHECK(moved("[{id: k1,", "[{id: k2, target: 3}, {id: k1,") == Lines{"key_result:k2  target  > 3 new of cycle"});
  CHECK(moved("cycles: [{id: H1", "cycles: [{id: H2") == Lines{"cycle:H1  from 2026-01-01 >  of cycle"});
}

TEST_CASE("A value in the course of days") {
  const auto day = [](const char* text) { return *parse_date(text); };
  const DateRange half{day("2026-01-01"), day("2026-07-01")};
  const Decimal a = make_decimal(5);
  const Decimal b = make_decimal(7);
  CHECK(in_the_course_of(half, {}).empty());
  CHECK(in_the_course_of(half, {{kFarPast, a}}) == "5");
  CHECK(in_the_course_of(half, {{kFarPast, a}, {day("2026-01-01"), b}}) == "7");
  CHECK(in_the_course_of(half, {{day("2026-06-30"), b}}) == "–; 2026-06-30: 7");
  CHECK(in_the_course_of(half, {{day("2026-07-01"), b}}).empty());
  CHECK(in_the_course_of(half, {{kFarPast, a}, {day("2026-02-01"), a}, {day("2026-03-01"), std::nullopt}}) ==
        "5; 2026-03-01: –");
}

TEST_CASE("The stage decides: free, with a reason, or not at all") {
  std::string text = kPolicy;
  text.replace(text.find("target: 600"), 11, "target: 500");
  text.replace(text.find("weight: 60"), 10, "weight: 50");
  const model::Definitions before = read(kPolicy);
  const model::Definitions after = read(text);
  const auto judged = [&](std::vector<store::CycleEvent> events, const char* today) {
    const GoalpostVerdict verdict = judge_goalposts(before, after, {events, *parse_date(today)});
    return std::pair(verdict.moved.size(), verdict.frozen.size());
  };
  const store::CycleEvent freeze{"H1", store::CycleAction::freeze, 0, 1, "", ""};
  const store::CycleEvent close{"H1", store::CycleAction::close, 1, 2, "", ""};
  CHECK(judged({}, "2025-12-31") == std::pair<size_t, size_t>(0, 0));
  CHECK(judged({}, "2026-01-01") == std::pair<size_t, size_t>(2, 0));
  CHECK(judged({freeze}, "2026-01-01") == std::pair<size_t, size_t>(0, 2));
  CHECK(judged({freeze, close}, "2026-07-10") == std::pair<size_t, size_t>(0, 1));  // a weight has no day
}
