#include "scoring/service.h"

#include <string>
#include <vector>

#include "base/listed.h"
#include "scoring/applicability.h"

namespace hr::scoring {

namespace {

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

// "SALES, Sales Rep, P4, CN": what tells one spell from another.
std::string attributes_text(const facts::Spells& spells, uint32_t spell) {
  std::vector<std::string> texts;
  for (const char* name : {"org_unit", "job", "grade", "region"}) {
    const facts::Column* column = spells.attributes.find(name);
    if (column != nullptr && !column->missing(spell)) texts.push_back(facts::cell_text(*column, spell));
  }
  return listed(texts);
}

void record_spells(const Scorer::State& state, const PersonTime& time, Derivation& d) {
  const facts::Spells& spells = state.dataset.spells;
  std::vector<uint32_t> met;
  for (uint32_t s = spells.begin[time.person]; s < spells.begin[time.person + 1]; ++s) {
    if (spells.range[s].overlaps(state.calendar.cycle)) met.push_back(s);
  }
  if (met.size() == 1) return set_origin(d, spells.origin(met[0]));
  for (const uint32_t s : met) {
    const DateRange range = spells.range[s].intersect(state.calendar.cycle);
    const std::string attributes = attributes_text(spells, s);
    Derivation* part =
        add_part(&d, "spell/" + to_string(range.from), attributes.empty() ? "service-spell" : "service-spell-of");
    part->args = {to_string(range.from), to_string(range.last()), attributes};
    part->value = std::to_string(range.days());
    set_origin(*part, spells.origin(s));
  }
}

// Only under a plan that says which leave shortens eligible time.
void record_leaves(const Scorer::State& state, const PlanRules& plan, const PersonTime& time, Derivation& d) {
  const model::LeavePolicy& policy = plan.plan->leave;
  if (policy.kinds.empty() || state.dataset.leaves.empty()) return;
  for (const facts::Leave& leave : state.dataset.leaves[time.person]) {
    const DateRange range = leave.range.intersect(state.calendar.cycle);
    if (range.empty()) continue;
    const bool away = is_excluded(policy, leave);
    Derivation* part =
        add_part(&d, "leave/" + to_string(leave.range.from), away ? "service-leave" : "service-leave-kept");
    const int32_t days = days_in(state.dataset, time, range).service;
    part->args = {leave.kind, to_string(range.from), to_string(range.last()), std::to_string(days)};
    part->value = away ? std::to_string(days) : "0";
    part->status = away ? "" : "not_counted";
    part->definition = plan.plan->places.leave;
    set_origin(*part, leave.origin);
  }
}

void record_eligibility(const Scorer::State& state, const PlanRules& plan, const PersonTime& time, Derivation& d) {
  const model::Eligibility& rules = plan.plan->eligibility;
  if (rules.min_service_days > 0) {
    Derivation* part = add_part(&d, "min_service_days", "eligibility-min-service");
    part->args = {std::to_string(time.eligible_in_cycle), std::to_string(rules.min_service_days)};
    part->status = time.eligible_in_cycle < rules.min_service_days ? "min_service" : "";
    part->definition = plan.plan->places.min_service_days;
  }
  if (const auto day = service_day(plan, state.calendar)) {
    const bool there = in_service(state.dataset, time.person, *day);
    Derivation* part = add_part(&d, "in_service_on", there ? "eligibility-in-service" : "eligibility-not-in-service");
    part->args = {to_string(*day)};
    part->status = there ? "" : "not_eligible";
    part->definition = plan.plan->places.in_service_on;
  }
  if (!plan.eligible_when.empty()) {
    const uint32_t spell = state.last_spell[time.person];
    const bool holds = plan.eligible_when[spell] != 0;
    Derivation* part = add_part(&d, "when", holds ? "eligibility-when" : "eligibility-not-when");
    part->args = {rules.when.text, fields_text(rules.when, state.dataset.spells, spell)};
    part->status = holds ? "" : "not_eligible";
    part->definition = rules.when.span;
  }
}

}  // namespace

void check_eligibility(const Scorer::State& state, const PlanRules& plan, const PersonTime& time,
                       model::PersonResult& result, Derivation* trace) {
  if (time.eligible_in_cycle < plan.plan->eligibility.min_service_days) result.set(Reason::min_service);
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
  record_spells(state, time, *d);
  record_leaves(state, plan, time, *d);
  record_eligibility(state, plan, time, *d);
}

}  // namespace hr::scoring
