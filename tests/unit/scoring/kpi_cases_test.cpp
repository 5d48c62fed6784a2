// The table of cases of docs/spec/scoring.md that concern KPIs. Expected numbers are that table's, or worked out
// beside.
#include <doctest/doctest.h>

#include "unit/scoring/world.h"

using namespace world;

namespace {

model::Curve linear(model::Attainment of, model::LowerMethod method = model::LowerMethod::none) {
  model::Curve c;
  c.form = model::LinearCurve{of};
  c.method = method;
  return c;
}

// One person, one KPI of the given curve, one fact for the year.
struct Simple {
  World w;
  model::ScorecardKpi* entry;

  explicit Simple(const model::Curve& curve, model::Direction direction = model::Direction::higher) {
    w.one_person();
    model::Kpi& k = w.kpi("k");
    k.direction = direction;
    k.curve.inline_curve = curve;
    entry = &w.entry("k");
  }
  Simple& target(const std::string& t) {
    entry->target = constant(t);
    return *this;
  }
  Simple& baseline(const std::string& b) {
    entry->baseline = constant(b);
    return *this;
  }
  Scored of(double value) {
    World copy = w;
    copy.fact("E1", "k", "2025", value);
    return copy.run();
  }
  std::string score(double value) { return at(of(value).of("E1").component[0], 9); }
};

}  // namespace

TEST_CASE("E01 to E08: progress either direction and any sign") {
  struct Row {
    const char *id, *baseline, *target;
    double actual;
    const char* score;
  };
  const Row rows[] = {
      {"E01", "32", "50", 41, "50.000000000"},    // (41 − 32)/(50 − 32)
      {"E02", "100", "50", 75, "50.000000000"},   // (75 − 100)/(50 − 100)
      {"E03", "100", "50", 130, "0.000000000"},   // −0.6 scores the floor
      {"E04", "0", "100", 150, "120.000000000"},  // 1.5, cap 120
      {"E07", "-10", "5", -4, "40.000000000"},    // 6/15
      {"E08", "-10", "-4", -7, "50.000000000"},   // 3/6
      {"E09", "12", "0", 3, "75.000000000"},      // −9/−12
  };
  for (const Row& r : rows) {
    CAPTURE(r.id);
    Simple s(linear(model::Attainment::progress));
    s.baseline(r.baseline).target(r.target);
    s.entry->cap = dec("120");
    CHECK(s.score(r.actual) == r.score);
  }
  Simple regressed(linear(model::Attainment::progress));
  const Scored scored = regressed.baseline("100").target("50").of(130);
  CHECK(scored.of("E1").has(model::Flag::regressed));
  CHECK(find(scored.explain("E1"), "kpi/k/attainment")->value == "-0.6");
  Simple no_scale(linear(model::Attainment::progress));
  CHECK(at(no_scale.baseline("5").target("5").of(5).of("E1").component[0]) == "-");  // E05, should it get this far
}

TEST_CASE("E06: a range falls in a straight line outside") {
  model::Curve c;
  c.form = model::RangeCurve{dec("95"), dec("105"), dec("5")};
  Simple s(c);
  CHECK(s.score(100) == "100.000000000");
  CHECK(s.score(92) == "40.000000000");  // 3 of 5 below
  CHECK(s.score(88) == "0.000000000");
  CHECK(s.score(106) == "80.000000000");
  CHECK(s.score(110) == "0.000000000");
}

TEST_CASE("E10: points deducted need no target") {
  model::Curve c;
  c.form = model::DeductCurve{dec("20"), dec("100")};
  Simple s(c);
  CHECK(s.score(0) == "100.000000000");
  CHECK(s.score(2) == "60.000000000");
  CHECK(s.score(6) == "0.000000000");
  CHECK(s.score(1e300) == "0.000000000");
}

TEST_CASE("E11 and E12: lower is better by mirror or by reciprocal") {
  Simple mirror(linear(model::Attainment::ratio, model::LowerMethod::mirror), model::Direction::lower);
  mirror.target("0.02");
  CHECK(mirror.score(0.025) == "75.000000000");
  CHECK(mirror.score(0.05) == "0.000000000");
  Simple reciprocal(linear(model::Attainment::ratio, model::LowerMethod::reciprocal), model::Direction::lower);
  reciprocal.target("0.02");
  CHECK(reciprocal.score(0.025) == "80.000000000");
  CHECK(reciprocal.score(0.05) == "40.000000000");
  CHECK(reciprocal.score(0) == "150.000000000");
  CHECK(reciprocal.score(-1) == "150.000000000");
  Simple neither(linear(model::Attainment::ratio), model::Direction::lower);
  CHECK(neither.target("2").score(1) == "-");
}

