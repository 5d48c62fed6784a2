// A curve made ready for many values says what the curve says.
#include "scoring/ready_curve.h"

#include <doctest/doctest.h>

#include "property/curve_cases.h"

using namespace property;

TEST_CASE(
    "curves: ready for one goal they say of every value what they say of each, also where the goal is of no use") {
  for_all(3000, [] {
    Case c = any_case(true);
    if (coin("bounds")) take_bounds(c);
    if (coin("other way")) c.kpi.direction = one_of("to", {Direction::higher, Direction::lower, Direction::band});
    if (whole("lacking", 0, 9) == 0) c.goal.present &= static_cast<uint8_t>(whole("present", 0, 15));
    if (whole("far", 0, 9) == 0) c.goal.value[static_cast<size_t>(Role::stretch)] = 1e10;
    const CurveRules rules = c.rules();
    const ReadyCurve ready(rules, c.goal);
    for (int i = 0; i < 4; ++i) {
      double v = any_value(c);
      if (coin("tie")) v = c.goal[one_of("beside", {Role::target, Role::threshold, Role::stretch})] - 0.5e-9;
      for (int64_t n = whole("steps", 0, 12); n > 0; --n) v = std::nextafter(v, 1e300);
      const CurveOutcome plain = score_on_curve(rules, v, c.goal, nullptr);
      const ReadyCurve::Score score = ready.score(v);
      SAME(score.figure, OptionalFigure(plain.score));
      const auto has = [&](model::Flag flag) { return (score.flags >> static_cast<uint32_t>(flag) & 1U) != 0; };
      HOLDS(has(model::Flag::regressed) == plain.regressed);
      HOLDS(has(model::Flag::not_computable) == (plain.fault == Fault::not_computable));
    }
  });
}

TEST_CASE("curves: many values at once have the scores that each has alone") {
  int cases = 0;
  for_all(2000, [&] {
    constexpr size_t kValues = 21;  // whole vectors, and some more
    Case c = any_case(Kind::tiers);
    if (coin("bounds")) take_bounds(c);
    if (whole("large", 0, 3) == 0) take_large_scores(c);
    const bool fine = coin("fine");  // many scores lie half way between two figures, or a little short of it
    const int64_t threshold = whole("from", 1, 500);
    const int64_t step = c.kpi.direction == Direction::lower ? -64 : 64;
    int64_t at = threshold;
    for (const Role role : {Role::threshold, Role::target, Role::stretch}) {
      if (fine) c.set(role, make_decimal(at));
      at += step;
    }
    const CurveRules rules = c.rules();
    const ReadyCurve ready(rules, c.goal);
    if (!ready.has_many()) return;
    std::array<double, kValues> values;
    std::array<double, kValues> scores;
    for (double& v : values) {
      v = any_value(c);
      if (coin("tie")) v = c.goal[one_of("beside", {Role::target, Role::threshold, Role::stretch})] - 0.5e-9;
      for (int64_t n = whole("steps", 0, 12); n > 0; --n) v = std::nextafter(v, 1e300);
      if (fine) v = make_decimal(threshold * 100'000 + whole("v", 0, 12'800'000) * step / 64, 5).to_double();
    }
    if (whole("far", 0, 9) == 0) values[static_cast<size_t>(whole("which", 0, kValues - 1))] = 1e12;
    if (!ready.score_many(values.data(), scores.data(), kValues)) return;
    ++cases;
    for (size_t i = 0; i < kValues; ++i) {
      const ReadyCurve::Score score = ready.score(values[i]);
      HOLDS(score.figure.has_value() && score.flags == 0);
      SAME(scores[i], score.figure->value());
    }
  });
  CHECK(cases > 500);
}
