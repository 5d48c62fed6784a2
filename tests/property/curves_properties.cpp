// Curves: from a value and its target to a score. Every form, direction and method.
#include "scoring/curve.h"

#include <doctest/doctest.h>

#include "property/curve_cases.h"

using namespace property;

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
