#include <algorithm>
#include <set>
#include <unordered_set>

#include "base/listed.h"
#include "defs/checks.h"

namespace hr::defs {

using namespace model;

namespace {

// The curve that scores one KPI of a scorecard, and where it is said.
struct Effective {
  const Curve* curve = nullptr;
  LowerMethod method = LowerMethod::none;
  const SourceSpan* said = nullptr;
};

const Curve kDefaultCurve{};

const Curve* resolve(const CurveRef& ref, const Index& index) {
  if (ref.inline_curve) return &*ref.inline_curve;
  const auto at = index.curves.find(ref.id);
  return at == index.curves.end() ? nullptr : at->second;
}

Effective effective_curve(const CurveRef* own, const Kpi& kpi, const Index& index) {
  Effective e;
  if (own && own->given()) {
    e.curve = resolve(*own, index);
    e.said = &own->span;
  } else if (kpi.curve.given()) {
    e.curve = resolve(kpi.curve, index);
    e.said = &kpi.curve.span;
  } else {
    e.curve = &kDefaultCurve;
    e.said = &kpi.span;
  }
  if (e.curve) e.method = e.curve->method != LowerMethod::none ? e.curve->method : kpi.method;
  return e;
}

bool takes_ratio(const Curve& curve) {
  if (const auto* c = std::get_if<LinearCurve>(&curve.form)) return c->of == Attainment::ratio;
  if (const auto* c = std::get_if<PointsCurve>(&curve.form)) return c->of == Attainment::ratio;
  if (const auto* c = std::get_if<StepsCurve>(&curve.form)) return c->of == Attainment::ratio;
  return false;
}

bool needs_tiers(const Curve& curve) {
  return std::holds_alternative<TiersCurve>(curve.form);
}

// Points whose score rises with the attainment.
bool rises(const Curve& curve) {
  const auto rising = [](const std::vector<CurvePoint>& p) { return !p.empty() && p.front().y < p.back().y; };
  if (const auto* c = std::get_if<PointsCurve>(&curve.form)) return rising(c->points);
  if (const auto* c = std::get_if<StepsCurve>(&curve.form)) return rising(c->points);
  return false;
}

// One form has one direction; only a range, or points on the value itself, has a best place in the middle.
bool suits_band(const Curve& curve) {
  return std::holds_alternative<RangeCurve>(curve.form) || std::holds_alternative<PointsCurve>(curve.form) ||
         std::holds_alternative<StepsCurve>(curve.form);
}

class CurveChecker {
 public:
  explicit CurveChecker(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  void check_form(const Effective& e, const Kpi& kpi) {
    if (!e.curve || !reported_.insert({e.said, &kpi}).second) return;
    if (kpi.direction == Direction::band && !suits_band(*e.curve)) {
      diagnostics_.push_back(make_error("bad-value/band-curve", *e.said, {kpi.id}));
    }
    if (kpi.direction != Direction::lower || e.method != LowerMethod::none || !takes_ratio(*e.curve)) return;
    if (std::holds_alternative<LinearCurve>(e.curve->form)) {
      diagnostics_.push_back(make_error("method-missing", *e.said, {kpi.id}));
    } else if (rises(*e.curve)) {
      diagnostics_.push_back(make_warning("method-missing/points", *e.said, {kpi.id}));
    }
  }

  void check_goalposts(const ScorecardKpi& entry, const Kpi& kpi, const Curve& curve) {
    check_bounds(entry, curve);
    if (curve.needs_baseline() && entry.baseline.empty()) {
      diagnostics_.push_back(make_error("missing-key/baseline", entry.span, {entry.kpi}));
    }
    if (needs_tiers(curve)) {
      check_tiers(entry, kpi);
    } else if (curve.needs_target() && entry.target.empty()) {
      diagnostics_.push_back(make_warning("target-missing", entry.span, {entry.kpi}));
    }
    if (takes_ratio(curve)) check_positive(entry);
    if (curve.needs_baseline()) check_way(entry);
  }

 private:
  // A scorecard's floor and cap go before the curve's, one by one: together they may be upside down.
  void check_bounds(const ScorecardKpi& entry, const Curve& curve) {
    if (entry.floor.has_value() == entry.cap.has_value()) return;
    const Decimal floor = entry.floor ? *entry.floor : curve.floor.value_or(Decimal{});
    const Decimal cap = entry.cap ? *entry.cap : curve.cap.value_or(make_decimal(150));
    if (floor <= cap) return;
    diagnostics_.push_back(make_error("bad-value/cap-under-floor", entry.span, {to_string(cap), to_string(floor)}));
  }

  void check_positive(const ScorecardKpi& entry) {
    for (const DatedValue& v : entry.target) {
      if (v.value.unscaled > 0) continue;
      diagnostics_.push_back(make_error("bad-value/ratio-target", v.span, {entry.kpi, to_string(v.value)}));
    }
  }

  void check_way(const ScorecardKpi& entry) {
    for (const DatedValue& t : entry.target) {
      report_equal(entry, t, value_on(entry.baseline, t.from));
    }
    for (const DatedValue& b : entry.baseline) {
      const bool new_day =
          std::none_of(entry.target.begin(), entry.target.end(), [&](const DatedValue& t) { return t.from == b.from; });
      if (new_day) report_equal(entry, b, value_on(entry.target, b.from));
    }
  }

  void report_equal(const ScorecardKpi& entry, const DatedValue& value, std::optional<Decimal> other) {
    if (!other || *other != value.value) return;
    diagnostics_.push_back(make_error("start-equals-target/baseline", value.span, {entry.kpi, to_string(value.value)}));
  }

  void check_tiers(const ScorecardKpi& entry, const Kpi& kpi) {
    if (entry.target.empty() || entry.threshold.empty() || entry.stretch.empty()) {
      std::vector<std::string> missing;
      for (const auto& [name, values] :
           {std::pair{"threshold", &entry.threshold}, {"target", &entry.target}, {"stretch", &entry.stretch}}) {
        if (values->empty()) missing.emplace_back(name);
      }
      diagnostics_.push_back(make_warning("target-missing/tiers", entry.span, {entry.kpi, listed(missing)}));
    }
    std::set<Date> days;
    for (const DatedValues* values : {&entry.threshold, &entry.target, &entry.stretch}) {
      for (const DatedValue& v : *values) days.insert(v.from);
    }
    for (const Date day : days) {
      if (check_tiers_on(day, entry, kpi)) return;
    }
  }

  // Whether the order on that day is wrong, and said so.
  bool check_tiers_on(Date day, const ScorecardKpi& entry, const Kpi& kpi) {
    std::vector<Decimal> tiers;
    for (const DatedValues* values : {&entry.threshold, &entry.target, &entry.stretch}) {
      if (const auto v = value_on(*values, day)) tiers.push_back(*v);
    }
    const bool lower = kpi.direction == Direction::lower;
    const auto wrong = [&](Decimal a, Decimal b) { return lower ? a <= b : a >= b; };
    if (std::adjacent_find(tiers.begin(), tiers.end(), wrong) == tiers.end()) return false;
    const std::string list = listed(tiers, [](Decimal t) { return to_string(t); });
    diagnostics_.push_back(
        make_error(lower ? "bad-value/tiers-down" : "bad-value/tiers-up", entry.span, {entry.kpi, list}));
    return true;
  }

  Diagnostics& diagnostics_;
  std::set<std::pair<const SourceSpan*, const Kpi*>> reported_;
};

// A KPI that no scorecard scores and something else uses is only an input: its curve is never asked for.
bool is_input_only(const Kpi& kpi, const std::unordered_set<std::string_view>& scored,
                   const std::unordered_set<std::string_view>& used) {
  return !scored.contains(kpi.id) && used.contains(kpi.id) && !kpi.curve.given();
}

void collect_names(const std::string& expression, std::unordered_set<std::string_view>& names) {
  const std::string_view text = expression;
  const auto part = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  for (size_t pos = 0; pos < text.size();) {
    size_t end = pos;
    while (end < text.size() && part(text[end])) ++end;
    if (end > pos) names.insert(text.substr(pos, end - pos));
    pos = end + 1;
  }
}

std::unordered_set<std::string_view> used_elsewhere(const Definitions& definitions) {
  std::unordered_set<std::string_view> used;
  for (const Kpi& kpi : definitions.kpis) collect_names(kpi.formula.text, used);
  for (const Scorecard& scorecard : definitions.scorecards) {
    for (const Adjustment& a : scorecard.adjustments) used.insert(a.id);
    for (const Veto& v : scorecard.vetoes) collect_names(v.when.text, used);
  }
  for (const Objective& objective : definitions.objectives) {
    for (const KeyResult& kr : objective.key_results) used.insert(kr.kpi);
  }
  return used;
}

}  // namespace

Index::Index(const Definitions& definitions) {
  for (const Kpi& kpi : definitions.kpis) kpis.emplace(kpi.id, &kpi);
  for (const Curve& curve : definitions.curves) curves.emplace(curve.id, &curve);
  for (const Plan& plan : definitions.plans) plans.emplace(plan.id, &plan);
  for (const Scale& scale : definitions.scales) scales.emplace(scale.id, &scale);
}

void check_curves(const Definitions& definitions, const Index& index, const Found& found, Diagnostics& diagnostics) {
  CurveChecker checker(diagnostics);
  std::unordered_set<std::string_view> scored;
  for (const Scorecard& scorecard : definitions.scorecards) {
    for (const ScorecardKpi& entry : scorecard.kpis) {
      const auto kpi = index.kpis.find(entry.kpi);
      if (kpi == index.kpis.end()) continue;
      scored.insert(entry.kpi);
      const bool usable = !found.unread_goalposts.contains(entry.span);
      const Effective curve = effective_curve(&entry.curve, *kpi->second, index);
      checker.check_form(curve, *kpi->second);
      if (curve.curve && usable) checker.check_goalposts(entry, *kpi->second, *curve.curve);
    }
  }
  const auto used = used_elsewhere(definitions);
  for (const Kpi& kpi : definitions.kpis) {
    const bool only_own_curves = scored.contains(kpi.id) && !kpi.curve.given();
    if (!only_own_curves && !is_input_only(kpi, scored, used))
      checker.check_form(effective_curve(nullptr, kpi, index), kpi);
  }
}

}  // namespace hr::defs
