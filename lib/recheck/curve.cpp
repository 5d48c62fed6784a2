// From a value and its target to the score of a KPI: section 6 of docs/spec/scoring.md.
#include <algorithm>

#include "recheck/step.h"

namespace hr::recheck {

namespace {

struct Point {
  Exact x, y;
};

// "80 → 50, 100 → 100".
std::vector<Point> parse_points(std::string_view text) {
  constexpr std::string_view kArrow = " → ";
  std::vector<Point> points;
  while (!text.empty()) {
    const std::string_view one = text.substr(0, text.find(", "));
    text.remove_prefix(std::min(text.size(), one.size() + 2));
    const size_t arrow = one.find(kArrow);
    if (arrow == std::string_view::npos) return {};
    const auto x = Exact::parse(one.substr(0, arrow));
    const auto y = Exact::parse(one.substr(arrow + kArrow.size()));
    if (!x || !y) return {};
    points.push_back({*x, *y});
  }
  return points;
}

std::string value_of(const Derivation* node) {
  return node == nullptr ? "" : node->value;
}

// The curve reads the attainment, or where it has none the value itself.
void takes_input(Step& s) {
  const Derivation* attainment = find_sibling(s, "attainment");
  const bool is_value = attainment == nullptr || s.d.rule == "curve-best";
  s.arg_is(s.d.rule == "curve-deduct" ? 2 : 0, is_value ? value_of(find_sibling(s, "value")) : attainment->value);
}

// Floor and cap are the last two arguments of the KPI above; counted from the end.
std::string bound_of(const Step& s, size_t from_end) {
  const size_t n = s.parent == nullptr ? 0 : s.parent->args.size();
  return from_end > n ? "" : s.parent->args[n - from_end];
}

// As kernels compare: at nine decimals, as far as figures go.
std::strong_ordering compare(const Exact& a, const Exact& b) {
  constexpr int kNine = 9;
  if (out_of_range(a) || out_of_range(b)) return a <=> b;
  return a.rounded(kNine) <=> b.rounded(kNine);
}

// A score before its limits: a figure where it is in range.
void is_score(Step& s, const Exact& y) {
  if (!out_of_range(y)) return s.figure_is(y, Part::value, s.d.value);
  constexpr double kError = 1e-14;
  s.value_is_about(y, kError * std::abs(y.to_double()));
}

}  // namespace

void check_attainment(Step& s) {
  const std::string& rule = s.d.rule;
  s.arg_is(0, value_of(find_sibling(s, "value")));
  const auto v = exact(s.arg(0));
  const auto t = exact(s.arg(1));
  const auto b = exact(s.arg(2));
  if (rule != "attain-value") {
    s.arg_is(1, value_of(find_sibling(s, "target")));
    const Derivation* baseline = find_sibling(s, "baseline");
    s.arg_is(2, value_of(baseline));
  }
  const bool by_ratio = rule == "attain-ratio" || rule == "attain-mirror" || rule == "attain-reciprocal";
  std::string status;
  std::optional<Exact> a;
  if (!v) return s.fault(Part::step, s.arg(0), "a number");
  if (rule == "attain-none") {
    status = "no_target";
    const bool baseline_missing = find_sibling(s, "baseline") != nullptr && !b;
    if (t && !baseline_missing) s.fault(Part::status, s.d.status, "");
  } else if (rule == "attain-value") {
    a = *v;
  } else if (!t) {
    status = "no_target";
  } else if (by_ratio && *t <= Exact(0)) {
    status = "target_not_positive";
  } else if (rule == "attain-ratio") {
    a = *v / *t;
  } else if (rule == "attain-mirror") {
    a = Exact(2) - *v / *t;
  } else if (rule == "attain-reciprocal") {
    if (*v > Exact(0)) a = *t / *v;
  } else if (!b) {
    status = "no_target";
  } else if (*t == *b) {
    status = "no_scale";
  } else {
    a = (*v - *b) / (*t - *b);
  }
  if (a && out_of_range(*a)) {
    status = "not_computable";
    a.reset();
  }
  s.status_is(status);
  if (!a) return s.value_is("");
  using Numbers = std::vector<Exact>;
  if (rule == "attain-value") return s.figure_is({0}, [](const Numbers& x) { return x[0]; });
  if (rule == "attain-ratio") return s.figure_is({0, 1}, [](const Numbers& x) { return x[0] / x[1]; });
  if (rule == "attain-mirror") return s.figure_is({0, 1}, [](const Numbers& x) { return Exact(2) - x[0] / x[1]; });
  if (rule == "attain-reciprocal") return s.figure_is({0, 1}, [](const Numbers& x) { return x[1] / x[0]; });
  s.figure_is({0, 1, 2}, [](const Numbers& x) { return (x[0] - x[2]) / (x[1] - x[2]); });
}

// Between two neighbouring points; the first of them may be passed downwards, the last upwards, where the curve goes
// on.
void check_line(Step& s) {
  takes_input(s);
  for (size_t i = 0; i < 5; ++i) {
    if (!s.number(s.arg(i))) return;
  }
  const Exact x = *exact(s.arg(0));
  const Point a{*exact(s.arg(1)), *exact(s.arg(2))};
  const Point b{*exact(s.arg(3)), *exact(s.arg(4))};
  const std::vector<Point> points = parse_points(s.arg(5));
  const auto is = [&](const Point& p, const Point& q) { return p.x == q.x && p.y == q.y; };
  size_t i = 0;
  while (i + 1 < points.size() && !(is(points[i], a) && is(points[i + 1], b))) ++i;
  if (i + 1 >= points.size()) return s.fault(Part::step, s.arg(1) + ", " + s.arg(3), s.arg(5));
  const bool up = b.x > a.x;  // tiers of lower-is-better run down
  const auto before = compare(x, a.x);
  const auto after = compare(x, b.x);
  const bool from_first = (up ? before >= 0 : before <= 0) || i == 0;
  const bool to_last = (up ? after < 0 : after > 0) || i + 2 == points.size();
  if (!from_first || !to_last) s.fault(Part::step, s.arg(0), s.arg(5));
  is_score(s, a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x));
}