TEST_CASE("E36 and E37: points on a curve and levels") {
  model::Curve c;
  c.form = model::PointsCurve{{{dec("0.8"), dec("50")}, {dec("1"), dec("100")}, {dec("1.2"), dec("150")}},
                              model::Attainment::ratio,
                              dec("0"),
                              false};
  Simple s(c);
  s.target("100");
  const std::pair<double, const char*> rows[] = {{79.99, "0.000000000"}, {80, "50.000000000"},
                                                 {90, "75.000000000"},   {100, "100.000000000"},
                                                 {110, "125.000000000"}, {130, "150.000000000"}};
  for (const auto& [value, score] : rows) CHECK(s.score(value) == score);
  std::get<model::PointsCurve>(c.form).extend_above = true;
  c.cap = dec("200");
  Simple extended(c);
  CHECK(extended.target("100").score(130) == "175.000000000");  // 150 + 50 × 0.1 / 0.2
  CHECK(extended.score(200) == "200.000000000");

  model::Curve levels;
  levels.form =
      model::PointsCurve{{{dec("80"), dec("1")}, {dec("90"), dec("2")}, {dec("100"), dec("3")}, {dec("110"), dec("4")}},
                         model::Attainment::value,
                         std::nullopt,
                         false};
  Simple l(levels);
  CHECK(l.score(79) == "0.000000000");
  CHECK(l.score(80) == "1.000000000");
  CHECK(l.score(95) == "2.500000000");
  CHECK(l.score(115) == "4.000000000");
}

TEST_CASE("steps take the highest step reached, compared as snapped figures") {
  model::Curve c;
  c.form = model::StepsCurve{{{dec("0.7"), dec("60")}, {dec("1"), dec("100")}}, model::Attainment::progress, dec("10")};
  Simple s(c);
  s.baseline("2").target("5");
  CHECK(s.score(4.1) == "60.000000000");  // E13: (4.1 − 2)/(5 − 2) is 0.7 exactly, though not in doubles
  CHECK(s.score(4.09) == "10.000000000");
  CHECK(s.score(5) == "100.000000000");
}

TEST_CASE("tiers go through threshold, target and stretch in either direction") {
  model::Curve c;
  c.form = model::TiersCurve{};
  struct Row {
    const char *threshold, *target, *stretch;
    bool extend;
    double value;
    const char* score;
  };
  const Row rows[] = {
      {"80", "100", "140", false, 79.99, "0.000000000"}, {"80", "100", "140", false, 80, "50.000000000"},
      {"80", "100", "140", false, 90, "75.000000000"},   {"80", "100", "140", false, 120, "125.000000000"},
      {"80", "100", "140", false, 200, "150.000000000"}, {"10", "5", "1", false, 7.5, "75.000000000"},
      {"10", "5", "1", false, 3, "125.000000000"},       {"10", "5", "1", false, 10.5, "0.000000000"},
      {"80", "100", "140", true, 70, "25.000000000"},    {"80", "100", "140", true, 10, "0.000000000"},
      {"10", "5", "1", true, 12, "30.000000000"},  // 50 + 50 × (12 − 10)/(5 − 10)
  };
  for (const Row& r : rows) {
    CAPTURE(r.value);
    std::get<model::TiersCurve>(c.form).extend_below = r.extend;
    const bool falling = *r.threshold == '1';
    Simple s(c, falling ? model::Direction::lower : model::Direction::higher);
    s.entry->threshold = constant(r.threshold);
    s.entry->stretch = constant(r.stretch);
    CHECK(s.target(r.target).score(r.value) == r.score);
  }
  Simple unsorted(c);
  unsorted.entry->threshold = constant("100");
  unsorted.entry->stretch = constant("90");
  CHECK(unsorted.target("100").score(95) == "-");
}

TEST_CASE("binary is met or not, in the KPI's direction") {
  model::Curve c;
  c.form = model::BinaryCurve{};
  Simple higher(c);
  CHECK(higher.target("3").score(3) == "100.000000000");
  CHECK(higher.score(2.999) == "0.000000000");
  Simple lower(c, model::Direction::lower);
  CHECK(lower.target("3").score(3) == "100.000000000");
  CHECK(lower.score(3.001) == "0.000000000");
}

TEST_CASE("an attainment beyond what a figure holds is missing with a reason and a flag") {
  Simple s(linear(model::Attainment::ratio));
  const Scored scored = s.target("0.000001").of(1e9);  // 1e15
  CHECK(at(scored.of("E1").component[0]) == "-");
  CHECK(scored.of("E1").has(model::Flag::not_computable));
  CHECK(find(scored.explain("E1"), "kpi/k")->status == "not_computable");
  CHECK(at(s.target("0").of(1).of("E1").component[0]) == "-");  // guarded: t must be above 0
  CHECK(at(s.target("-2").of(1).of("E1").component[0]) == "-");
}

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
