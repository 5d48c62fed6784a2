#include "scoring/rules.h"

#include <algorithm>

namespace hr::scoring {

namespace {

std::optional<uint32_t> kpi_index(const model::Definitions& definitions, const std::string& id) {
  for (uint32_t i = 0; i < definitions.kpis.size(); ++i) {
    if (definitions.kpis[i].id == id) return i;
  }
  return std::nullopt;
}

std::optional<double> to_double(const std::optional<Decimal>& value) {
  return value ? std::optional(value->to_double()) : std::nullopt;
}

// The scorecard's curve, else the KPI's, else a straight line.
const model::Curve& curve_for(const model::Definitions& definitions, const model::ScorecardKpi& entry,
                              const model::Kpi& kpi) {
  static const model::Curve kDefault;
  for (const model::CurveRef* ref : {&entry.curve, &kpi.curve}) {
    if (ref->inline_curve) return *ref->inline_curve;
    if (const model::Curve* curve = ref->id.empty() ? nullptr : definitions.find_curve(ref->id)) return *curve;
  }
  return kDefault;
}

void add_entries(const model::Definitions& definitions, ScorecardRules& rules, Diagnostics& diagnostics) {
  for (const model::ScorecardKpi& entry : rules.scorecard->kpis) {
    const auto kpi = kpi_index(definitions, entry.kpi);
    if (!kpi) {
      diagnostics.push_back(make_error("unknown-reference/scoring", entry.span, {entry.kpi}));
      continue;
    }
    const model::Kpi& k = definitions.kpis[*kpi];
    EntryRules& e = rules.kpis.emplace_back();
    e.entry = &entry;
    e.kpi = *kpi;
    e.curve = make_curve_rules(curve_for(definitions, entry, k), k, &entry);
    e.additive = k.nature == model::Nature::additive;
    e.of_unit = entry.of == model::FactOwner::unit;
    rules.any_of_unit |= e.of_unit;
  }
}

void add_adjustments(const model::Definitions& definitions, ScorecardRules& rules, Diagnostics& diagnostics) {
  for (const model::Adjustment& a : rules.scorecard->adjustments) {
    const auto kpi = kpi_index(definitions, a.id);
    if (!kpi) {
      diagnostics.push_back(make_error("unknown-reference/scoring", a.span, {a.id}));
      continue;
    }
    rules.adjustments.push_back({&a, *kpi, a.points.to_double(), to_double(a.cap)});
  }
}

void add_vetoes(const model::Definitions& definitions, const expr::Schema& schema, ScorecardRules& rules,
                Diagnostics& diagnostics) {
  for (const model::Veto& veto : rules.scorecard->vetoes) {
    VetoRules& v = rules.vetoes.emplace_back();
    v.veto = &veto;
    v.score_cap = to_double(veto.score_cap);
    v.when = expr::compile(veto.when.text, schema, expr::Type::boolean, veto.when.span, diagnostics);
    if (!v.when) continue;
    for (const std::string& field : v.when->fields()) {
      if (const auto kpi = kpi_index(definitions, field)) v.kpis.push_back(*kpi);
    }
  }
}

GroupRules::Kind kind_of(const std::string& name) {
  if (name == "manager") return GroupRules::Kind::manager;
  if (name == "peer") return GroupRules::Kind::peer;
  if (name == "report") return GroupRules::Kind::report;
  return name == "all" ? GroupRules::Kind::all : GroupRules::Kind::other;
}

void diagnose(const model::Plan& plan, const model::Scale* scale, Diagnostics& diagnostics) {
  if (!plan.scale.empty() && scale == nullptr) {
    diagnostics.push_back(make_error("unknown-reference/scoring", plan.scale_span, {plan.scale}));
  }
}

}  // namespace

std::vector<ScorecardRules> make_scorecard_rules(const model::Definitions& definitions, Diagnostics& diagnostics) {
  expr::Schema schema;
  schema.any_attribute = false;
  for (const model::Kpi& kpi : definitions.kpis) schema.fields.push_back({kpi.id, expr::Type::number});
  std::vector<ScorecardRules> all;
  for (const model::Scorecard& scorecard : definitions.scorecards) {
    ScorecardRules& rules = all.emplace_back();
    rules.scorecard = &scorecard;
    add_entries(definitions, rules, diagnostics);
    add_adjustments(definitions, rules, diagnostics);
    add_vetoes(definitions, schema, rules, diagnostics);
  }
  return all;
}

PlanRules make_plan_rules(const model::Definitions& definitions, uint32_t plan, Diagnostics& diagnostics) {
  PlanRules r;
  const model::Plan& p = definitions.plans[plan];
  const model::Scale* scale = definitions.find_scale(p.scale);
  r.plan = &p;
  r.index = plan;
  diagnose(p, scale, diagnostics);
  for (size_t c = 0; c < r.weight.size(); ++c) r.weight[c] = to_double(p.weights[c]);
  r.min_coverage = snap(p.min_coverage.to_double()).value_or(Figure{});
  r.okr_norm = p.okr.norm.to_double();
  r.okr_cap = p.okr.cap.to_double() / 100;
  for (const model::WeightedName& g : p.feedback.groups) {
    r.groups.push_back({kind_of(g.name), g.name, g.weight.to_double()});
  }
  r.scale_low = p.feedback.scale_low.to_double();
  r.scale_high = p.feedback.scale_high.to_double();
  r.cap = to_double(p.cap);
  r.floor = p.floor.to_double();
  r.adjustments_cap = to_double(p.adjustments_cap);
  r.decimals = std::clamp(p.decimals, 0, 9);
  r.bands = make_band_rules(scale);
  return r;
}

}  // namespace hr::scoring
