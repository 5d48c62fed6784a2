// Key results, objectives, their roll-up and their effect on the score. Cases of docs/spec/scoring.md.
#include <doctest/doctest.h>

#include "unit/scoring/okr_world.h"

using namespace world;

namespace {

model::KeyResult key_result(const std::string& id, const std::string& weight = "", const std::string& start = "0",
                            const std::string& target = "1") {
  model::KeyResult kr;
  kr.id = id;
  if (!weight.empty()) kr.weight = dec(weight);
  kr.start = dec(start);
  kr.target = dec(target);
  return kr;
}

}  // namespace

TEST_CASE("E01 to E04: progress of a key result") {
  struct Row {
    const char *id, *start, *target, *current, *score;
  };
  const Row rows[] = {{"E01", "32", "50", "41", "50.00"},
                      {"E02", "100", "50", "75", "50.00"},
                      {"E03", "100", "50", "130", "0.00"},
                      {"E04", "0", "100", "150", "100.00"}};
  for (const Row& r : rows) {
    CAPTURE(r.id);
    OkrWorld w;
    w.objective("o").key_results = {key_result("kr", "", r.start, r.target)};
    w.checkin("kr", r.current);
    CHECK(at(w.go().of("E1").component[1]) == r.score);
  }
  OkrWorld w;
  w.objective("o").key_results = {key_result("kr", "", "0", "100")};
  w.d.objectives[0].key_results[0].cap = dec("1.2");
  w.checkin("kr", "150");
  CHECK(at(w.go().of("E1").component[1]) == "120.00");
}

TEST_CASE("E13: 2 to 5 at 4.1 is exactly the norm of 0.7") {
  OkrWorld w;
  w.objective("o").key_results = {key_result("kr", "", "2", "5")};
  w.d.objectives[0].key_results[0].type = model::KeyResultType::aspirational;
  w.checkin("kr", "4.1");
  CHECK(w.go().of("E1").component[1] == make_figure(100));
}

TEST_CASE("E19 and E20: weights of key results and of objectives") {
  OkrWorld w;
  w.objective("o").key_results = {key_result("a", "50"), key_result("b", "30"), key_result("c", "20")};
  w.checkin("a", "1");
  w.checkin("b", "0.5");
  w.checkin("c", "0");
  CHECK(at(w.go().of("E1").component[1]) == "65.00");
  OkrWorld two;
  two.objective("o1", "60").key_results = {key_result("a"), key_result("b")};
  two.objective("o2", "40").key_results = {key_result("c")};
  two.checkin("a", "0.8");
  two.checkin("b", "0.6");
  two.checkin("c", "1");
  CHECK(at(two.go().of("E1").component[1]) == "82.00");
}

TEST_CASE("E25: two thirds, two thirds and one") {
  OkrWorld w;
  w.objective("o").key_results = {key_result("a", "", "0", "3"), key_result("b", "", "0", "3"), key_result("c")};
  w.checkin("a", "2");
  w.checkin("b", "2");
  w.checkin("c", "1");
  CHECK(at(w.go().of("E1").score) == "77.78");
}

TEST_CASE("E32 to E34: committed, aspirational and the norm") {
  OkrWorld w;
  w.objective("o").key_results = {key_result("a")};
  w.checkin("a", "0.95");
  CHECK(at(w.go().of("E1").score) == "95.00");
  CHECK(w.go().of("E1").has(model::Flag::missed));
  const std::pair<const char*, const char*> rows[] = {
      {"0.70", "100.00"}, {"0.35", "50.00"}, {"0.84", "120.00"}, {"1", "120.00"}};
  for (const auto& [value, score] : rows) {
    OkrWorld a;
    a.plan().okr.cap = dec("120");
    a.objective("o").key_results = {key_result("a")};
    a.d.objectives[0].key_results[0].type = model::KeyResultType::aspirational;
    a.checkin("a", value);
    CHECK(at(a.go().of("E1").component[1]) == score);
    CHECK_FALSE(a.go().of("E1").has(model::Flag::missed));
    a.plan().okr.cap = dec("100");
    if (value == std::string("0.84")) CHECK(at(a.go().of("E1").component[1]) == "100.00");
  }
}

TEST_CASE("E33: a broken guardrail is a flag beside the score") {
  OkrWorld w;
  model::KeyResult guardrail = key_result("g");
  guardrail.type = model::KeyResultType::guardrail;
  guardrail.target.reset();
  guardrail.limit = dec("12");
  w.objective("o").key_results = {key_result("a"), key_result("b"), guardrail};
  w.checkin("a", "0.9");
  w.checkin("b", "0.8");
  OkrWorld unknown = w;
  OkrWorld held = w;
  held.checkin("g", "12");  // at its limit
  w.checkin("g", "12.01");
  CHECK(at(w.go().of("E1").score) == "85.00");
  CHECK(w.go().of("E1").has(model::Flag::guardrail_broken));
  CHECK(at(held.go().of("E1").score) == "85.00");
  CHECK_FALSE(held.go().of("E1").has(model::Flag::guardrail_broken));
  CHECK_FALSE(unknown.go().of("E1").has(model::Flag::guardrail_broken));
  const auto state = [](const OkrWorld& world) { return world.go().scorer->okr_progress()[0].key_results[2].state; };
  CHECK(state(w) == scoring::OkrState::broken);
  CHECK(state(held) == scoring::OkrState::held);
  CHECK(state(unknown) == scoring::OkrState::unknown);
  w.d.objectives[0].key_results[2].direction = model::Direction::higher;  // the limit is the least that holds
  CHECK(state(w) == scoring::OkrState::held);
  w.d.objectives[0].key_results[2].limit = dec("12.02");
  CHECK(state(w) == scoring::OkrState::broken);
}

