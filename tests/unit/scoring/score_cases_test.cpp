// From KPIs to a score, a band and a rank: the cases of docs/spec/scoring.md. Expected numbers are its table's, or
// worked out beside.
#include <doctest/doctest.h>

#include "unit/scoring/world.h"

using namespace world;

TEST_CASE("E15: equal odd weights and rounding") {
  World w;
  w.one_person();
  const char* ids[] = {"a", "b", "c"};
  const double values[] = {90, 80, 70};
  for (int i = 0; i < 3; ++i) {
    w.kpi(ids[i]);
    w.entry(ids[i], "33.33", "100");
    w.fact("E1", ids[i], "2025", values[i]);
  }
  CHECK(at(w.run().of("E1").score) == "80.00");
}

TEST_CASE("three scores of 90 under any weights are exactly 90") {
  for (int a = 1; a < 99; a += 3) {
    for (int b = 1; a + b < 100; b += 2) {
      World w;
      w.one_person();
      const int weights[] = {a, b, 100 - a - b};
      const char* ids[] = {"a", "b", "c"};
      for (int i = 0; i < 3; ++i) {
        w.kpi(ids[i]);
        w.entry(ids[i], std::to_string(weights[i]), "100");
        w.fact("E1", ids[i], "2025", 90);
      }
      const Scored s = w.run();
      CHECK(s.of("E1").exact == make_figure(90));
    }
  }
}

TEST_CASE("E22 and E23: missing data by policy") {
  World w;
  w.people("employee_id\nE1\nE2\n");
  for (const char* id : {"a", "b"}) w.kpi(id);
  w.entry("a", "70", "100");
  w.entry("b", "30", "100");
  w.fact("E1", "a", "2025", 100);
  w.scale({{"A", "0"}});
  const Scored reweight = w.run();
  CHECK(at(reweight.of("E1").score) == "100.00");
  CHECK(at(reweight.of("E1").coverage, 0) == "70");
  CHECK(reweight.of("E1").has(model::Flag::reweighted));
  CHECK(reweight.of("E2").status == model::Status::not_rated);
  CHECK(model::reason_names(reweight.of("E2").reasons) == std::vector<std::string>{"no_data"});
  CHECK(at(reweight.of("E2").score) == "-");
  CHECK(reweight.of("E2").band == model::kNoBand);
  CHECK(reweight.of("E2").rank == 0);
  CHECK(at(reweight.of("E2").coverage) == "0.00");

  w.plan().missing = model::MissingPolicy::zero;
  CHECK(at(w.run().of("E1").score) == "70.00");
  CHECK(at(w.run().of("E1").coverage, 0) == "70");
  CHECK(w.run().of("E2").status == model::Status::not_rated);

  w.plan().missing = model::MissingPolicy::fail;
  const Scored fail = w.run();
  REQUIRE(fail.said("missing-data"));
  std::vector<std::vector<std::string>> named;
  for (const Diagnostic& d : fail.diagnostics) named.push_back(d.args);
  // The first person of each kind, what is missing, and how many there are.
  CHECK(named == std::vector<std::vector<std::string>>{{"E2", "kpi/a, kpi/b", "1"}, {"E1", "kpi/b", "1"}});

  w.plan().missing = model::MissingPolicy::reweight;
  w.plan().min_coverage = dec("70");
  CHECK(w.run().of("E1").status == model::Status::rated);
  w.plan().min_coverage = dec("70.1");
  CHECK(model::reason_names(w.run().of("E1").reasons) == std::vector<std::string>{"coverage"});
  CHECK(at(w.run().of("E1").component[0]) == "100.00");
  CHECK(at(w.run().of("E1").raw_score) == "-");
}

TEST_CASE("E68: a derived KPI aggregates its parts first") {
  World w;
  w.one_person();
  w.additive("won");
  w.additive("leads");
  w.kpi("rate").formula = expression("won / leads");
  model::Curve percent;
  percent.form =
      model::PointsCurve{{{dec("0"), dec("0")}, {dec("1"), dec("100")}}, model::Attainment::value, dec("0"), false};
  w.kpi("rate").curve.inline_curve = percent;
  w.entry("rate");
  w.fact("E1", "won", "2025-01", 1);
  w.fact("E1", "leads", "2025-01", 2);
  w.fact("E1", "won", "2025-02", 1);
  w.fact("E1", "leads", "2025-02", 100);
  CHECK(at(w.run().of("E1").score) == "1.96");  // 2/102, not (50 % + 1 %)/2 = 25.5 %
  CHECK(find(w.run().explain("E1"), "kpi/rate/value/leads")->value == "102");

  World zero = w;
  zero.facts.clear();
  zero.fact("E1", "won", "2025-01", 1);
  zero.fact("E1", "leads", "2025-01", 0);
  const Scored s = zero.run();
  CHECK(at(s.of("E1").component[0]) == "-");
  CHECK(s.of("E1").has(model::Flag::not_computable));
}

