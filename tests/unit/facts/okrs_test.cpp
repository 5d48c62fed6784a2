#include "frames.h"

using namespace hr;
using namespace hr::test;
using model::TableId;

namespace {

model::Objective objective(std::string id, std::string cycle, const std::vector<std::string>& key_results) {
  model::Objective o;
  o.id = std::move(id);
  o.cycle = std::move(cycle);
  for (const std::string& kr : key_results) o.key_results.emplace_back().id = kr;
  return o;
}

std::vector<std::string> key_results(const model::Objective& o) {
  std::vector<std::string> ids;
  for (const model::KeyResult& kr : o.key_results) ids.push_back(kr.id);
  return ids;
}

}  // namespace

TEST_CASE("objectives of the cycle come from definitions and imports and an unknown one is made for its owner") {
  model::Definitions definitions;
  definitions.objectives = {objective("o1", "2026H1", {"k1"}), objective("old", "2025H2", {"k-old"})};
  auto input = first_half_2026();
  input.objectives = {frame(TableId::objectives,
                            {"objective,cycle,owner,title,supports,weight", "o2,2026H1,unit:U,Win,o1,40",
                             "o3,2025H2,E1,Past,,", "o1,2026H1,E1,Again,,", "o4,2026H1,company,All,,"},
                            5)};
  input.key_results = {
      frame(TableId::key_results,
            {"key_result,objective,owner,type,title,weight,start,target,unit,kpi",
             "k2,o2,,aspirational,More,60,1,5,pts,revenue", "k3,o3,,,,,,,,", "k4,old,,,,,,,,", "k5,o9,E7,,,,,10,,",
             "k6,o9,,guardrail,,,,12,,", "k7,nowhere,,,,,,,,", "k1,o1,,,,,,,,", "k8,o1,,,,,,7,,"},
            6)};
  Diagnostics diagnostics;
  const auto okrs = facts::build_dataset(input, definitions, diagnostics).okrs;
  REQUIRE(okrs.objectives.size() == 4);
  CHECK(key_results(okrs.objectives[0]) == Lines{"k1", "k8"});
  const model::Objective& o2 = okrs.objectives[1];
  CHECK(o2.owner.kind == model::OwnerKind::unit);
  CHECK(o2.owner.id == "U");
  CHECK(o2.title.zh == "Win");
  CHECK(o2.supports == "o1");
  CHECK(o2.weight == Decimal{40, 0});
  REQUIRE(o2.key_results.size() == 1);
  CHECK(o2.key_results[0].type == model::KeyResultType::aspirational);
  CHECK(o2.key_results[0].start == Decimal{1, 0});
  CHECK(o2.key_results[0].target == Decimal{5, 0});
  CHECK(o2.key_results[0].kpi == "revenue");
  CHECK(okrs.objectives[2].owner.kind == model::OwnerKind::company);
  const model::Objective& made = okrs.objectives[3];
  CHECK(made.id == "o9");
  CHECK(made.owner.id == "E7");
  CHECK(key_results(made) == Lines{"k5", "k6"});
  CHECK(made.key_results[1].limit == Decimal{12, 0});
  CHECK_FALSE(made.key_results[1].target);
  CHECK(okrs.origin[0].source == 0);
  CHECK(okrs.origin[1].source == 5);
  CHECK(okrs.origin[3].row == 5);
  CHECK(messages(diagnostics) ==
        Lines{"duplicate-objective", "unknown-objective", "duplicate-key-result", "objective-made"});
  CHECK(diagnostics[3].severity == Severity::note);
}

TEST_CASE("check-ins are ascending and end with the day and one of nothing is a finding") {
  model::Definitions definitions;
  definitions.objectives = {objective("o1", "2026H1", {"k1", "k2"}), objective("old", "2025H2", {"k-old"})};
  definitions.objectives[0].key_results[1].milestones.emplace_back().id = "m";
  auto input = first_half_2026();
  input.as_of = day("2026-03-31");
  input.checkins = {frame(TableId::checkins,
                          {"key_result,date,value,confidence,note,author", "k1,2026-03-31,3,0.5,late,E1",
                           "k1,2026-01-31,1,,,", "k1,2026-04-01,4,,,", "k-old,2025-12-01,1,,,", "k2/m,2026-02-01,1,,,",
                           "k2/x,2026-02-01,1,,,", "nothing,2026-02-01,1,,,", "nothing,2026-02-02,1,,,"},
                          8),
                    frame(TableId::checkins, {"key_result,date,value", "k1,2026-03-31,3.5"}, 9)};
  Diagnostics diagnostics;
  const auto okrs = facts::build_dataset(input, definitions, diagnostics).okrs;
  REQUIRE(okrs.checkins.count("k1") == 1);
  const auto& k1 = okrs.checkins.at("k1");
  REQUIRE(k1.size() == 3);
  CHECK(k1[0].value == 1.0);
  CHECK(k1[1].value == 3.0);
  CHECK(k1[1].confidence == 0.5);
  CHECK(k1[1].author == "E1");
  CHECK(k1[2].value == 3.5);  // same day, imported later
  CHECK(k1[2].origin.source == 9);
  CHECK(okrs.checkins.count("k2/m") == 1);
  CHECK(okrs.checkins.size() == 2);
  CHECK(messages(diagnostics) == Lines{"unknown-key-result", "unknown-key-result"});
  CHECK(diagnostics[0].args == Lines{"k2/x"});
  CHECK(diagnostics[1].args == Lines{"nothing"});
  CHECK(diagnostics[1].span.line == 8);
}

TEST_CASE(
    "imported key results of which only some have a weight count the same and a target equal to the start is said") {
  auto input = first_half_2026();
  input.key_results = {
      frame(TableId::key_results, {"key_result,objective,owner,type,weight,start,target", "k1,o,E1,,60,0,10",
                                   "k2,o,E1,,,5,5", "g,p,E1,guardrail,,,3", "k3,p,E1,,50,0,1"})};
  Diagnostics diagnostics;
  const auto d = build(input, diagnostics);
  CHECK_FALSE(d.okrs.objectives.at(0).key_results.at(0).weight);
  CHECK(d.okrs.objectives.at(1).key_results.at(1).weight == Decimal{50, 0});
  CHECK(messages(diagnostics) == Lines{"start-equals-target/import", "weights-mixed/import", "objective-made"});
}
