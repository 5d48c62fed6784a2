#include "scoring/person.h"

#include "scoring/composite.h"
#include "scoring/kpi_component.h"
#include "scoring/okr_component.h"

namespace hr::scoring {

namespace {

using model::Component;
using model::Flag;
using model::InServiceOn;
using model::Reason;

bool in_service(const facts::Dataset& dataset, uint32_t person, Date day) {
  for (uint32_t s = dataset.spells.begin[person]; s < dataset.spells.begin[person + 1]; ++s) {
    if (dataset.spells.range[s].contains(day)) return true;
  }
  return false;
}

std::optional<Date> service_day(const PlanRules& plan, const Calendar& calendar) {
  switch (plan.plan->eligibility.in_service_on) {
    case InServiceOn::cycle_end:
      return calendar.cycle.last();
    case InServiceOn::after_cycle:
      return calendar.cycle.to;
    case InServiceOn::day:
      return plan.plan->eligibility.day;
    case InServiceOn::any:
      break;
  }
  return std::nullopt;
}

void check_eligibility(const Scorer::State& state, const PlanRules& plan, const PersonTime& time,
                       model::PersonResult& result, Derivation* trace) {
  const int least = plan.plan->eligibility.min_service_days;
  if (time.eligible_in_cycle < least) result.set(Reason::min_service);
  const auto day = service_day(plan, state.calendar);
  if (day && !in_service(state.dataset, time.person, *day)) result.set(Reason::not_eligible);
  if (!plan.eligible_when.empty() && plan.eligible_when[state.last_spell[time.person]] == 0) {
    result.set(Reason::not_eligible);
  }
  Derivation* d = add_node(trace, "service", "service");
  if (d == nullptr) return;
  d->args = {std::to_string(time.service_in_cycle), std::to_string(time.eligible_in_cycle),
             std::to_string(state.calendar.cycle.days())};
  d->value = std::to_string(time.eligible_in_cycle);
  if (least > 0) {
    Derivation* part = add_part(d, "min_service_days", "eligibility-min-service");
    part->args = {std::to_string(time.eligible_in_cycle), std::to_string(least)};
    part->status = time.eligible_in_cycle < least ? "min_service" : "";
    part->definition = plan.plan->span;
  }
  if (day) {
    Derivation* part = add_part(d, "in_service_on", "eligibility-in-service");
    part->args = {to_string(*day)};
    part->status = in_service(state.dataset, time.person, *day) ? "" : "not_eligible";
    part->definition = plan.plan->span;
  }
  if (!plan.eligible_when.empty()) {
    Derivation* part = add_part(d, "when", "eligibility-when");
    part->args = {plan.plan->eligibility.when.text};
    part->status = plan.eligible_when[state.last_spell[time.person]] != 0 ? "" : "not_eligible";
    part->definition = plan.plan->eligibility.when.span;
  }
}

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
    if (!composite.any_data) {
      result.component[c].reset();
    } else if (!figures[c].score && plan.plan->missing == model::MissingPolicy::zero) {
      result.component[c] = Figure{};
    }
  }
}

void record_components(const PlanRules& plan, const ComponentFigures& figures, const Composite& composite,
                       Derivation* trace) {
  if (trace == nullptr) return;
  const bool zero = plan.plan->missing == model::MissingPolicy::zero;
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
    if (figures[c].applicable && figures[c].score && !composite.counts[c]) d.status = "not_counted";
  }
}

ComponentFigures make_components(const Scorer::State& state, const PlanRules& plan, Scratch& scratch,
                                 model::PersonResult& result, Derivation* trace) {
  ComponentFigures figures;
  if (plan.weight[0]) figures[0] = kpi_component(state, plan, scratch, result, add_node(trace, "kpi", "weighted-mean"));
  if (plan.weight[1]) figures[1] = okr_component(state, plan, scratch, result, add_node(trace, "okr", "okr-component"));
  if (plan.weight[2]) {
    figures[2] = feedback_component(state.dataset.feedback, plan, scratch.time.person, scratch.feedback, result,
                                    add_node(trace, "feedback", "weighted-mean"));
  }
  return figures;
}

void record_raw(const PlanRules& plan, const model::PersonResult& result, Derivation* trace) {
  Derivation* d = add_node(trace, "raw", "raw");
  if (d == nullptr) return;
  d->value = exact_text(result.raw_score);
  d->definition = plan.plan->span;
}

}  // namespace

Scratch make_scratch(const Scorer::State& state) {
  Scratch scratch;
  for (const CyclePeriod& p : state.calendar.periods) scratch.whole_periods.push_back(p.days * kNano);
  return scratch;
}

// Steps 1 to 8 for someone who has a plan.
static void score_by_plan(const Scorer::State& state, const PlanRules& plan, Scratch& scratch,
                          model::PersonResult& result, Derivation* trace) {
  check_eligibility(state, plan, scratch.time, result, trace);
  Derivation* parts = add_node(trace, "components", "components");
  const ComponentFigures figures = make_components(state, plan, scratch, result, parts);
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
  record_raw(plan, result, trace);
  finish_score(state, plan, scratch, result, trace);
}

void score_person(const Scorer::State& state, uint32_t person, Scratch& scratch, model::PersonResult& result,
                  Derivation* trace) {
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
  } else {
    const PlanRules& plan = state.plans[state.plan_of[person]];
    result.plan = plan.index;
    fill_person_time(state, &plan, person, scratch.time);
    score_by_plan(state, plan, scratch, result, trace);
    if (trace != nullptr) trace->rule = "score";
    if (trace != nullptr) trace->args = {plan.plan->id};
  }
  if (trace == nullptr) return;
  trace->value = exact_text(result.score);
  for (const std::string& reason : model::reason_names(result.reasons)) {
    trace->status += (trace->status.empty() ? "" : ";") + reason;
  }
}

}  // namespace hr::scoring
