#include "scoring/curve.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "base/listed.h"
#include "scoring/attainment.h"
#include "scoring/difference.h"

namespace hr::scoring {

namespace {

constexpr double kDefaultCap = 150;

CurveRules::Point make_point(const model::CurvePoint& p) {
  const double x = p.x.to_double();
  return {snap(x).value_or(Figure{x < 0 ? INT64_MIN : INT64_MAX}), x, p.y.to_double()};
}

void take_form(const model::Curve& curve, CurveRules& r) {
  using namespace model;
  if (const auto* linear = std::get_if<LinearCurve>(&curve.form)) {
    r.form = Form::linear;
    r.of = linear->of;
  } else if (const auto* points = std::get_if<PointsCurve>(&curve.form)) {
    r.form = Form::points;
    r.of = points->of;
    for (const CurvePoint& p : points->points) r.points.push_back(make_point(p));
    r.below = points->below ? points->below->to_double() : 0;
    r.extend = points->extend_above;
  } else if (const auto* steps = std::get_if<StepsCurve>(&curve.form)) {
    r.form = Form::steps;
    r.of = steps->of;
    for (const CurvePoint& p : steps->points) r.points.push_back(make_point(p));
    r.below = steps->below.to_double();
  } else if (const auto* tiers = std::get_if<TiersCurve>(&curve.form)) {
    r.form = Form::tiers;
    r.of = Attainment::value;
    r.tier[0] = tiers->threshold.to_double();
    r.tier[1] = tiers->target.to_double();
    r.tier[2] = tiers->stretch.to_double();
    r.extend = tiers->extend_below;
    r.below = tiers->below.to_double();
  } else if (const auto* deduct = std::get_if<DeductCurve>(&curve.form)) {
    r.form = Form::deduct;
    r.of = Attainment::value;
    r.deduct = deduct->deduct.to_double();
    r.from = deduct->from.to_double();
  } else if (const auto* range = std::get_if<RangeCurve>(&curve.form)) {
    r.form = Form::range;
    r.of = Attainment::value;
    r.low = range->low.to_double();
    r.high = range->high.to_double();
    r.tolerance = range->tolerance.to_double();
  } else {
    r.form = Form::binary;
    r.of = Attainment::value;
  }
}

uint8_t needs_of(const CurveRules& r) {
  switch (r.form) {
    case Form::tiers:
      return bit(Role::target) | bit(Role::threshold) | bit(Role::stretch);
    case Form::binary:
      return bit(Role::target);
    case Form::deduct:
    case Form::range:
      return 0;
    case Form::linear:
    case Form::points:
    case Form::steps:
      break;
  }
  if (r.of == model::Attainment::value) return 0;
  return r.of == model::Attainment::ratio ? bit(Role::target)
                                          : static_cast<uint8_t>(bit(Role::target) | bit(Role::baseline));
}

// Compares two values that were not snapped (values and targets have no bound): as figures where both are in range.
int compare(double a, double b) {
  const auto fa = snap(a);
  const auto fb = snap(b);
  if (fa && fb) return fa->nano < fb->nano ? -1 : fa->nano > fb->nano ? 1 : 0;
  return a < b ? -1 : a > b ? 1 : 0;
}

double line(double x, double x0, double y0, double x1, double y1) {
  return y0 + (y1 - y0) * difference(x, x0) / difference(x1, x0);
}

// A score before floor and cap, as the next step takes it: snapped, where it is in range.
std::string figure_text(double y) {
  const auto figure = snap(y);
  return figure ? exact_text(*figure) : exact_text(y);
}

// "80 → 50, 100 → 100": the points that a score was read from.
std::string points_text(std::span<const CurveRules::Point> points) {
  return listed(points, [](const CurveRules::Point& p) { return exact_text(p.x) + " → " + exact_text(p.y); });
}

void record_line(Derivation* trace, double x, const CurveRules::Point& a, const CurveRules::Point& b,
                 std::span<const CurveRules::Point> points) {
  if (Derivation* d = add_part(trace, "curve", "curve-line")) {
    d->args = {exact_text(x), exact_text(a.x), exact_text(a.y), exact_text(b.x), exact_text(b.y), points_text(points)};
    d->value = figure_text(line(x, a.x, a.y, b.x, b.y));
  }
}

void record_flat(Derivation* trace, const char* rule, double x, double limit, double y,
                 std::span<const CurveRules::Point> points = {}) {
  if (Derivation* d = add_part(trace, "curve", rule)) {
    d->args = {exact_text(x), exact_text(limit), exact_text(y), points_text(points)};
    d->value = exact_text(y);
  }
}

double on_points(const CurveRules& r, Figure a, Derivation* trace) {
  const auto& p = r.points;
  const double x = a.value();
  if (p.empty()) return r.below;
  if (a < p.front().at) {
    record_flat(trace, "curve-below", x, p.front().x, r.below, p);
    return r.below;
  }
  if (a >= p.back().at && (!r.extend || p.size() < 2)) {
    record_flat(trace, "curve-above", x, p.back().x, p.back().y, p);
    return p.back().y;
  }
  size_t i = 1;
  while (i + 1 < p.size() && a >= p[i].at) ++i;
  record_line(trace, x, p[i - 1], p[i], p);
  return line(x, p[i - 1].x, p[i - 1].y, p[i].x, p[i].y);
}

double on_steps(const CurveRules& r, Figure a, Derivation* trace) {
  double y = r.below;
  const CurveRules::Point* reached = nullptr;
  for (const CurveRules::Point& p : r.points) {
    if (a < p.at) break;
    y = p.y;
    reached = &p;
  }
  if (reached != nullptr) {
    record_flat(trace, "curve-step", a.value(), reached->x, y, r.points);
  } else if (!r.points.empty()) {
    record_flat(trace, "curve-below", a.value(), r.points.front().x, y, r.points);
  }
  return y;
}

// Through the person's own three values, which must go the way that is better: imported ones that do not, such as with
// threshold and stretch exchanged, would reward the worst.
CurveOutcome on_tiers(const CurveRules& r, double v, const Goal& goal, double& y, Derivation* trace) {
  CurveOutcome out;
  if (goal.present != r.needs) return {std::nullopt, std::nullopt, Fault::no_target, false};
  const double t = goal[Role::threshold];
  const double g = goal[Role::target];
  const double s = goal[Role::stretch];
  const int up = r.direction == model::Direction::lower ? -1 : 1;
  if (compare(g, t) != up || compare(s, g) != up) return {std::nullopt, std::nullopt, Fault::no_scale, false};
  const CurveRules::Point three[] = {{{}, t, r.tier[0]}, {{}, g, r.tier[1]}, {{}, s, r.tier[2]}};
  if (compare(v, t) * up < 0 && !r.extend) {
    record_flat(trace, "curve-worse", v, t, r.below, three);
    y = r.below;
  } else if (compare(v, g) * up < 0) {
    record_line(trace, v, three[0], three[1], three);
    y = line(v, t, r.tier[0], g, r.tier[1]);
  } else if (compare(v, s) * up < 0) {
    record_line(trace, v, three[1], three[2], three);
    y = line(v, g, r.tier[1], s, r.tier[2]);
  } else {
    record_flat(trace, "curve-stretch", v, s, r.tier[2], three);
    y = r.tier[2];
  }
  return out;
}

double on_range(const CurveRules& r, double v, Derivation* trace) {
  const double beyond = v < r.low ? difference(r.low, v) : v > r.high ? difference(v, r.high) : 0;
  double y = 100;
  if (beyond > 0) y = beyond < r.tolerance ? 100 * (1 - beyond / r.tolerance) : 0;
  if (Derivation* d = add_part(trace, "curve", beyond > 0 ? "curve-outside" : "curve-inside")) {
    d->args = {exact_text(v), exact_text(r.low), exact_text(r.high), exact_text(beyond), exact_text(r.tolerance)};
    d->value = figure_text(y);
  }
  return y;
}

double on_deduct(const CurveRules& r, double v, Derivation* trace) {
  const double y = r.from - r.deduct * v;
  if (Derivation* d = add_part(trace, "curve", "curve-deduct")) {
    d->args = {exact_text(r.from), exact_text(r.deduct), exact_text(v)};
    d->value = figure_text(y);
  }
  return y;
}

const char* sign_of(model::Direction direction) {
  if (direction == model::Direction::band) return "=";
  return direction == model::Direction::lower ? "≤" : "≥";
}

bool is_met(const CurveRules& r, double v, double target) {
  const int c = compare(v, target);
  if (r.direction == model::Direction::band) return c == 0;
  return r.direction == model::Direction::lower ? c <= 0 : c >= 0;
}

CurveOutcome on_binary(const CurveRules& r, double v, const Goal& goal, double& y, Derivation* trace) {
  if (!goal.has(Role::target)) return {std::nullopt, std::nullopt, Fault::no_target, false};
  const bool met = is_met(r, v, goal[Role::target]);
  y = met ? 100 : 0;
  if (Derivation* d = add_part(trace, "curve", met ? "curve-met" : "curve-not-met")) {
    d->args = {exact_text(v), exact_text(goal[Role::target]), sign_of(r.direction)};
    d->value = exact_text(y);
  }
  return {};
}

// Forms that turn an attainment into a score.
CurveOutcome on_attainment(const CurveRules& r, double v, const Goal& goal, double& y, Derivation* trace) {
  const Attained attained = attain(r.of, r.direction, r.method, v, goal, trace);
  CurveOutcome out{attained.a, std::nullopt, attained.fault, false};
  if (attained.fault != Fault::none) return out;
  if (attained.best) {
    y = r.cap;
    record_flat(trace, "curve-best", v, r.cap, y);
    return out;
  }
  const Figure a = *attained.a;
  if (r.of == model::Attainment::progress && a.nano < 0) {
    out.regressed = true;
    y = r.floor;
    record_flat(trace, "curve-regressed", a.value(), 0, y);
    return out;
  }
  if (r.form == Form::points) {
    y = on_points(r, a, trace);
  } else if (r.form == Form::steps) {
    y = on_steps(r, a, trace);
  } else {
    y = 100 * a.value();
    if (Derivation* d = add_part(trace, "curve", r.span.line > 0 ? "curve-linear" : "curve-default")) {
      d->args = {exact_text(a)};
      d->value = figure_text(y);
    }
  }
  return out;
}

CurveOutcome on_form(const CurveRules& r, double v, const Goal& goal, double& y, Derivation* trace) {
  switch (r.form) {
    case Form::tiers:
      return on_tiers(r, v, goal, y, trace);
    case Form::binary:
      return on_binary(r, v, goal, y, trace);
    case Form::deduct:
      y = on_deduct(r, v, trace);
      return {};
    case Form::range:
      y = on_range(r, v, trace);
      return {};
    case Form::linear:
    case Form::points:
    case Form::steps:
      break;
  }
  return on_attainment(r, v, goal, y, trace);
}

}  // namespace

CurveRules make_curve_rules(const model::Curve& curve, const model::Kpi& kpi, const model::ScorecardKpi* entry) {
  CurveRules r;
  take_form(curve, r);
  r.direction = kpi.direction;
  r.method = curve.method != model::LowerMethod::none ? curve.method : kpi.method;
  const auto& floor = entry != nullptr && entry->floor ? entry->floor : curve.floor;
  const auto& cap = entry != nullptr && entry->cap ? entry->cap : curve.cap;
  r.floor = floor ? floor->to_double() : 0;
  r.cap = cap ? cap->to_double() : kDefaultCap;
  r.needs = needs_of(r);
  r.span = curve.span;
  r.limits = entry != nullptr && (entry->floor || entry->cap) ? entry->span : curve.span;
  return r;
}

CurveOutcome score_on_curve(const CurveRules& curve, double value, const Goal& goal, Derivation* trace) {
  const bool linear_ratio = curve.form == Form::linear && curve.of == model::Attainment::ratio;
  if (linear_ratio && curve.direction == model::Direction::lower && curve.method == model::LowerMethod::none) {
    return {std::nullopt, std::nullopt, Fault::no_method, false};
  }
  double y = 0;
  CurveOutcome out = on_form(curve, value, goal, y, trace);
  if (out.fault != Fault::none) return out;
  const double bounded = std::min(std::max(y, curve.floor), curve.cap);
  out.score = snap(bounded);
  if (!out.score) out.fault = Fault::not_computable;
  if (trace != nullptr && !trace->parts.empty()) trace->parts.back().definition = curve.span;
  if (bounded != y) {
    if (Derivation* d = add_part(trace, "limits", "curve-limits")) {
      d->args = {figure_text(y), exact_text(curve.floor), exact_text(curve.cap)};
      d->value = exact_text(out.score);
      d->definition = curve.limits;
    }
  }
  return out;
}

}  // namespace hr::scoring
