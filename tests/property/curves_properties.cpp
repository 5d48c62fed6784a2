// Curves: from a value and its target to a score. Every form, direction and method.
#include "scoring/curve.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "model/result.h"
#include "property/properties.h"
#include "scoring/ready_curve.h"

using namespace hr;
using namespace hr::scoring;
using namespace property;
using model::Attainment;
using model::Direction;
using model::LowerMethod;

namespace {

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

Decimal at_scale(int64_t unscaled, int32_t scale) {
  return make_decimal(unscaled, scale);
}

// Ascending x with at least 0.01 between, y in any order when `any_y`, else ascending.
std::vector<model::CurvePoint> any_points(bool any_y) {
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
Decimal any_below(const std::vector<model::CurvePoint>& points) {
  return make_decimal(whole("below", 0, std::max<int64_t>(0, points.front().y.unscaled)));
}

void take_targets(Case& c) {
  c.set(Role::baseline, moderate("baseline", 1000, 2));
  const Decimal target = moderate("target", 1000, 2);
  c.set(Role::target, target);
  if (c.goal[Role::target] == c.goal[Role::baseline]) c.set(Role::target, *add(target, make_decimal(1)));
}

void take_tiers(Case& c) {
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

Case any_case(Kind kind, bool any_y = false) {
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

Case any_case(bool any_y = false) {
  return any_case(
      one_of("form", {Kind::linear, Kind::points, Kind::steps, Kind::tiers, Kind::deduct, Kind::range, Kind::binary}),
      any_y);
}

void take_bounds(Case& c) {
  const Decimal floor = moderate("floor", 100, 9);
  c.curve.floor = floor;
  c.curve.cap = *add(floor, at_scale(whole("up to the cap", 0, 20'000'000), 5));
}
// In 1e-9 they are more than doubles hold.
void take_large_scores(Case& c) {
  auto& tiers = std::get<model::TiersCurve>(c.curve.form);
  tiers.threshold = make_decimal(1'000'000);
  tiers.target = make_decimal(5'000'000);
  tiers.stretch = make_decimal(9'000'001);
  c.curve.cap = make_decimal(10'000'000);
}
void lift_bounds(Case& c) {
  c.curve.floor = make_decimal(-9'000'000'000);
  c.curve.cap = make_decimal(9'000'000'000);
}

// +1: a greater value never scores less; −1: never more; 0: neither (a range: it falls on both sides).
int way_of(const Case& c) {
  const CurveRules r = c.rules();
  if (r.form == Form::range) return 0;
  if (r.form == Form::deduct) return -1;
  if (r.form == Form::tiers) return c.goal[Role::stretch] > c.goal[Role::threshold] ? 1 : -1;
  if (r.form == Form::binary) return r.direction == Direction::lower ? -1 : 1;
  if (r.of == Attainment::progress) return c.goal[Role::target] > c.goal[Role::baseline] ? 1 : -1;
  return r.of == Attainment::ratio && r.direction == Direction::lower && r.method != LowerMethod::none ? -1 : 1;
}

// A value beside what the curve looks at, or anywhere.
double any_value(const Case& c) {
  const int64_t kind = whole("value kind", 0, 3);
  const Role role = one_of("beside", {Role::target, Role::threshold, Role::stretch, Role::baseline});
  if (kind == 0) return c.goal[role] + static_cast<double>(whole("steps", 0, 4) - 2) * 1e-9;
  if (kind == 1) return c.goal[Role::target] * moderate("times", 3, 2).to_double();
  return kind == 2 ? number("value").to_double() : moderate("value", 1500, 2).to_double();
}

}  // namespace

TEST_CASE("curves: a better value never scores less, in every form but a range") {
  for_all(3000, [] {
    Case c = any_case();
    if (coin("bounds")) take_bounds(c);
    const int way = way_of(c);
    const double v = any_value(c);
    const double w = coin("near") ? v + 1e-9 * static_cast<double>(whole("steps", 0, 4)) : any_value(c);
    const auto a = c.score(std::min(v, w)).score;
    const auto b = c.score(std::max(v, w)).score;
    if (!a || !b || way == 0) return;
    way > 0 ? AT_MOST(*a, *b) : AT_MOST(*b, *a);
  });
}

TEST_CASE("curves: a range scores less the further outside, the same on both sides, never under 0") {
  for_all(300, [] {
    Case c = any_case(Kind::range);
    lift_bounds(c);
    const auto& range = std::get<model::RangeCurve>(c.curve.form);
    const double low = range.low.to_double();
    const double high = range.high.to_double();
    const double near = at_scale(whole("near", 0, 1000), 2).to_double();
    const double far = near + at_scale(whole("further", 0, 1000), 2).to_double();
    AT_MOST(*c.score(high + far).score, *c.score(high + near).score);
    AT_MOST(*c.score(low - far).score, *c.score(low - near).score);
    AT_MOST(std::abs(c.score(low - near).score->nano - c.score(high + near).score->nano), 20);
    SAME(*c.score(low).score, make_figure(100));
    SAME(*c.score(high).score, make_figure(100));
    SAME(*c.score(low + (high - low) / 2).score, make_figure(100));
    const double tolerance = range.tolerance.to_double();
    if (tolerance > 0) SAME(*c.score(high + 2 * tolerance).score, Figure{});
    if (tolerance > 0) AT_MOST(std::abs(c.score(low - tolerance / 2).score->nano - make_figure(50).nano), 10'000);
  });
}

TEST_CASE("curves: no score is under the floor or over the cap, and between them bounds change nothing") {
  for_all(3000, [] {
    Case c = any_case(true);
    take_bounds(c);
    const double v = any_value(c);
    const CurveOutcome bounded = c.score(v);
    SAME(bounded.score.has_value(), bounded.fault == Fault::none);
    if (!bounded.score) return;
    const Figure floor = *snap(c.curve.floor->to_double());
    const Figure cap = *snap(c.curve.cap->to_double());
    AT_MOST(floor, *bounded.score);
    AT_MOST(*bounded.score, cap);
    lift_bounds(c);
    const CurveOutcome free = c.score(v);
    if (bounded.regressed) SAME(*bounded.score, floor);
    SAME(free.regressed, bounded.regressed);
    if (free.score && !bounded.regressed) SAME(*bounded.score, std::clamp(*free.score, floor, cap));
  });
}

TEST_CASE("curves: a scorecard's own floor and cap go before the KPI's, one by one") {
  for_all(300, [] {
    Case c = any_case();
    take_bounds(c);
    model::ScorecardKpi entry;
    Case own = c;
    if (coin("floor")) entry.floor = own.curve.floor = make_decimal(whole("own floor", 0, 40) - 20);
    if (coin("cap")) entry.cap = own.curve.cap = make_decimal(whole("own cap", 100, 300));
    const double v = any_value(c);
    SAME(score_on_curve(make_curve_rules(c.curve, c.kpi, &entry), v, c.goal, nullptr).score, own.score(v).score);
  });
}

TEST_CASE("curves: a curve's own method goes before the KPI's") {
  for_all(100, [] {
    Case c = any_case(Kind::linear);
    const double v = any_value(c);
    Case of_kpi = c;
    of_kpi.kpi.method = c.curve.method;
    of_kpi.curve.method = LowerMethod::none;
    SAME(of_kpi.score(v).score, c.score(v).score);
    if (c.curve.method != LowerMethod::none)
      c.kpi.method = one_of("other", {LowerMethod::mirror, LowerMethod::reciprocal});
    SAME(c.score(v).score, of_kpi.score(v).score);
  });
}

TEST_CASE("curves: explaining changes no score and ends at it") {
  for_all(1000, [] {
    Case c = any_case(true);
    if (coin("bounds")) take_bounds(c);
    const double v = any_value(c);
    Derivation trace;
    const CurveOutcome told = score_on_curve(c.rules(), v, c.goal, &trace);
    const CurveOutcome out = c.score(v);
    SAME(told.score, out.score);
    SAME(told.attainment, out.attainment);
    HOLDS(told.fault == out.fault);
    if (out.score) SAME(trace.parts.back().value, exact_text(*out.score));
  });
}

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

TEST_CASE("curves: at their points they give what is written, whatever the slopes") {
  for_all(500, [] {
    Case c = any_case(one_of("form", {Kind::points, Kind::steps}), true);
    lift_bounds(c);
    auto* points = std::get_if<model::PointsCurve>(&c.curve.form);
    auto* steps = std::get_if<model::StepsCurve>(&c.curve.form);
    (points != nullptr ? points->of : steps->of) = Attainment::value;
    const auto& all = points != nullptr ? points->points : steps->points;
    for (size_t i = 0; i < all.size(); ++i) {
      const double x = all[i].x.to_double();
      SAME(*c.score(x).score, *snap(all[i].y.to_double()));
      const Decimal before = i == 0 ? points != nullptr ? *points->below : steps->below : all[i - 1].y;
      if (i == 0 || steps != nullptr) SAME(*c.score(x - 1e-9).score, *snap(before.to_double()));
    }
    const double beyond = all.back().x.to_double() + 1;
    if (points == nullptr || !points->extend_above) SAME(*c.score(beyond).score, *snap(all.back().y.to_double()));
    if (points != nullptr) {  // half way between two points
      const double x = (all[0].x.to_double() + all[1].x.to_double()) / 2;
      const double y = (all[0].y.to_double() + all[1].y.to_double()) / 2;
      AT_MOST(std::abs(c.score(x).score->nano - snap(y)->nano), 10);
    }
  });
}

TEST_CASE("curves: threshold, target and stretch score their tiers, either direction") {
  for_all(500, [] {
    Case c = any_case(Kind::tiers);
    const auto& tiers = std::get<model::TiersCurve>(c.curve.form);
    SAME(*c.score(c.goal[Role::threshold]).score, make_figure(50));
    SAME(*c.score(c.goal[Role::target]).score, make_figure(100));
    SAME(*c.score(c.goal[Role::stretch]).score, make_figure(150));
    const bool rising = c.goal[Role::stretch] > c.goal[Role::threshold];
    const double worse = c.goal[Role::threshold] + (rising ? -1e-6 : 1e-6);
    if (!tiers.extend_below) SAME(*c.score(worse).score, *snap(tiers.below.to_double()));
    Case mirrored = c;
    for (double& x : mirrored.goal.value) x = -x;
    const double v = any_value(c);
    HOLDS(mirrored.score(-v).fault == Fault::no_scale);  // against the direction of the KPI: it would reward the worst
    mirrored.kpi.direction = rising ? Direction::lower : Direction::higher;
    SAME(mirrored.score(-v).score, c.score(v).score);
  });
}

TEST_CASE("attainment: on target is 100, on the baseline 0, in every method") {
  for_all(500, [] {
    Case c = any_case(Kind::linear);
    lift_bounds(c);
    const CurveRules r = c.rules();
    const CurveOutcome on_target = c.score(c.goal[Role::target]);
    if (r.of == Attainment::ratio && r.direction == Direction::lower && r.method == LowerMethod::none) {
      HOLDS(on_target.fault == Fault::no_method);
      return;
    }
    SAME(*on_target.score, make_figure(100));
    if (r.of == Attainment::progress) SAME(*c.score(c.goal[Role::baseline]).score, Figure{});
  });
}

TEST_CASE("attainment: progress knows no sign and no direction, a ratio no unit") {
  for_all(500, [] {
    Case c = any_case(Kind::linear);
    const double v = any_value(c);
    Case other = c;
    const bool progress = c.rules().of == Attainment::progress;
    const double by = progress && coin("negate") ? -1 : 1024;
    for (double& x : other.goal.value) x *= by;
    SAME(other.score(v * by).score, c.score(v).score);
    if (!progress) return;
    other.kpi.direction = Direction::band;
    SAME(other.score(v * by).score, c.score(v).score);
  });
}

TEST_CASE("attainment: mirror is as far from the target on the other side, reciprocal is t/v") {
  for_all(500, [] {
    Case plain;
    plain.curve.form = model::LinearCurve{Attainment::ratio};
    plain.set(Role::target, positive("target"));
    lift_bounds(plain);
    Case lower = plain;
    lower.kpi.direction = Direction::lower;
    lower.curve.method = LowerMethod::mirror;
    const double v = positive("value").to_double();
    const auto a = plain.score(v).attainment;
    const auto m = lower.score(v).attainment;
    if (a && m) AT_MOST(std::abs(a->nano + m->nano - 2 * kNano), 1 + a->nano / 1'000'000'000'000'000);
    lower.curve.method = LowerMethod::reciprocal;
    const auto r = lower.score(v).attainment;
    Case swapped = plain;
    swapped.set(Role::target, make_decimal(1));
    swapped.goal.value[0] = v;
    if (r) SAME(*r, *swapped.score(plain.goal[Role::target]).attainment);
    SAME(*lower.score(0).score, *snap(lower.curve.cap->to_double()));
    SAME(*lower.score(-v).score, *snap(lower.curve.cap->to_double()));
  });
}

TEST_CASE("attainment: what is missing or makes no scale is a fault, never a number") {
  for_all(500, [] {
    Case c = any_case();
    const CurveRules r = c.rules();
    const double v = any_value(c);
    for (size_t role = 0; role < kRoles; ++role) {
      Case without = c;
      without.goal.present = static_cast<uint8_t>(without.goal.present & ~(1U << role));
      const CurveOutcome out = without.score(v);
      if ((r.needs >> role) & 1U) HOLDS(!out.score && (out.fault == Fault::no_target || out.fault == Fault::no_method));
    }
    if (r.form == Form::linear || r.form == Form::points || r.form == Form::steps) {
      Case flat = c;
      flat.goal.value[static_cast<size_t>(Role::target)] = flat.goal[Role::baseline];
      if (r.of == Attainment::progress) HOLDS(flat.score(v).fault == Fault::no_scale);
      flat.goal.value[static_cast<size_t>(Role::target)] = -std::abs(c.goal[Role::target]);
      const bool method = !(r.form == Form::linear && r.direction == Direction::lower && r.method == LowerMethod::none);
      if (r.of == Attainment::ratio && method) HOLDS(flat.score(v).fault == Fault::target_not_positive);
      flat.goal.value[static_cast<size_t>(Role::target)] = 0;
      if (r.of == Attainment::ratio && method) HOLDS(flat.score(v).fault == Fault::target_not_positive);
    }
  });
}

TEST_CASE("tiers that do not go one way are no scale") {
  for_all(300, [] {
    Case c = any_case(Kind::tiers);
    const double v = any_value(c);
    HOLDS(c.score(v).fault == Fault::none);
    const auto t = static_cast<size_t>(Role::threshold);
    const auto s = static_cast<size_t>(Role::stretch);
    Case other = c;
    std::swap(other.goal.value[t], other.goal.value[static_cast<size_t>(Role::target)]);
    HOLDS(other.score(v).fault == Fault::no_scale);
    other = c;
    other.goal.value[s] = c.goal[one_of("stretch at", {Role::threshold, Role::target})];
    HOLDS(other.score(v).fault == Fault::no_scale);
    other = c;
    other.goal.value[t] = c.goal[Role::target];
    HOLDS(other.score(v).fault == Fault::no_scale);
    other.goal.value[s] = c.goal[Role::target];
    HOLDS(other.score(v).fault == Fault::no_scale);
  });
}

TEST_CASE("binary: 100 or 0, met at the target itself, and the other way round for lower") {
  for_all(300, [] {
    Case c = any_case(Kind::binary);
    const double t = c.goal[Role::target];
    SAME(*c.score(t).score, make_figure(100));
    const double more = t + std::max(1e-8, std::abs(t) * 1e-9);
    const double less = t - std::max(1e-8, std::abs(t) * 1e-9);
    const bool lower = c.kpi.direction == Direction::lower;
    SAME(*c.score(more).score, make_figure(lower ? 0 : 100));
    SAME(*c.score(less).score, make_figure(lower ? 100 : 0));
    c.kpi.direction = Direction::band;
    SAME(*c.score(t).score, make_figure(100));
    SAME(*c.score(more).score, Figure{});
    SAME(*c.score(less).score, Figure{});
  });
}
