#include "engine/cycle/yardstick.h"

#include <algorithm>
#include <set>

#include "base/listed.h"
#include "facts/owners.h"

namespace hr::engine {

using model::Attainment;
using model::Curve;
using model::Definitions;

namespace {

std::string text_of(Attainment of) {
  return of == Attainment::ratio ? "ratio" : of == Attainment::progress ? "progress" : "value";
}

std::string text_of(const std::vector<model::CurvePoint>& points) {
  std::string text;
  for (const model::CurvePoint& p : points) text += " " + to_string(p.x) + ":" + to_string(p.y);
  return text;
}

std::string text_of(const model::LinearCurve& c) {
  return "linear " + text_of(c.of);
}
std::string text_of(const model::PointsCurve& c) {
  return "points" + text_of(c.points) + " of " + text_of(c.of) + (c.below ? " below " + to_string(*c.below) : "") +
         (c.extend_above ? " above extend" : "");
}
std::string text_of(const model::TiersCurve& c) {
  return "tiers " + to_string(c.threshold) + " " + to_string(c.target) + " " + to_string(c.stretch) + " below " +
         (c.extend_below ? "extend" : to_string(c.below));
}
std::string text_of(const model::StepsCurve& c) {
  return "steps" + text_of(c.points) + " of " + text_of(c.of) + " below " + to_string(c.below);
}
std::string text_of(const model::DeductCurve& c) {
  return "deduct " + to_string(c.deduct) + " from " + to_string(c.from);
}
std::string text_of(const model::RangeCurve& c) {
  return "range " + to_string(c.low) + " " + to_string(c.high) + " tolerance " + to_string(c.tolerance);
}
std::string text_of(const model::BinaryCurve&) {
  return "binary";
}

std::string text_of(model::LowerMethod method) {
  return method == model::LowerMethod::mirror ? "mirror" : method == model::LowerMethod::reciprocal ? "reciprocal" : "";
}

std::string text_of(const Curve& curve) {
  std::string text = std::visit([](const auto& form) { return text_of(form); }, curve.form);
  if (curve.method != model::LowerMethod::none) text += " " + text_of(curve.method);
  if (curve.floor) text += " floor " + to_string(*curve.floor);
  if (curve.cap) text += " cap " + to_string(*curve.cap);
  return text;
}

std::string text_of(const model::CurveRef& curve) {
  return curve.inline_curve ? text_of(*curve.inline_curve) : curve.id;
}

std::string text_of(const std::optional<Decimal>& value) {
  return value ? to_string(*value) : std::string();
}

std::string text_of(const model::DatedValues& values, DateRange days) {
  std::vector<std::pair<Date, std::optional<Decimal>>> steps;
  for (const model::DatedValue& v : values) steps.emplace_back(v.from, v.value);
  return in_the_course_of(days, steps);
}

std::string text_of(const std::vector<model::Milestone>& milestones) {
  const auto text = [](const model::Milestone& m) { return m.id + (m.weight ? " " + to_string(*m.weight) : ""); };
  return listed(milestones, text, "; ");
}

// The names that stand in an expression, KPIs or not.
void add_names(const std::string& expression, std::set<std::string>& names) {
  std::string name;
  const auto is_part = [](char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  for (const char c : expression + " ") {
    if (is_part(c)) {
      name += c;
    } else {
      names.insert(name);
      name.clear();
    }
  }
}

class Flattener {
 public:
  Flattener(const Definitions& definitions, const model::Cycle& cycle)
      : definitions_(definitions), days_(cycle.range) {}

  void add_cycle(const model::Cycle& cycle) {
    at("cycle:" + cycle.id, "", cycle.span, true);
    add("from", to_string(cycle.range.from));
    add("to", to_string(cycle.range.last()));
    static constexpr const char* kKinds[] = {"day", "week", "month", "quarter", "half", "year"};
    add("period", kKinds[static_cast<size_t>(cycle.period)]);
    add("plan", listed(cycle.plans, &model::PlanRef::id, "; "));
    for (const model::PlanRef& plan : cycle.plans) add_plan(definitions_.find_plan(plan.id));
  }

  void add_scorecard(const model::Scorecard& scorecard) {
    const std::string subject = "scorecard:" + scorecard.id;
    at(subject, "", scorecard.span);
    add("applies_to", scorecard.applies_to.text);
    for (const model::ScorecardKpi& kpi : scorecard.kpis) {
      used_.insert(kpi.kpi);
      add_entry(subject, kpi);
    }
    for (const model::Adjustment& a : scorecard.adjustments) {
      used_.insert(a.id);
      at(subject, "", a.span);
      add("adjustments[" + a.id + "].points", to_string(a.points));
      add("adjustments[" + a.id + "].cap", text_of(a.cap));
    }
    for (const model::Veto& v : scorecard.vetoes) {
      add_names(v.when.text, used_);
      at(subject, "", v.span);
      add("vetoes[" + v.id + "].when", v.when.text);
      add("vetoes[" + v.id + "].band", v.band);
      add("vetoes[" + v.id + "].score_cap", text_of(v.score_cap));
    }
  }

  void add_objective(const model::Objective& objective) {
    at("objective:" + objective.id, "", objective.span, true);
    add("owner", facts::owner_text(objective.owner));
    add("weight", text_of(objective.weight));
    static constexpr const char* kRollUps[] = {"weighted", "mean", "min"};
    add("roll_up", kRollUps[static_cast<size_t>(objective.roll_up)]);
    for (const model::KeyResult& kr : objective.key_results) add_key_result(objective.id, kr);
  }

  // What the KPIs in use say themselves, and the curves that they and the scorecards take.
  void add_used_kpis() {
    for (size_t before = 0; before != used_.size();) {  // the parts of formulas, and their parts
      before = used_.size();
      for (const model::Kpi& kpi : definitions_.kpis) {
        if (used_.count(kpi.id) > 0) add_names(kpi.formula.text, used_);
      }
    }
    for (const model::Kpi& kpi : definitions_.kpis) {
      if (used_.count(kpi.id) > 0) add_kpi(kpi);
    }
    for (const Curve& curve : definitions_.curves) {
      if (curves_.count(curve.id) == 0) continue;
      at("curve:" + curve.id, "", curve.span);
      add("curve", text_of(curve));
    }
  }

  std::vector<Measure> take() { return std::move(measures_); }

 private:
  void at(std::string subject, std::string kpi, const SourceSpan& span, bool of_cycle = false) {
    place_ = {std::move(subject), std::move(kpi), "", "", span, of_cycle};
  }

  void add(std::string field, std::string value) {
    if (value.empty()) return;
    Measure m = place_;
    m.field = std::move(field);
    m.value = std::move(value);
    measures_.push_back(std::move(m));
  }

  void add_dated(const char* field, const model::DatedValues& values) {
    const SourceSpan entry = place_.span;
    if (!values.empty() && values.front().span.line > 0) place_.span = values.back().span;
    place_.of_cycle = true;
    add(field, text_of(values, days_));
    place_.of_cycle = false;
    place_.span = entry;
  }

  void add_plan(const model::Plan* plan) {
    if (plan == nullptr) return;
    static constexpr const char* kComponents[] = {"components.kpi", "components.okr", "components.feedback"};
    at("plan:" + plan->id, "", plan->places.components.line > 0 ? plan->places.components : plan->span);
    for (size_t i = 0; i < model::kComponents; ++i) add(kComponents[i], text_of(plan->weights[i]));
    const auto text = [](const model::WeightedName& g) { return g.name + " " + to_string(g.weight); };
    add("feedback.groups", listed(plan->feedback.groups, text, "; "));
  }

  void add_entry(const std::string& subject, const model::ScorecardKpi& kpi) {
    at(subject, kpi.kpi, kpi.span);
    add("weight", kpi.weight ? to_string(*kpi.weight) : "equal");
    add_dated("target", kpi.target);
    add_dated("baseline", kpi.baseline);
    add_dated("threshold", kpi.threshold);
    add_dated("stretch", kpi.stretch);
    static constexpr const char* kPer[] = {"cycle", "year", "period"};
    add("per", kPer[static_cast<size_t>(kpi.per)]);
    add("of", kpi.of == model::FactOwner::unit ? "unit" : "employee");
    add("floor", text_of(kpi.floor));
    add("cap", text_of(kpi.cap));
    add("curve", text_of(kpi.curve));
    curves_.insert(kpi.curve.id);
  }

  void add_key_result(const std::string& objective, const model::KeyResult& kr) {
    if (!kr.kpi.empty()) used_.insert(kr.kpi);
    at("key_result:" + kr.id, kr.kpi, kr.span, true);
    static constexpr const char* kTypes[] = {"committed", "aspirational", "learning", "guardrail"};
    static constexpr const char* kDirections[] = {"higher", "lower", "band"};
    add("objective", objective);
    add("type", kTypes[static_cast<size_t>(kr.type)]);
    add("weight", text_of(kr.weight));
    add("start", to_string(kr.start));
    add("target", text_of(kr.target));
    add("cap", text_of(kr.cap));
    add("limit", text_of(kr.limit));
    if (kr.direction) add("direction", kDirections[static_cast<size_t>(*kr.direction)]);
    if (kr.binary) add("binary", "true");
    add("milestones", text_of(kr.milestones));
  }

  void add_kpi(const model::Kpi& kpi) {
    static constexpr const char* kDirections[] = {"higher", "lower", "band"};
    static constexpr const char* kAggregates[] = {"sum", "mean", "last", "min", "max"};
    at("kpi:" + kpi.id, "", kpi.span);
    add("direction", kDirections[static_cast<size_t>(kpi.direction)]);
    add("nature", kpi.nature == model::Nature::additive ? "additive" : "rate");
    add("aggregate", kAggregates[static_cast<size_t>(kpi.aggregate)]);
    add("formula", kpi.formula.text);
    add("method", text_of(kpi.method));
    add("curve", text_of(kpi.curve));
    curves_.insert(kpi.curve.id);
  }

  const Definitions& definitions_;
  DateRange days_;
  Measure place_;
  std::vector<Measure> measures_;
  std::set<std::string> used_;    // KPIs
  std::set<std::string> curves_;  // by id
};

}  // namespace

std::string in_the_course_of(DateRange days, const std::vector<std::pair<Date, std::optional<Decimal>>>& steps) {
  const auto written = [](const std::optional<Decimal>& v) { return v ? to_string(*v) : std::string("–"); };
  std::optional<Decimal> value;
  for (const auto& [from, v] : steps) {
    if (from <= days.from) value = v;
  }
  std::string text = written(value);
  bool any = value.has_value();
  for (const auto& [from, v] : steps) {
    if (from <= days.from || !days.contains(from) || v == value) continue;
    value = v;
    any = any || value.has_value();
    text += "; " + to_string(from) + ": " + written(value);
  }
  return any ? text : std::string();
}

std::vector<Measure> yardstick(const Definitions& definitions, const model::Cycle& cycle) {
  const model::Cycle* own = definitions.find_cycle(cycle.id);
  if (own == nullptr) return {};
  Flattener flattener(definitions, cycle);
  flattener.add_cycle(*own);
  for (const model::Scorecard& scorecard : definitions.scorecards) flattener.add_scorecard(scorecard);
  for (const model::Objective& objective : definitions.objectives) {
    if (objective.cycle == cycle.id) flattener.add_objective(objective);
  }
  flattener.add_used_kpis();
  return flattener.take();
}

}  // namespace hr::engine
