// Curves of every form with what they are compared with, as properties try them.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include "model/result.h"
#include "property/properties.h"
#include "scoring/curve.h"

namespace property {

using namespace hr;
using namespace hr::scoring;
using model::Attainment;
using model::Direction;
using model::LowerMethod;

// A curve and what it is compared with.
struct Case {
  model::Kpi kpi;
  model::Curve curve;
  Goal goal;

  void set(Role role, Decimal value) {
    goal.value[static_cast<size_t>(role)] = value.to_double();
    goal.present |= bit(role);
  }
  CurveRules rules() const { return make_curve_rules(curve, kpi, nullptr); }
  CurveOutcome score(double value) const { return score_on_curve(rules(), value, goal, nullptr); }
};

inline Decimal at_scale(int64_t unscaled, int32_t scale) {
  return make_decimal(unscaled, scale);
}

// Ascending x with at least 0.01 between, y in any order when `any_y`, else ascending.
inline std::vector<model::CurvePoint> any_points(bool any_y) {
  const auto n = static_cast<size_t>(whole("points", 2, 5));
  std::vector<model::CurvePoint> points;
  std::vector<int64_t> ys;
  int64_t x = whole("first x", 0, 400) - 200;
  for (size_t i = 0; i < n; ++i) {
    points.push_back({at_scale(x, 2), {}});
    ys.push_back(whole("y", 0, 200));
    x += whole("gap", 1, 100);
  }
  if (!any_y) std::sort(ys.begin(), ys.end());
  for (size_t i = 0; i < n; ++i) points[i].y = make_decimal(ys[i]);
  return points;
}

// Not more than the first y.
inline Decimal any_below(const std::vector<model::CurvePoint>& points) {
  return make_decimal(whole("below", 0, std::max<int64_t>(0, points.front().y.unscaled)));
}

inline void take_targets(Case& c) {
  c.set(Role::baseline, moderate("baseline", 1000, 2));
  const Decimal target = moderate("target", 1000, 2);
  c.set(Role::target, target);
  if (c.goal[Role::target] == c.goal[Role::baseline]) c.set(Role::target, *add(target, make_decimal(1)));
}

inline void take_tiers(Case& c) {
  const bool falling = c.kpi.direction == Direction::lower;
  Decimal at = moderate("threshold", 1000, 2);
  for (const Role role : {Role::threshold, Role::target, Role::stretch}) {
    c.set(role, at);
    const int64_t step = whole("step", 1, 5000);
    at = *add(at, at_scale(falling ? -step : step, 2));
  }
  model::TiersCurve tiers;
  tiers.extend_below = coin("extend");
  tiers.below = make_decimal(whole("below", 0, 50));
  c.curve.form = tiers;
}

enum class Kind { linear, points, steps, tiers, deduct, range, binary };

inline Case any_case(Kind kind, bool any_y = false) {
  Case c;
  c.kpi.direction = one_of("direction", {Direction::higher, Direction::lower});
  c.curve.method = one_of("method", {LowerMethod::mirror, LowerMethod::reciprocal, LowerMethod::none});
  const Attainment of = kind == Kind::linear
                            ? one_of("of", {Attainment::ratio, Attainment::progress})
                            : one_of("of", {Attainment::ratio, Attainment::progress, Attainment::value});
  take_targets(c);
  if (of == Attainment::ratio || kind == Kind::linear) c.set(Role::target, positive("target"));
  if (c.goal[Role::target] == c.goal[Role::baseline]) c.set(Role::baseline, make_decimal(0));
  switch (kind) {
    case Kind::linear:
      c.curve.form = model::LinearCurve{of};
      break;
    case Kind::points: {
      const auto points = any_points(any_y);
      c.curve.form = model::PointsCurve{points, of, any_below(points), coin("extend")};
      break;
    }
    case Kind::steps: {
      const auto points = any_points(any_y);
      c.curve.form = model::StepsCurve{points, of, any_below(points)};
      break;
    }
    case Kind::tiers:
      take_tiers(c);
      break;
    case Kind::deduct:
      c.curve.form = model::DeductCurve{at_scale(whole("deduct", 0, 5000), 2), make_decimal(whole("from", 0, 200))};
      break;
    case Kind::range: {
      const Decimal low = moderate("low", 1000, 2);
      const Decimal high = *add(low, at_scale(whole("wide", 0, 5000), 2));
      c.curve.form = model::RangeCurve{low, high, at_scale(whole("tolerance", 0, 1000), 2)};
      break;
    }
    case Kind::binary:
      c.curve.form = model::BinaryCurve{};
      break;
  }
  c.goal.present &= c.rules().needs;  // as make_goal() leaves it
  return c;
}

inline Case any_case(bool any_y = false) {
  return any_case(
      one_of("form", {Kind::linear, Kind::points, Kind::steps, Kind::tiers, Kind::deduct, Kind::range, Kind::binary}),
      any_y);
}

inline void take_bounds(Case& c) {
  const Decimal floor = moderate("floor", 100, 9);
  c.curve.floor = floor;
  c.curve.cap = *add(floor, at_scale(whole("up to the cap", 0, 20'000'000), 5));
}
// In 1e-9 they are more than doubles hold.
inline void take_large_scores(Case& c) {
  auto& tiers = std::get<model::TiersCurve>(c.curve.form);
  tiers.threshold = make_decimal(1'000'000);
  tiers.target = make_decimal(5'000'000);
  tiers.stretch = make_decimal(9'000'001);
  c.curve.cap = make_decimal(10'000'000);
}
inline void lift_bounds(Case& c) {
  c.curve.floor = make_decimal(-9'000'000'000);
  c.curve.cap = make_decimal(9'000'000'000);
}

// +1: a greater value never scores less; −1: never more; 0: neither (a range: it falls on both sides).
inline int way_of(const Case& c) {
  const CurveRules r = c.rules();
  if (r.form == Form::range) return 0;
  if (r.form == Form::deduct) return -1;
  if (r.form == Form::tiers) return c.goal[Role::stretch] > c.goal[Role::threshold] ? 1 : -1;
  if (r.form == Form::binary) return r.direction == Direction::lower ? -1 : 1;
  if (r.of == Attainment::progress) return c.goal[Role::target] > c.goal[Role::baseline] ? 1 : -1;
  return r.of == Attainment::ratio && r.direction == Direction::lower && r.method != LowerMethod::none ? -1 : 1;
}

// A value beside what the curve looks at, or anywhere.
inline double any_value(const Case& c) {
  const int64_t kind = whole("value kind", 0, 3);
  const Role role = one_of("beside", {Role::target, Role::threshold, Role::stretch, Role::baseline});
  if (kind == 0) return c.goal[role] + static_cast<double>(whole("steps", 0, 4) - 2) * 1e-9;
  if (kind == 1) return c.goal[Role::target] * moderate("times", 3, 2).to_double();
  return kind == 2 ? number("value").to_double() : moderate("value", 1500, 2).to_double();
}

}  // namespace property