TEST_CASE("milestones, binary, learning and missing key results") {
  OkrWorld w;
  model::KeyResult launch;
  launch.id = "launch";
  launch.milestones = {{"pilot", {}, dec("40"), {}}, {"all", {}, dec("60"), {}}};
  model::KeyResult audit;
  audit.id = "audit";
  audit.binary = true;
  model::KeyResult study = key_result("study");
  study.type = model::KeyResultType::learning;
  w.objective("o").key_results = {launch, audit, study, key_result("late")};
  w.checkin("launch/pilot", "1");
  w.checkin("audit", "1");
  w.checkin("study", "0");
  w.checkin("late", "1", "2026-01-01");  // after as-of
  const Scored s = w.go();
  CHECK(at(s.of("E1").component[1]) == "70.00");  // (0.4 + 1)/2
  CHECK(at(s.of("E1").component_coverage[1]) == "66.67");
  CHECK(find(s.explain("E1"), "okr/o/late")->status == "no_checkin");
  CHECK(find(s.explain("E1"), "okr/o/study")->status == "not_scored");
  w.plan().missing = model::MissingPolicy::zero;
  CHECK(at(w.go().of("E1").component[1]) == "46.67");  // 1.4/3

  OkrWorld learning;
  learning.objective("o").key_results = {study};
  learning.plan().weights[0] = dec("60");
  learning.kpi("k");
  learning.entry("k", "", "100");
  learning.fact("E1", "k", "2025", 90);
  const Scored only = learning.go();
  CHECK(at(only.of("E1").score) == "90.00");
  CHECK(at(only.of("E1").coverage) == "100.00");  // not applicable: left out of coverage
  CHECK_FALSE(only.of("E1").has(model::Flag::reweighted));
}

TEST_CASE("roll-up by mean and by the least") {
  OkrWorld w;
  w.objective("o").key_results = {key_result("a", "90"), key_result("b", "10")};
  w.checkin("a", "1");
  w.checkin("b", "0.5");
  CHECK(at(w.go().of("E1").score) == "95.00");
  w.d.objectives[0].roll_up = model::RollUp::mean;
  CHECK(at(w.go().of("E1").score) == "75.00");
  w.d.objectives[0].roll_up = model::RollUp::min;
  CHECK(at(w.go().of("E1").score) == "50.00");
}

TEST_CASE("E35: OKRs blended, only upward, or for information") {
  OkrWorld w;
  w.plan().weights[0] = dec("60");
  w.plan().weights[1] = dec("40");
  w.kpi("k");
  w.entry("k", "", "100");
  w.fact("E1", "k", "2025", 90);
  w.objective("o").key_results = {key_result("a")};
  OkrWorld good = w;
  good.checkin("a", "1");
  w.checkin("a", "0.5");
  CHECK(at(w.go().of("E1").score) == "74.00");
  w.plan().okr.effect = model::OkrEffect::upside_only;
  CHECK(at(w.go().of("E1").score) == "90.00");
  CHECK(at(w.go().of("E1").component[1]) == "50.00");
  good.plan().okr.effect = model::OkrEffect::upside_only;
  CHECK(at(good.go().of("E1").score) == "94.00");
  good.plan().okr.effect = model::OkrEffect::informational;
  CHECK(at(good.go().of("E1").score) == "90.00");
  CHECK(at(good.go().of("E1").component[1]) == "100.00");
  CHECK_FALSE(good.go().of("E1").component_coverage[1].has_value());
  good.facts.clear();
  CHECK(good.go().of("E1").status == model::Status::not_rated);  // nothing that counts
}

TEST_CASE("unit objectives count for the head, for members, or for nobody") {
  OkrWorld w;
  w.table(model::TableId::org_units, "org_unit,parent,head_id\nROOT,,E2\nU,ROOT,E3\n");
  w.input.employees.clear();
  w.people("employee_id,org_unit\nE1,U\nE2,ROOT\nE3,ROOT\n");
  w.objective("unit").key_results = {key_result("a")};
  w.d.objectives[0].owner = {model::OwnerKind::unit, "U", {}};
  w.objective("company").key_results = {key_result("b")};
  w.d.objectives[1].owner = {model::OwnerKind::company, "", {}};
  w.checkin("a", "0.6");
  w.checkin("b", "0.8");
  const auto shown = [&](model::OkrUnits units) {
    w.plan().okr.units = units;
    const Scored s = w.go();
    return at(s.of("E1").component[1]) + " " + at(s.of("E2").component[1]) + " " + at(s.of("E3").component[1]);
  };
  CHECK(shown(model::OkrUnits::none) == "- - -");
  CHECK(shown(model::OkrUnits::head) == "- 80.00 60.00");
  CHECK(shown(model::OkrUnits::members) == "60.00 80.00 80.00");
}