TEST_CASE("E38 to E40: adjustments, caps and vetoes") {
  const auto base = [](double score) {
    World w;
    w.one_person();
    w.kpi("k");
    w.entry("k", "", "100");
    w.fact("E1", "k", "2025", score);
    w.scale({{"S", "95"}, {"A", "85"}, {"B", "70"}, {"C", "60"}, {"D", "0"}});
    return w;
  };
  {
    World w = base(98);
    w.additive("good");
    w.additive("bad");
    w.scorecard().adjustments = {{"good", dec("5"), {}, {}, {}}, {"bad", dec("-3"), {}, {}, {}}};
    w.fact("E1", "good", "2025-03", 1);
    w.fact("E1", "bad", "2025-03", 1);
    CHECK(at(w.run().of("E1").score) == "100.00");  // 98 + 5 − 3
    w.plan().adjustments_cap = dec("1");
    CHECK(at(w.run().of("E1").score) == "99.00");
    w.plan().adjustments_cap.reset();
    w.plan().cap = dec("99.5");
    CHECK(at(w.run().of("E1").score) == "99.50");
    CHECK(w.run().of("E1").has(model::Flag::capped));
  }
  {
    World w = base(92);
    w.additive("bonus");
    w.scorecard().adjustments = {{"bonus", dec("1"), dec("5"), {}, {}}};
    w.fact("E1", "bonus", "2025-03", 12);
    CHECK(at(w.run().of("E1").score) == "97.00");
    CHECK(at(w.run().of("E1").raw_score) == "92.00");
  }
  {
    World w = base(96);
    w.additive("accidents");
    model::Veto veto;
    veto.id = "accident";
    veto.when = expression("accidents > 0");
    veto.band = "D";
    veto.score_cap = dec("59");
    w.scorecard().vetoes = {veto};
    CHECK(at(w.run().of("E1").score) == "96.00");  // no fact: does not fire
    CHECK(find(w.run().explain("E1"), "vetoes/accident")->rule == "veto-no-fact");
    w.fact("E1", "accidents", "2025-06", 1);
    const Scored s = w.run();
    CHECK(at(s.of("E1").score) == "59.00");
    CHECK(s.definitions->scales[0].bands[s.of("E1").band].id == "D");
    CHECK(at(s.of("E1").raw_score) == "96.00");
    CHECK(s.of("E1").has(model::Flag::vetoed));
  }
  {  // the veto's band is an upper bound: someone who is worse stays there
    World w = base(10);
    w.additive("accidents");
    model::Veto veto;
    veto.id = "accident";
    veto.when = expression("accidents > 0");
    veto.band = "C";
    w.scorecard().vetoes = {veto};
    w.fact("E1", "accidents", "2025-06", 1);
    const Scored s = w.run();
    CHECK(s.definitions->scales[0].bands[s.of("E1").band].id == "D");
    CHECK(at(s.of("E1").score) == "10.00");
  }
}

TEST_CASE("E27 and E28: rounding half away and bands on rounded or exact") {
  World w;
  w.one_person();
  w.kpi("k");
  w.entry("k", "", "100");
  w.scale({{"A", "90"}, {"B", "0"}});
  World low = w;
  low.fact("E1", "k", "2025", 2.345);
  CHECK(at(low.run().of("E1").score) == "2.35");
  w.fact("E1", "k", "2025", 89.995);
  const auto band = [](const Scored& s) { return s.definitions->scales[0].bands[s.of("E1").band].id; };
  CHECK(band(w.run()) == "A");
  CHECK(at(w.run().of("E1").score) == "90.00");
  w.plan().band_on = model::BandOn::exact;
  CHECK(band(w.run()) == "B");
}

TEST_CASE("E63: competition ranks and percentiles") {
  World w;
  w.people("employee_id\nE1\nE2\nE3\nE4\nE5\n");
  w.kpi("k");
  w.entry("k", "", "100");
  const double scores[] = {90, 95, 80, 90};
  for (int i = 0; i < 4; ++i) w.fact("E" + std::to_string(i + 1), "k", "2025", scores[i]);
  const Scored s = w.run();
  CHECK(s.of("E2").rank == 1);
  CHECK(s.of("E1").rank == 2);
  CHECK(s.of("E4").rank == 2);
  CHECK(s.of("E3").rank == 4);
  CHECK(s.of("E5").rank == 0);
  CHECK(at(s.of("E1").percentile, 9) == "66.666666667");  // 100 × (4 − 2)/3
  CHECK(at(s.of("E3").percentile) == "0.00");
  World one = w;
  one.facts.resize(1);
  CHECK(at(one.run().of("E1").percentile) == "100.00");
}

TEST_CASE("ranks within an attribute or a unit level") {
  World w;
  w.table(model::TableId::org_units, "org_unit,parent\nROOT,\nA,ROOT\nA1,A\nB,ROOT\n");
  w.people("employee_id,org_unit,region\nE1,A1,N\nE2,A,S\nE3,B,N\nE4,ROOT,N\n");
  w.kpi("k");
  w.entry("k", "", "100");
  for (int i = 1; i <= 4; ++i) w.fact("E" + std::to_string(i), "k", "2025", 10 * i);
  w.plan().rank_by = "unit_level_2";
  const Scored by_unit = w.run();
  CHECK(by_unit.of("E1").rank == 2);  // A1 and A are both A on level 2
  CHECK(by_unit.of("E2").rank == 1);
  CHECK(by_unit.of("E3").rank == 1);
  CHECK(by_unit.of("E4").rank == 1);  // above level 2: the unit itself
  w.plan().rank_by = "region";
  const Scored by_region = w.run();
  CHECK(by_region.of("E1").rank == 3);
  CHECK(by_region.of("E2").rank == 1);
  CHECK(by_region.of("E4").rank == 1);
}
