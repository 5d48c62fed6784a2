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

std::vector<std::string> key_results(const facts::Okrs& okrs, uint32_t o) {
  std::vector<std::string> ids;
  for (uint32_t k = okrs.key_results[o]; k < okrs.key_results[o + 1]; ++k) ids.emplace_back(okrs.key_result(o, k).id);
  return ids;
}

// "2026-01-31 1 0.5 @8" for each of a key result or milestone: day, value, confidence, source.
std::vector<std::string> checkins(const facts::Okrs& okrs, std::string_view name) {
  std::vector<std::string> out;
  const uint32_t n = okrs.key_result_names.find(name).value();
  for (uint32_t i = okrs.checkins[n]; i < okrs.checkins[n + 1]; ++i) {
    std::string text = to_string(okrs.date[i]) + " " + (okrs.value.has(i) ? to_string(okrs.value.at(i)) : "-") + " ";
    text += okrs.confidence.size() > 0 && okrs.confidence.has(i) ? to_string(okrs.confidence.at(i)) : "-";
    out.push_back(text + " @" + std::to_string(okrs.checkin_origin[i].source));
  }
  return out;
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
  REQUIRE(okrs.size() == 4);
  CHECK(key_results(okrs, 0) == Lines{"k1", "k8"});
  CHECK(okrs.key_result(0, 0).rules == okrs.defined[0].key_results.data());
  CHECK(okrs.key_result(0, 1).target == Decimal{7, 0});  // imported, beside the definition's
  CHECK(okrs.span_of(0, 1).line == 9);
  const facts::Objective o2 = okrs.objective(1);
  CHECK(o2.owner_kind == model::OwnerKind::unit);
  CHECK(o2.owner == "U");
  CHECK(okrs.title_of(1).zh == "Win");
  CHECK(okrs.supports_of(1) == "o1");
  CHECK(o2.weight == Decimal{40, 0});
  REQUIRE(o2.end - o2.begin == 1);
  const facts::KeyResult k2 = okrs.key_result(1, o2.begin);
  CHECK(k2.type == model::KeyResultType::aspirational);
  CHECK(k2.start == Decimal{1, 0});
  CHECK(k2.target == Decimal{5, 0});
  CHECK(k2.kpi == "revenue");
  CHECK(okrs.title_of(1, o2.begin).en == "More");
  CHECK(okrs.objective(2).owner_kind == model::OwnerKind::company);
  const facts::Objective made = okrs.objective(3);
  CHECK(made.id == "o9");
  CHECK(made.owner == "E7");
  CHECK(made.owner_person == facts::kNone);
  CHECK(key_results(okrs, 3) == Lines{"k5", "k6"});
  CHECK(okrs.key_result(3, made.begin + 1).limit == Decimal{12, 0});
  CHECK_FALSE(okrs.key_result(3, made.begin + 1).target);
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
  CHECK(checkins(okrs, "k1") ==
        Lines{"2026-01-31 1 - @8", "2026-03-31 3 0.5 @8", "2026-03-31 3.5 - @9"});  // same day, imported later
  CHECK(checkins(okrs, "k2/m") == Lines{"2026-02-01 1 - @8"});
  CHECK(checkins(okrs, "k2").empty());
  CHECK(okrs.date.size() == 4);
  const uint32_t k1 = okrs.key_result_names.find("k1").value();
  CHECK(okrs.last_checkin(k1, day("2026-03-30"), false)->value == 1.0);
  CHECK_FALSE(okrs.last_checkin(k1, day("2026-01-30"), false));
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
  CHECK_FALSE(d.okrs.key_result(0, 0).weight);
  CHECK(d.okrs.key_result(1, 3).weight == Decimal{50, 0});
  CHECK(messages(diagnostics) == Lines{"start-equals-target/import", "weights-mixed/import", "objective-made"});
}

TEST_CASE("an owner is found among the people, whichever file or table names them") {
  model::Definitions definitions;
  definitions.objectives = {objective("o1", "2026H1", {"k1"}), objective("o2", "2026H1", {"k2"})};
  definitions.objectives[0].owner = {model::OwnerKind::employee, "E2", {}};
  definitions.objectives[1].owner = {model::OwnerKind::employee, "E9", {}};
  auto input = first_half_2026();
  input.employees = {frame(TableId::employees, {"employee_id", "E3", "E1", "E2"}, 1)};
  const auto key_results = [](const Lines& rows) {
    Lines lines{"key_result,objective,owner,target"};
    lines.insert(lines.end(), rows.begin(), rows.end());
    return frame(TableId::key_results, lines, 6);
  };
  input.key_results = {key_results({"k3,o3,E3,1", "k4,o4,company,1"}),
                       key_results({"k5,o5,E1,1", "k6,o6,unit:E1,1", "k7,o7,X,1"})};
  Diagnostics diagnostics;
  const auto okrs = facts::build_dataset(input, definitions, diagnostics).okrs;
  using facts::kNone;
  CHECK(okrs.owner_person == std::vector<uint32_t>{1, kNone, 2, kNone, 0, kNone, kNone});
}
