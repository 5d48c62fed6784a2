#include "scoring/adjustments.h"

#include <algorithm>
#include <vector>

#include "scoring/kpi_component.h"

namespace hr::scoring {

namespace {

double bounded(double points, const std::optional<double>& cap) {
  return cap ? std::clamp(points, -*cap, *cap) : points;
}

// A veto compares the snapped value, where it is in range.
double compared(double value) {
  const auto figure = snap(value);
  return figure ? figure->value() : value;
}

// Whether the veto holds; `known`: any of its KPIs has a value. Without one it does not fire.
struct Fired {
  bool known = false;
  bool holds = false;
};

Fired evaluate(const Scorer::State& state, const VetoRules& veto, Scratch& scratch, Derivation* trace) {
  Fired out;
  if (!veto.when) return out;
  std::vector<double> numbers(veto.kpis.size());
  std::vector<uint8_t> present(veto.kpis.size());
  std::vector<expr::ColumnView> columns(veto.kpis.size());
  for (size_t i = 0; i < veto.kpis.size(); ++i) {
    Derivation* node = add_part(trace, state.definitions.kpis[veto.kpis[i]].id, "value");
    const KpiValue v = whole_cycle_value(state, scratch.time, veto.kpis[i], scratch, node);
    numbers[i] = compared(v.value.value_or(0));
    present[i] = v.value.has_value();
    out.known |= v.value.has_value();
    columns[i].type = expr::Type::number;
    columns[i].numbers = {&numbers[i], 1};
    columns[i].present = {&present[i], 1};
  }
  if (!out.known) return out;
  const expr::Values values = veto.when->evaluate(columns, 1);
  const bool failed = !values.failed.empty() && values.failed[0] != 0;
  const bool missing = !values.present.empty() && values.present[0] == 0;
  out.holds = !failed && !missing && values.booleans[0] != 0;
  return out;
}

Figure adjust_one(const Scorer::State& state, const AdjustmentRules& a, Scratch& scratch, Derivation* trace) {
  Derivation* node = add_part(trace, a.adjustment->id, a.cap ? "adjustment-capped" : "adjustment");
  const KpiValue v = whole_cycle_value(state, scratch.time, a.kpi, scratch, add_part(node, "value", "value"));
  // Points without a bound are beyond any score: limited to what a figure can hold.
  const double raw = std::clamp(v.value.value_or(0) * a.points, -1e9, 1e9);
  const Figure points = snap(bounded(raw, a.cap)).value_or(Figure{});
  if (node != nullptr) {
    if (!v.value) node->rule = "adjustment-none";
    node->args = {exact_text(v.value), exact_text(a.adjustment->points), exact_text(a.adjustment->cap)};
    node->value = exact_text(points);
    node->status = v.value ? "" : name_of(v.fault);
    node->definition = a.adjustment->span;
  }
  return points;
}

}  // namespace

Figure adjust(const Scorer::State& state, const PlanRules& plan, const ScorecardRules* scorecard, Scratch& scratch,
              Derivation* trace) {
  if (scorecard == nullptr || scorecard->adjustments.empty()) return {};
  Derivation* node = add_node(trace, "adjustments", plan.adjustments_cap ? "adjustments-capped" : "adjustments");
  double sum = 0;
  std::string terms;
  for (const AdjustmentRules& a : scorecard->adjustments) {
    const Figure points = adjust_one(state, a, scratch, node);
    sum += points.value();
    if (node != nullptr) terms = terms.empty() ? exact_text(points) : sum_text(terms, points);
  }
  const Figure points = snap(bounded(sum, plan.adjustments_cap)).value_or(Figure{});
  if (node != nullptr) {
    node->args = {terms, exact_text(plan.plan->adjustments_cap)};
    node->value = exact_text(points);
    node->definition = plan.plan->places.adjustments_cap;
  }
  return points;
}

static const char* fired_rule(const model::Veto& veto) {
  if (veto.band.empty()) return veto.score_cap ? "veto-fired-cap" : "veto-fired-flag";
  return veto.score_cap ? "veto-fired" : "veto-fired-band";
}

VetoOutcome apply_vetoes(const Scorer::State& state, const PlanRules& plan, const ScorecardRules* scorecard,
                         Scratch& scratch, Derivation* trace) {
  VetoOutcome out;
  if (scorecard == nullptr || scorecard->vetoes.empty()) return out;
  Derivation* list = add_node(trace, "vetoes", "vetoes-none");
  for (const VetoRules& veto : scorecard->vetoes) {
    Derivation* node = add_part(list, veto.veto->id, "veto-not-fired");
    const Fired fired = evaluate(state, veto, scratch, node);
    if (node != nullptr) {
      node->rule = fired.holds ? fired_rule(*veto.veto) : fired.known ? "veto-not-fired" : "veto-no-fact";
      node->args = {veto.veto->when.text, exact_text(veto.veto->score_cap), veto.veto->band};
      node->definition = veto.veto->span;
      node->status = fired.holds ? "fired" : fired.known ? "not_fired" : "no_fact";
    }
    if (!fired.holds) continue;
    out.fired = true;
    if (veto.score_cap) {
      const auto cap = snap(*veto.score_cap);
      if (cap && (!out.score_cap || *cap < *out.score_cap)) out.score_cap = cap;
    }
    if (veto.veto->band.empty()) continue;
    const uint32_t band = find_band(plan.bands, veto.veto->band);
    if (band == model::kNoBand) continue;
    const uint32_t worse = out.bounds_band ? worse_band(plan.bands, out.band, band) : band;
    if (!out.bounds_band || worse != out.band) out.bounding = veto.veto;
    out.band = worse;
    out.bounds_band = true;
  }
  return out;
}

}  // namespace hr::scoring