// Where the curve is flat: below its first point, from its last on, on a step, at the best or the worst there is.
void check_flat(Step& s) {
  const std::string& rule = s.d.rule;
  takes_input(s);
  const auto x = s.number(s.arg(0));
  const auto limit = s.number(s.arg(1));
  const auto y = s.number(s.arg(2));
  if (!x || !limit || !y) return;
  s.value_is(s.arg(2));
  if (rule == "curve-regressed") {
    if (!(*x < Exact(0))) s.fault(Part::step, s.arg(0), "");
    s.arg_is(1, "0");
    return s.arg_is(2, bound_of(s, 2));  // the floor
  }
  if (rule == "curve-best") {
    if (*x > Exact(0)) s.fault(Part::step, s.arg(0), "");
    s.arg_is(1, bound_of(s, 1));  // the cap
    return s.arg_is(2, s.arg(1));
  }
  const std::vector<Point> points = parse_points(s.arg(3));
  if (points.empty()) return s.fault(Part::step, s.arg(3), "");
  const bool up = points.back().x >= points.front().x;
  const auto reaches = [&](const Exact& line) {
    const auto c = compare(*x, line);
    return up ? c >= 0 : c <= 0;
  };
  const Point* at = &points.front();
  bool follows = true;
  if (rule == "curve-below" || rule == "curve-worse") {
    follows = !reaches(at->x);
  } else {
    const bool step = rule == "curve-step";
    for (const Point& p : points) {
      if (!step || reaches(p.x)) at = &p;
    }
    follows = reaches(at->x) && at->y == *y;
  }
  if (!follows || at->x != *limit) s.fault(Part::step, s.arg(1) + ": " + s.arg(2), s.arg(3));
}

// 100 × a, and from − deduct × v.
void check_curve_sum(Step& s) {
  takes_input(s);
  if (s.d.rule != "curve-deduct") {
    const auto a = s.number(s.arg(0));
    if (a) is_score(s, Exact(100) * *a);
    return;
  }
  const auto from = s.number(s.arg(0));
  const auto deduct = s.number(s.arg(1));
  const auto v = s.number(s.arg(2));
  if (!from || !deduct || !v) return;
  if (out_of_range(*from - *deduct * *v)) return is_score(s, *from - *deduct * *v);
  s.figure_is({0, 1, 2}, [](const std::vector<Exact>& x) { return x[0] - x[1] * x[2]; });
}

