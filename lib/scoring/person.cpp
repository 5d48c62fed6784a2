#include "scoring/person.h"

#include "scoring/applicability.h"
#include "scoring/composite.h"
#include "scoring/kpi_batch.h"
#include "scoring/kpi_component.h"
#include "scoring/okr_component.h"
#include "scoring/plain_okrs.h"
#include "scoring/service.h"

namespace hr::scoring {

namespace {

using model::Component;
using model::Flag;
using model::Reason;

void take_figures(const PlanRules& plan, const ComponentFigures& figures, model::PersonResult& result) {
  for (size_t c = 0; c < figures.size(); ++c) {
    if (!plan.weight[c]) continue;
    result.component[c] = figures[c].score;
    result.component_coverage[c] = figures[c].coverage;
  }
  if (plan.plan->okr.effect == model::OkrEffect::informational) {  // shown, never counted
    result.component_coverage[static_cast<size_t>(Component::okr)].reset();
  }
}

// Under `missing: zero` a component without data counts, and shows, as 0 where the person is rated at all.
void settle_missing(const PlanRules& plan, const ComponentFigures& figures, const Composite& composite,
                    model::PersonResult& result) {
  for (size_t c = 0; c < figures.size(); ++c) {
    if (!composite.counts[c]) continue;
    if (!composite.any_data) {  // of what weighs anything: the 0 of one without data is no figure
      if (figures[c].coverage.value_or(Figure{}).nano == 0) result.component[c].reset();
    } else if (!figures[c].score && plan.plan->missing == model::MissingPolicy::zero) {
      result.component[c] = Figure{};
    }
  }
}

// OKRs that count only when they raise the score, or never: which way it went.
void record_effect(const PlanRules& plan, const Composite& composite, Derivation& okr) {
  if (okr.node != "okr" || okr.rule != "okr-component") return;
  if (plan.plan->okr.effect == model::OkrEffect::informational) {
    okr.rule = "okr-component-shown";
  } else if (composite.okr_alone) {
    okr.rule = "okr-component-alone";
  } else if (composite.with_okr && composite.without_okr) {
    const bool counts = composite.counts[static_cast<size_t>(Component::okr)];
    okr.rule = counts ? "okr-component-raises" : "okr-component-left-out";
    okr.args.push_back(exact_text(composite.with_okr));
    okr.args.push_back(exact_text(composite.without_okr));
  }
  if (plan.plan->okr.effect != model::OkrEffect::blended) okr.definition = plan.plan->places.okr_effect;
}

void record_components(const PlanRules& plan, const ComponentFigures& figures, const Composite& composite,
                       Derivation* trace) {
  if (trace == nullptr) return;
  const bool zero = plan.plan->missing == model::MissingPolicy::zero && composite.any_data;  // as settle_missing() does
  double weight = 0;
  for (size_t c = 0; c < figures.size(); ++c) {
    if (composite.counts[c] && (figures[c].score || zero)) weight += *plan.weight[c];
  }
  for (Derivation& d : trace->parts) {
    const size_t c = d.node == "kpi" ? 0 : d.node == "okr" ? 1 : 2;
    d.value = exact_text(figures[c].score);
    d.weight = exact_text(*plan.plan->weights[c]);
    const bool counts = composite.counts[c] && (figures[c].score || zero) && weight > 0;
    const auto percent = counts ? snap(100 * *plan.weight[c] / weight) : std::optional<Figure>(Figure{});
    d.effective_weight = exact_text(percent);
    if (!figures[c].applicable) d.status = "not_applicable";
    if (figures[c].applicable && !figures[c].score) d.status = "no_data";
    if (zero && composite.counts[c] && !figures[c].score) {
      d.rule = "component-zero";
      d.value = "0";
      d.definition = plan.plan->places.missing;
    }
    if (figures[c].applicable && figures[c].score && !composite.counts[c]) d.status = "not_counted";
    if (d.definition.line == 0) d.definition = plan.plan->places.component[c];
    record_effect(plan, composite, d);
  }
}

ComponentFigure take_batched(const BatchedKpi& kpi, model::PersonResult& result) {
  ComponentFigure out;
  out.applicable = true;
  out.score = kpi.score;
  out.coverage = kpi.coverage;
  result.flags |= kpi.flags;
  return out;
}

constexpr uint32_t bit(Flag flag) {
  return 1U << static_cast<uint32_t>(flag);
}

// A component as a result shows it, whose flags are `flags`. It may show 0 for one without data, or nothing for a 0
// without data: both weigh the same. OKRs that are only shown come without coverage and are not weighed.
ComponentFigure take_standing(const model::PersonResult& before, Component component, uint32_t flags,
                              model::PersonResult& result) {
  const auto c = static_cast<size_t>(component);
  ComponentFigure out;
  out.score = before.component[c];
  out.coverage = before.component_coverage[c];
  out.applicable = out.coverage.has_value();
  result.flags |= before.flags & flags;
  return out;
}

// Those that come with a batch are scored the short way where they can be; what is explained goes the long one.
ComponentFigure make_okrs(const Scorer::State& state, const PlanRules& plan, Scratch& scratch,
                          model::PersonResult& result, Derivation* trace) {
  if (scratch.is_batch) {
    if (auto plain = plain_okr_component(state, plan, scratch.time.person, result)) return *std::move(plain);
  }
  return okr_component(state, plan, scratch, result, add_node(trace, "okr", "okr-component"));
}

ComponentFigures make_components(const Scorer::State& state, const PlanRules& plan, Scratch& scratch,
                                 const BatchedKpi* batched, model::PersonResult& result, Derivation* trace) {
  ComponentFigures figures;
  if (plan.weight[0] && batched != nullptr) {
    figures[0] = take_batched(*batched, result);
  } else if (plan.weight[0]) {
    figures[0] = kpi_component(state, plan, scratch, result, add_node(trace, "kpi", "weighted-mean"));
  }
  if (state.okrs_and_feedback_stand) {
    constexpr uint32_t kOfOkrs = bit(Flag::missed) | bit(Flag::guardrail_broken);
    figures[1] = take_standing(scratch.before, Component::okr, kOfOkrs, result);
    figures[2] = take_standing(scratch.before, Component::feedback, bit(Flag::feedback_suppressed), result);
    return figures;
  }
  if (plan.weight[1]) figures[1] = make_okrs(state, plan, scratch, result, trace);
  if (plan.weight[2]) {
    figures[2] = feedback_component(state.dataset.feedback, plan, scratch.time.person, scratch.feedback, result,
                                    add_node(trace, "feedback", "weighted-mean"));
  }
  return figures;
}

}  // namespace

// Whoever has the KPI component from a batch has nothing special about the periods that count; if the one spell also
// covers the rest of the cycle, the days are those of every other such person.
static void fill_time(const Scorer::State& state, const PlanRules& plan, uint32_t person, bool batched,
                      Scratch& scratch) {
  const uint32_t spell = state.last_spell[person];
  const DateRange cycle = state.calendar.cycle;
  const bool full = batched && state.dataset.spells.range[spell].from <= cycle.from &&
                    state.dataset.spells.range[spell].to >= cycle.to;
  if (full && scratch.full_time) {
    scratch.time.person = person;
    scratch.time.spells[0].first = scratch.time.spells[0].last = spell;
  } else {
    fill_person_time(state, &plan, person, scratch.time);
  }
  scratch.full_time = full;
}

Scratch make_scratch(const Scorer::State& state) {
  Scratch scratch;
  scratch.facts = &state.facts;
  for (const CyclePeriod& p : state.calendar.periods) scratch.whole_periods.push_back(p.days * kNano);
  return scratch;
}

// Steps 1 to 8 for someone who has a plan.
static void score_by_plan(const Scorer::State& state, const PlanRules& plan, Scratch& scratch,
                          const BatchedKpi* batched, model::PersonResult& result, Derivation* trace) {
  check_eligibility(state, plan, scratch.time, result, trace);
  Derivation* parts = add_node(trace, "components", "components");
  if (parts != nullptr) parts->definition = plan.plan->places.components;
  const ComponentFigures figures = make_components(state, plan, scratch, batched, result, parts);
  take_figures(plan, figures, result);
  const Composite composite = compose(plan, figures, result);
  record_components(plan, figures, composite, parts);
  record_coverage(plan, figures, composite, result, trace);
  settle_missing(plan, figures, composite, result);
  if (!composite.any_data || !composite.raw) {
    result.set(Reason::no_data);
  } else if (*result.coverage < plan.min_coverage) {
    result.set(Reason::coverage);
  }
  if (result.reasons != 0) return;
  result.status = model::Status::rated;
  result.raw_score = composite.raw;
  record_raw(plan, figures, composite, trace);
  finish_score(state, plan, scratch, result, trace);
}

static void record_score(const model::Plan& plan, const model::PersonResult& result, Derivation& d) {
  d.rule = result.status == model::Status::rated ? "score" : "score-not-rated";
  d.args = {plan.id};
  d.definition = plan.span;
}

// None of the plans fits: which were tried.
static void record_plans_tried(const Scorer::State& state, uint32_t person, Derivation& d) {
  d.rule = "score-no-plan";
  for (const PlanRules& plan : state.plans) {
    record_applies_not(state.dataset.spells, state.last_spell[person], plan.plan->id, plan.plan->applies_to,
                       *make_node(d, "plan/" + plan.plan->id, "applies-not"));
  }
}

void score_person(const Scorer::State& state, uint32_t person, Scratch& scratch, const BatchedKpi* batched,
                  model::PersonResult& result, Derivation* trace) {
  if (state.okrs_and_feedback_stand) scratch.before = result;
  result = {};
  if (trace != nullptr) {
    trace->node = "score";
    trace->rule = "score-none";
  }
  if (state.last_spell[person] == facts::kNone) {
    if (trace != nullptr) trace->status = "not_in_cycle";
    return;
  }
  result.status = model::Status::not_rated;
  result.plan = model::kNoBand;
  if (state.calendar.interim) result.set(Flag::interim);
  if (state.plan_of[person] == kNoPlan) {
    result.set(Reason::not_eligible);
    if (trace != nullptr) record_plans_tried(state, person, *trace);
  } else {
    const PlanRules& plan = state.plans[state.plan_of[person]];
    result.plan = plan.index;
    fill_time(state, plan, person, batched != nullptr, scratch);
    score_by_plan(state, plan, scratch, batched, result, trace);
    if (trace != nullptr) record_score(*plan.plan, result, *trace);
  }
  if (trace == nullptr) return;
  trace->value = exact_text(result.score);
  for (const std::string& reason : model::reason_names(result.reasons)) {
    trace->status += (trace->status.empty() ? "" : ";") + reason;
  }
}

}  // namespace hr::scoring
