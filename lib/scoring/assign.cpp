#include "scoring/assign.h"

#include <map>

#include "scoring/applicability.h"

namespace hr::scoring {

namespace {

// The last spell with a day in the cycle, up to as-of if any lies there.
uint32_t find_last_spell(const facts::Dataset& dataset, const Calendar& calendar, uint32_t person) {
  const DateRange seen = calendar.cycle.intersect({kFarPast, calendar.as_of + 1});
  for (const DateRange& range : {seen, calendar.cycle}) {
    for (uint32_t s = dataset.spells.begin[person + 1]; s-- > dataset.spells.begin[person];) {
      if (dataset.spells.range[s].overlaps(range)) return s;
    }
  }
  return facts::kNone;
}

std::vector<uint32_t> plans_of_cycle(const Scorer::State& state, const model::Cycle& cycle, const std::string& only) {
  std::vector<uint32_t> plans;
  for (uint32_t i = 0; i < state.definitions.plans.size(); ++i) {
    const std::string& id = state.definitions.plans[i].id;
    bool wanted = id == only;
    if (only.empty()) {
      for (const model::PlanRef& ref : cycle.plans) wanted |= ref.id == id;
    }
    if (wanted) plans.push_back(i);
  }
  return plans;
}

// Two that fit, one diagnostic a pair: the first person it meets, and how many there are.
struct Conflict {
  uint32_t person = 0;
  uint32_t people = 0;
  uint32_t last = facts::kNone;

  void add(uint32_t p) {
    if (people == 0) person = p;
    if (last != p) ++people;
    last = p;
  }
};
using Conflicts = std::map<std::pair<uint32_t, uint32_t>, Conflict>;

template <class Definition>
void report(const Conflicts& conflicts, const char* message, const std::vector<const Definition*>& definitions,
            Scorer::State& state) {
  for (const auto& [pair, c] : conflicts) {
    const Definition& a = *definitions[pair.first];
    const Definition& b = *definitions[pair.second];
    Diagnostic d = make_error(message, b.span,
                              {a.id, b.id, std::string(state.dataset.people.id[c.person]), std::to_string(c.people)});
    d.related.push_back(a.span);
    state.diagnostics.push_back(std::move(d));
  }
}

void assign_scorecards(Scorer::State& state) {
  std::vector<const model::Expression*> expressions;
  std::vector<const model::Scorecard*> definitions;
  for (const model::Scorecard& s : state.definitions.scorecards) {
    expressions.push_back(&s.applies_to);
    definitions.push_back(&s);
  }
  const std::vector<Match> matches = match_spells(expressions, state.dataset.spells, state.diagnostics);
  Conflicts conflicts;
  state.scorecard_of.assign(state.dataset.spells.size(), kNoScorecard);
  for (size_t s = 0; s < matches.size(); ++s) {
    if (!state.dataset.spells.range[s].overlaps(state.calendar.cycle)) continue;
    state.scorecard_of[s] = matches[s].first;
    if (matches[s].second == Match::kNoMatch) continue;
    conflicts[{matches[s].first, matches[s].second}].add(state.dataset.spells.person[s]);
  }
  report(conflicts, "two-scorecards", definitions, state);
}

void assign_plans(Scorer::State& state, const model::Cycle& cycle, const std::string& only) {
  const std::vector<uint32_t> plans = plans_of_cycle(state, cycle, only);
  if (plans.empty()) state.diagnostics.push_back(make_error("no-plan", cycle.span, {cycle.id}));
  std::vector<const model::Expression*> expressions;
  std::vector<const model::Plan*> definitions;
  for (const uint32_t p : plans) {
    state.plans.push_back(make_plan_rules(state.definitions, p, state.diagnostics));
    const model::Plan& plan = state.definitions.plans[p];
    expressions.push_back(&plan.applies_to);
    definitions.push_back(&plan);
    warn_of_unknown_attribute(plan.rank_by, plan.places.rank_by, state.dataset.spells, state.diagnostics);
    if (plan.distribution)
      warn_of_unknown_attribute(plan.distribution->group_by, plan.places.group_by, state.dataset.spells,
                                state.diagnostics);
    if (plan.eligibility.when.empty()) continue;
    state.plans.back().eligible_when =
        evaluate_on_spells(plan.eligibility.when, state.dataset.spells, state.diagnostics);
  }
  const std::vector<Match> matches = match_spells(expressions, state.dataset.spells, state.diagnostics);
  Conflicts conflicts;
  state.plan_of.assign(state.dataset.people.size(), kNoPlan);
  for (uint32_t p = 0; p < state.plan_of.size(); ++p) {
    const uint32_t spell = state.last_spell[p];
    if (spell == facts::kNone) continue;
    state.plan_of[p] = matches[spell].first;
    if (matches[spell].second != Match::kNoMatch) conflicts[{matches[spell].first, matches[spell].second}].add(p);
  }
  report(conflicts, "two-plans", definitions, state);
}

}  // namespace

void assign_people(Scorer::State& state, const ScoreOptions& options) {
  const facts::Dataset& dataset = state.dataset;
  state.last_spell.resize(dataset.people.size());
  for (uint32_t p = 0; p < dataset.people.size(); ++p) {
    state.last_spell[p] = find_last_spell(dataset, state.calendar, p);
  }
  assign_scorecards(state);
  if (const model::Cycle* cycle = state.definitions.find_cycle(options.cycle)) {
    assign_plans(state, *cycle, options.plan);
  } else {
    state.plan_of.assign(dataset.people.size(), kNoPlan);
    state.diagnostics.push_back(make_error("unknown-reference/scoring", {}, {options.cycle}));
  }
  state.target_sets = std::make_unique<TargetSets>(dataset, state.calendar, state.scorecards, state.kpis, state.facts);
  state.set_of.assign(dataset.spells.size(), kNoSet);
  for (uint32_t s = 0; s < dataset.spells.size(); ++s) {
    if (state.scorecard_of[s] != kNoScorecard) state.set_of[s] = state.target_sets->set_for(s, state.scorecard_of[s]);
  }
}

}  // namespace hr::scoring