void check_range(Step& s) {
  takes_input(s);
  for (size_t i = 0; i < 5; ++i) {
    if (!s.number(s.arg(i))) return;
  }
  const Exact v = *exact(s.arg(0));
  const Exact low = *exact(s.arg(1));
  const Exact high = *exact(s.arg(2));
  const Exact tolerance = *exact(s.arg(4));
  const Exact beyond = v < low ? low - v : v > high ? v - high : Exact(0);
  if (s.d.rule == "curve-inside") {
    if (!beyond.is_zero()) s.fault(Part::step, s.arg(0), "");
    s.arg_is(3, "0");
    return s.value_is("100");
  }
  const double error = (abs(v).to_double() + abs(low).to_double() + abs(high).to_double()) * 1e-15;
  if (beyond.is_zero() || std::abs((*exact(s.arg(3)) - beyond).to_double()) > error)
    s.fault(Part::step, s.arg(3), beyond.text(15));
  if (beyond >= tolerance) return s.value_is("0");
  s.figure_is({3, 4}, [](const std::vector<Exact>& x) {
    return x[0] >= x[1] ? Exact(0) : Exact(100) * (Exact(1) - x[0] / x[1]);
  });
}

void check_met(Step& s) {
  takes_input(s);
  s.arg_is(1, value_of(find_sibling(s, "target")));
  const auto v = s.number(s.arg(0));
  const auto t = s.number(s.arg(1));
  if (!v || !t) return;
  const auto c = compare(*v, *t);
  if (s.arg(2) != "≥" && s.arg(2) != "≤" && s.arg(2) != "=") s.fault(Part::step, s.arg(2), "≥, ≤, =");
  const bool met = s.arg(2) == "≥" ? c >= 0 : s.arg(2) == "≤" ? c <= 0 : c == 0;
  s.same(Part::step, s.d.rule, met ? "curve-met" : "curve-not-met");
  s.value_is(met ? "100" : "0");
}

void check_curve_limits(Step& s) {
  s.arg_is(0, value_of(find_sibling(s, "curve")));
  s.arg_is(1, bound_of(s, 2));
  s.arg_is(2, bound_of(s, 1));
  const auto y = s.number(s.arg(0));
  const auto floor = s.number(s.arg(1));
  const auto cap = s.number(s.arg(2));
  if (!y || !floor || !cap) return;
  s.figure_is(std::min(std::max(*y, *floor), *cap), Part::value, s.d.value);
}

// The score of a KPI: what the curve gives, within floor and cap; without it there is a reason.
void check_kpi(Step& s) {
  const Derivation* limits = find_part(s.d, "limits");
  const Derivation* curve = find_part(s.d, "curve");
  const Derivation* value = find_part(s.d, "value");
  if (!ends_with(s.d.node, "/" + s.arg(0))) s.fault(Part::step, s.arg(0), s.d.node);
  if (value == nullptr) s.fault(Part::parts, "", "value");
  if (s.d.rule == "kpi-partial") {
    const auto covered = s.whole(s.arg(1));
    const auto periods = s.whole(s.arg(2));
    if (covered && periods && *covered >= *periods) s.fault(Part::step, s.arg(1), s.arg(2));
  }
  if (s.d.value.empty()) {
    if (s.d.status.empty()) s.fault(Part::status, "", "no_fact");
    const bool computed = curve != nullptr && s.d.status != "not_computable";
    if (computed) s.fault(Part::value, "", limits != nullptr ? limits->value : curve->value);
    if (value != nullptr && value->value.empty()) s.status_is(value->status);
    return;
  }
  if (!s.d.status.empty() && s.d.status != "no_weight") s.fault(Part::status, s.d.status, "");
  if (curve == nullptr || value == nullptr || value->value.empty()) return s.value_is("");
  if (limits != nullptr) return s.value_is(limits->value);
  s.value_is(curve->value);
  const size_t n = s.d.args.size();
  const auto y = exact(curve->value);
  const auto floor = n < 2 ? std::nullopt : s.number(s.arg(n - 2));
  const auto cap = n < 2 ? std::nullopt : s.number(s.arg(n - 1));
  if (!y || !floor || !cap) return;
  const Exact bounded = std::min(std::max(*y, *floor), *cap);
  if (bounded != *y) s.fault(Part::value, s.d.value, bounded.text(9));
}

// The score of a closed cycle stands in: a figure of another run.
void check_carried(Step& s) {
  if (!ends_with(s.d.node, "/" + s.arg(0))) s.fault(Part::step, s.arg(0), s.d.node);
  if (find_part(s.d, "value") == nullptr) s.fault(Part::parts, "", "value");
  const Derivation* limits = find_part(s.d, "limits");
  const Derivation* curve = limits != nullptr ? limits : find_part(s.d, "curve");
  if (curve != nullptr) s.fault(Part::parts, curve->value, "");  // it has a score of its own
  if (s.d.rule != "kpi-carried") {
    s.reason_stands_for_value();
    return s.value_is("");
  }
  if (!s.number(s.d.value)) return;
  s.status_is("carried");
}

}  // namespace hr::recheck
