// What one KPI scores: the cases of docs/spec/scoring.md about curves. Expected numbers are its table's, or worked out
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
