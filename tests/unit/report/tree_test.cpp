// Trees that reports print: derivations, objectives.
#include "../facts/frames.h"
#include "cells.h"

using namespace hr;
using namespace hr::test;
using model::Derivation;

namespace {

const report::RunHeader kHeader{3, "2026H1", "2026-06-30", "", false};

Derivation node(std::string path, std::string value, std::vector<Derivation> parts = {}) {
  Derivation d;
  d.node = std::move(path);
  d.rule = "test-rule";
  d.args = {"1", "2"};
  d.value = std::move(value);
  d.parts = std::move(parts);
  return d;
}

// score ← kpi ← revenue ← value, target; okr missing
Derivation small_score() {
  Derivation value = node("kpi/revenue/value", "950000");
  value.source = 4;
  value.row = 17;
  Derivation revenue = node("kpi/revenue", "105.08", {value, node("kpi/revenue/target", "904109.589041096")});
  revenue.weight = "60";
  revenue.effective_weight = "100";
  revenue.definition = {"kpis/sales.yaml", 9, 3, 0};
  Derivation okr = node("okr", "");
  okr.status = "no_data";
  return node("score", "105.08", {node("kpi", "105.08", {revenue}), okr});
}

}  // namespace

TEST_CASE("explain prints every step with what defines it and where its facts come from") {
  const auto t = report::explain(small_score(), kHeader, {}, "E1", [](uint32_t id, uint32_t line) {
    return "facts" + std::to_string(id) + ".csv:" + std::to_string(line);
  });
  CHECK(lines(t, {"node", "value", "weight", "effective_weight", "status", "definition", "source"}) ==
        Lines{"score 105.08 - - - - -", "kpi 105.08 - - - - -", "kpi/revenue 105.08 60 100 - kpis/sales.yaml:9 -",
              "kpi/revenue/value 950000 - - - - facts4.csv:17", "kpi/revenue/target 904109.589041096 - - - - -",
              "okr - - - no_data - -"});
  CHECK(t.depth == std::vector<uint16_t>{0, 1, 2, 3, 3, 1});
  CHECK(lines(t, {"step"})[0] == "explain/test-rule 1 2");  // no such message: the key and its arguments
  CHECK(t.facts.back() == std::pair<std::string, std::string>{"employee", "E1"});
}

TEST_CASE("explain calls a KPI by its name in the language asked for") {
  model::Definitions definitions;
  definitions.kpis.emplace_back();
  definitions.kpis[0].id = "revenue";
  definitions.kpis[0].name = {"Revenue", "销售额"};
  Derivation kpi = node("kpi/revenue", "90");
  kpi.rule = "kpi";
  kpi.args = {"revenue"};
  const auto step = [&](i18n::Language language) {
    const auto t = report::explain(
        kpi, kHeader, definitions, "E1", [](uint32_t, uint32_t) { return std::string(); }, language);
    return lines(t, {"step"})[0];
  };
  CHECK(step(i18n::Language::en) == "score of Revenue");
  CHECK(step(i18n::Language::zh) == "销售额 的得分");
  definitions.kpis[0].name = {};
  CHECK(step(i18n::Language::zh) == "revenue 的得分");
}

TEST_CASE("the scorecard has the score, the components and an item a row with its value and target") {
  model::Definitions definitions;
  definitions.kpis.emplace_back();
  definitions.kpis[0].id = "revenue";
  definitions.kpis[0].name = {"Revenue", "销售额"};
  Derivation spells = node("kpi", "50",
                           {node("kpi@1", "", {node("kpi@1/revenue", "40", {node("kpi@1/revenue/value", "4")})}),
                            node("kpi@2", "", {node("kpi@2/revenue", "60")})});
  const auto two = report::scorecard(node("score", "", {spells}), kHeader, definitions, "E1");
  CHECK(lines(two, {"node", "item", "value", "score"}) == Lines{"score - - -", "kpi - - 50", "kpi@1 - - -",
                                                                "kpi@1/revenue revenue 4 40", "kpi@2 - - -",
                                                                "kpi@2/revenue revenue - 60"});
  const auto t = report::scorecard(small_score(), kHeader, definitions, "E1");
  CHECK(
      lines(t, {"component", "item", "name", "value", "target", "attainment", "score", "weight", "effective_weight"}) ==
      Lines{"- - - - - - 105.08 - -", "kpi - - - - - 105.08 - -",
            "kpi revenue Revenue 950000 904109.589041096 - 105.08 60 100", "okr - - - - - - - -"});
  CHECK(lines(t, {"status"}) == Lines{"-", "-", "-", "no_data"});
  REQUIRE(t.find("name")->labels.size() == 1);
  Derivation january =
      node("kpi/2026-01", "", {node("kpi/2026-01/revenue", "70", {node("kpi/2026-01/revenue/target", "8")})});
  january.rule = "kpi-period";
  const auto periods = report::scorecard(node("score", "", {node("kpi", "70", {january})}), kHeader, definitions, "E1");
  CHECK(lines(periods, {"node", "item", "name", "target", "score"}) ==
        Lines{"score - - - -", "kpi - - - 70", "kpi/2026-01/revenue revenue Revenue 8 70"});
  CHECK(t.find("name")->labels[0].second.zh == "销售额");
}