TEST_CASE("key results measured by a KPI take the facts of the objective's owner") {
  OkrWorld w;
  w.table(model::TableId::org_units, "org_unit,parent\nROOT,\nU,ROOT\n");
  w.additive("won");
  model::KeyResult kr = key_result("kr", "", "0", "100");
  kr.kpi = "won";
  w.objective("mine").key_results = {kr};
  w.objective("unit").key_results = {kr};
  w.objective("company").key_results = {kr};
  w.d.objectives[1].owner = {model::OwnerKind::unit, "U", {}};
  w.d.objectives[2].owner = {model::OwnerKind::company, "", {}};
  w.monthly("E1", "won", 2025, 1, 3, 10);
  w.monthly("unit:U", "won", 2025, 1, 3, 20);
  w.monthly("unit:ROOT", "won", 2025, 1, 2, 40);
  const Scored s = w.go();
  const auto progress = s.scorer->okr_progress();
  CHECK(at(progress[0].progress) == "0.30");
  CHECK(at(progress[1].progress) == "0.60");
  CHECK(at(progress[2].progress) == "0.80");
  CHECK(s.said("shared-key-result"));  // one key result under three objectives: counts under each, with a warning
  CHECK_FALSE(has_errors(s.diagnostics));
}

TEST_CASE("status: progress against elapsed time, and outdated beats all") {
  // 2025-07-02 is day 183 of 365: elapsed 0.501369863.
  const auto state = [](const char* value, const char* date) {
    OkrWorld w;
    w.as_of = "2025-07-02";
    w.objective("o").key_results = {key_result("kr")};
    if (value[0] != 0) w.checkin("kr", value, date);
    const auto progress = w.go().scorer->okr_progress();
    CHECK(progress[0].state == progress[0].key_results[0].state);
    return progress[0].state;
  };
  CHECK(state("0.41", "2025-07-01") == scoring::OkrState::on_track);         // gap −0.0914
  CHECK(state("0.401369863", "2025-07-01") == scoring::OkrState::on_track);  // −0.10 exactly
  CHECK(state("0.40", "2025-07-01") == scoring::OkrState::at_risk);          // −0.1014
  CHECK(state("0.251369863", "2025-07-01") == scoring::OkrState::at_risk);   // −0.25 exactly
  CHECK(state("0.25", "2025-07-01") == scoring::OkrState::off_track);
  CHECK(state("1", "2025-06-11") == scoring::OkrState::on_track);  // 21 days ago
  CHECK(state("1", "2025-06-10") == scoring::OkrState::outdated);  // 22
  CHECK(state("", "") == scoring::OkrState::outdated);
}

TEST_CASE("outdated: by the newest of all check-ins, up to the cycle's last day, and never what a KPI measures") {
  const auto state = [](const OkrWorld& w) { return w.go().scorer->okr_progress()[0].state; };
  OkrWorld after;  // in March of the next year: 20 days from 11 to 31 December
  after.as_of = "2026-03-01";
  after.objective("o").key_results = {key_result("kr")};
  after.checkin("kr", "1", "2025-12-11");
  CHECK(state(after) == scoring::OkrState::on_track);
  OkrWorld milestones;  // the second milestone was last heard of long ago, the first lately
  milestones.as_of = "2025-07-02";
  milestones.objective("o").key_results = {key_result("kr")};
  milestones.d.objectives[0].key_results[0].target.reset();
  milestones.d.objectives[0].key_results[0].milestones = {{"m1", {}, {}, {}}, {"m2", {}, {}, {}}};
  milestones.checkin("kr/m1", "1", "2025-07-01");
  milestones.checkin("kr/m2", "1", "2025-01-05");
  CHECK(state(milestones) == scoring::OkrState::on_track);
  OkrWorld measured;
  measured.kpi("won");
  measured.objective("o").key_results = {key_result("kr", "", "0", "10")};
  measured.d.objectives[0].key_results[0].kpi = "won";
  measured.fact("E1", "won", "2025-01", 10);
  CHECK(state(measured) == scoring::OkrState::on_track);
}

TEST_CASE("objectives with and without weight for one person stop the run") {
  OkrWorld w;
  w.objective("o1", "60").key_results = {key_result("a")};
  w.objective("o2").key_results = {key_result("b")};
  CHECK(w.go().said("weights-mixed"));
  w.d.objectives[0].weight = dec("0");
  w.d.objectives[1].weight = dec("0");
  CHECK(w.go().said("weights-zero"));
}