TEST_CASE("the scorecard has the key results of an objective after it") {
  model::Definitions definitions;
  definitions.objectives.emplace_back();
  definitions.objectives[0].id = "o";
  definitions.objectives[0].title = {"Win", "赢"};
  definitions.objectives[0].key_results.emplace_back();
  definitions.objectives[0].key_results[0].id = "k";
  definitions.objectives[0].key_results[0].target = Decimal{30, 0};
  Derivation checkin = node("okr/o/k/checkin/2026-05-01", "17.7");
  checkin.rule = "checkin";
  Derivation k = node("okr/o/k", "0.59", {checkin, node("okr/o/k/progress", "0.59")});
  k.weight = "60";
  Derivation none = node("okr/o/m", "");
  none.status = "no_checkin";
  const auto t = report::scorecard(node("score", "", {node("okr", "59", {node("okr/o", "0.59", {k, none})})}), kHeader,
                                   definitions, "E1");
  CHECK(lines(t, {"node", "component", "name", "value", "target", "attainment", "score", "weight", "status"}) ==
        Lines{"score - - - - - - - -", "okr okr - - - - 59 - -", "okr/o okr Win - - - 0.59 - -",
              "okr/o/k okr k 17.7 30 0.59 0.59 60 -", "okr/o/m okr m - - - - - no_checkin"});
}

TEST_CASE("objectives stand below what they support and circles end") {
  facts::DatasetInput input = first_half_2026();  // 181 days
  input.as_of = day("2026-03-31");                // 90 of them gone
  model::Definitions okrs;
  const auto add = [&](const char* id, const char* supports, const char* kr) {
    model::Objective o;
    o.id = id;
    o.cycle = input.cycle_id;
    o.supports = supports;
    o.owner = {model::OwnerKind::unit, "U", {}};
    if (*kr != 0) o.key_results.emplace_back().id = kr;
    okrs.objectives.push_back(o);
  };
  add("team", "k1", "k2");
  add("company", "", "k1");
  add("person", "team", "");
  add("x", "y", "");
  add("y", "x", "");
  add("lost", "gone", "");
  okrs.objectives[1].title = {"Win", "赢"};
  okrs.objectives[1].key_results[0].target = Decimal{30, 0};
  input.checkins = {frame(model::TableId::checkins,
                          {"key_result,date,value,confidence", "k1,2026-02-01,3,", "k1,2026-03-01,17.7,0.5"})};
  Diagnostics ignored;
  const facts::Dataset d = facts::build_dataset(input, okrs, ignored);
  std::vector<scoring::ObjectiveProgress> progress(6);
  progress[1].progress = Figure{590'000'000};
  progress[1].state = scoring::OkrState::on_track;
  progress[1].key_results.resize(1);
  progress[1].key_results[0].progress = Figure{590'000'000};
  progress[1].key_results[0].current = 17.7;
  progress[1].key_results[0].missed = true;
  progress[1].key_results[0].state = scoring::OkrState::at_risk;
  const auto t = report::okr(d, progress, kHeader);
  CHECK(t.facts.back() == std::pair<std::string, std::string>{"elapsed", "49.723756906"});
  CHECK(lines(t, {"node"}) == Lines{"company", "k1", "team", "k2", "person", "lost", "x", "y"});
  CHECK(t.depth == std::vector<uint16_t>{0, 1, 2, 3, 3, 0, 0, 1});
  CHECK(lines(t, {"parent", "depth"}) == Lines{"- 0", "company 1", "k1 2", "team 3", "team 3", "- 0", "- 0", "x 1"});
  CHECK(lines(t, {"title", "owner", "type", "target", "current", "progress", "status", "confidence", "last_checkin",
                  "flags"})[1] == "k1 unit:U committed 30 17.7 59 at_risk 0.5 2026-03-01 missed");
  CHECK(lines(t, {"title", "progress", "elapsed", "status"})[0] == "Win 59 49.723756906 on_track");  // 90/181
  CHECK(lines(t, {"progress", "status"})[2] == "- unknown");
}
