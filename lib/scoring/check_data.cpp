#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <string>

#include "base/parallel.h"
#include "scoring/assign.h"
#include "scoring/okr_component.h"

namespace hr::scoring {

namespace {

constexpr auto kKpi = static_cast<size_t>(model::Component::kpi);
constexpr auto kOkr = static_cast<size_t>(model::Component::okr);
constexpr auto kFeedback = static_cast<size_t>(model::Component::feedback);

bool has_component(const Scorer::State& state, uint32_t person, size_t component) {
  const uint32_t plan = state.plan_of[person];
  return plan != kNoPlan && state.plans[plan].weight[component].has_value();
}

// The first person that a finding concerns, and how many there are.
struct Found {
  uint32_t person = 0;
  uint32_t people = 0;

  void add(uint32_t p) {
    if (people++ == 0) person = p;
  }
  void add(const Found& later) {
    if (people == 0) person = later.person;
    people += later.people;
  }
};

struct SetFaults {
  bool mixed = false;
  bool all_zero = false;
  std::vector<uint32_t> without_target;  // entries whose curve needs what is nowhere given

  bool any() const { return mixed || all_zero || !without_target.empty(); }
};

bool lacks_target(const TargetSource& source, uint8_t needs, Date day) {
  for (size_t r = 0; r < kRoles; ++r) {
    const auto role = static_cast<Role>(r);
    if ((needs & bit(role)) != 0 && !in_force(source, role, day)) return true;
  }
  return false;
}

SetFaults inspect(const std::vector<KpiTargets>& targets, const ScorecardRules& scorecard, Date day) {
  SetFaults faults;
  size_t given = 0;
  size_t zero = 0;
  for (size_t k = 0; k < targets.size(); ++k) {
    const auto weight = weight_on(targets[k].source, day);
    given += weight.has_value();
    zero += weight && weight->unscaled == 0;
    const bool counts = !weight || weight->unscaled != 0;
    if (counts && lacks_target(targets[k].source, scorecard.kpis[k].curve.needs, day)) {
      faults.without_target.push_back(static_cast<uint32_t>(k));
    }
  }
  faults.mixed = given != 0 && given != targets.size();
  faults.all_zero = !targets.empty() && zero == targets.size();
  return faults;
}

class TargetCheck {
 public:
  explicit TargetCheck(const Scorer::State& state) : state_(state) {}

  Diagnostics run() {
    const Date day = state_.calendar.last_day();
    std::vector<SetFaults> of_set;
    for (uint32_t s = 0; s < state_.target_sets->size(); ++s) {
      const TargetSet& set = (*state_.target_sets)[s];
      of_set.push_back(inspect(set.kpis, state_.scorecards[set.scorecard], day));
    }
    for (uint32_t p = 0; p < state_.plan_of.size(); ++p) {
      if (!has_component(state_, p, kKpi)) continue;
      const uint32_t spell = state_.last_spell[p];
      const uint32_t set = state_.set_of[spell];
      if (set == kNoSet) continue;
      if (state_.target_sets->has_own(p))
        add(p, set, inspect_own(p, set, day));
      else if (of_set[set].any())
        add(p, set, of_set[set]);
    }
    return report();
  }

 private:
  SetFaults inspect_own(uint32_t person, uint32_t set, Date day) const {
    const TargetSet& shared = (*state_.target_sets)[set];
    const ScorecardRules& scorecard = state_.scorecards[shared.scorecard];
    std::vector<KpiTargets> own = shared.kpis;
    for (size_t k = 0; k < own.size(); ++k) {
      own[k].source.rows[0] = state_.target_sets->of_employee(person, scorecard.kpis[k].kpi);
    }
    return inspect(own, scorecard, day);
  }

  void add(uint32_t person, uint32_t set, const SetFaults& faults) {
    const uint32_t scorecard = (*state_.target_sets)[set].scorecard;
    if (faults.mixed) mixed_[scorecard].add(person);
    if (faults.all_zero) zero_[scorecard].add(person);
    for (const uint32_t k : faults.without_target) missing_[{scorecard, k}].add(person);
  }

  Diagnostics report() const {
    Diagnostics found;
    const auto args = [&](const std::string& name, const Found& f) {
      return std::vector<std::string>{name, std::to_string(f.people), std::string(state_.dataset.people.id[f.person])};
    };
    for (const auto& [s, f] : mixed_) {
      const model::Scorecard& scorecard = *state_.scorecards[s].scorecard;
      found.push_back(make_error("weights-mixed/people", scorecard.span, args(scorecard.id, f)));
    }
    for (const auto& [s, f] : zero_) {
      const model::Scorecard& scorecard = *state_.scorecards[s].scorecard;
      found.push_back(make_error("weights-zero/people", scorecard.span, args(scorecard.id, f)));
    }
    for (const auto& [key, f] : missing_) {
      const model::ScorecardKpi& entry = *state_.scorecards[key.first].kpis[key.second].entry;
      found.push_back(make_warning("target-missing/people", entry.span, args(entry.kpi, f)));
    }
    return found;
  }

  const Scorer::State& state_;
  std::map<uint32_t, Found> mixed_;
  std::map<uint32_t, Found> zero_;
  std::map<std::pair<uint32_t, uint32_t>, Found> missing_;
};

bool scores_anything(const facts::Okrs& okrs, uint32_t objective) {
  const auto begin = okrs.type.begin() + okrs.key_results[objective];
  const auto end = okrs.type.begin() + okrs.key_results[objective + 1];
  return std::any_of(begin, end, is_scored);
}

// Of the objectives that count for one person the first with a weight and the first without one.
struct ObjectiveWeights {
  uint32_t given = facts::kNone;
  uint32_t bare = facts::kNone;
  bool all_zero = true;

  bool mixed() const { return given != facts::kNone && bare != facts::kNone; }
  bool zero() const { return given != facts::kNone && all_zero; }
};

ObjectiveWeights weights_of(const facts::Okrs& okrs, const std::vector<uint32_t>& objectives) {
  ObjectiveWeights weights;
  for (const uint32_t o : objectives) {
    if (!scores_anything(okrs, o)) continue;
    const std::optional<Decimal> weight = okrs.weight[o];
    uint32_t& first = weight ? weights.given : weights.bare;
    if (first == facts::kNone) first = o;
    weights.all_zero = weights.all_zero && weight && weight->unscaled == 0;
  }
  return weights;
}

bool has_weights(const facts::Okrs& okrs) {
  uint32_t o = 0;
  while (o < okrs.size() && !okrs.weight.has(o)) ++o;
  return o < okrs.size();
}

// All objectives of a person have a weight or none has; not all are zero. The place is that of an objective of the
// first person.
Diagnostics check_objective_weights(const Scorer::State& state) {
  Diagnostics found;
  const facts::Okrs& okrs = state.dataset.okrs;
  if (!has_weights(okrs)) return found;
  Found mixed;
  Found zero;
  ObjectiveWeights first_mixed;
  ObjectiveWeights first_zero;
  std::vector<uint32_t> objectives;
  for (uint32_t p = 0; p < state.plan_of.size(); ++p) {
    if (!has_component(state, p, kOkr)) continue;
    const PlanRules& plan = state.plans[state.plan_of[p]];
    const uint32_t unit = state.dataset.spells.unit[state.last_spell[p]];
    objectives_of(state.okr_people, plan.plan->okr.units, p, unit, objectives);
    const ObjectiveWeights weights = weights_of(state.dataset.okrs, objectives);
    if (weights.mixed() && mixed.people == 0) first_mixed = weights;
    if (weights.mixed()) mixed.add(p);
    if (weights.zero() && zero.people == 0) first_zero = weights;
    if (weights.zero()) zero.add(p);
  }
  const auto args = [&](const Found& f) {
    return std::vector<std::string>{std::to_string(f.people), std::string(state.dataset.people.id[f.person])};
  };
  if (mixed.people > 0) {
    Diagnostic d = make_error("weights-mixed/objectives-of", okrs.span_of(first_mixed.bare), args(mixed));
    d.related.push_back(okrs.span_of(first_mixed.given));
    found.push_back(std::move(d));
  }
  if (zero.people > 0)
    found.push_back(make_error("weights-zero/objectives-of", okrs.span_of(first_zero.given), args(zero)));
  return found;
}

// Key results of one id stand for the same thing and share their check-ins: each but the first is said.
void warn_of_shared(const facts::Okrs& okrs, uint32_t objective, uint32_t k, std::vector<uint32_t>& first,
                    Diagnostics& diagnostics) {
  uint32_t& owner = first[okrs.key_result_id[k]];  // the objective that had it first
  if (owner == facts::kNone) {
    owner = objective;
    return;
  }
  uint32_t seen = okrs.key_results[owner];
  while (okrs.key_result_id[seen] != okrs.key_result_id[k]) ++seen;
  Diagnostic d = make_warning(
      "shared-key-result", okrs.span_of(objective, k),
      {std::string(okrs.key_result_names[okrs.key_result_id[k]]), std::string(okrs.objective(objective).id)});
  d.related.push_back(okrs.span_of(owner, seen));
  diagnostics.push_back(std::move(d));
}

// Weights of key results: files were checked when they were read, imported ones only come together here.
Diagnostics check_key_results(const facts::Okrs& okrs) {
  Diagnostics found;
  std::vector<uint32_t> first(okrs.key_result_names.size(), facts::kNone);  // by name
  for (uint32_t o = 0; o < okrs.size(); ++o) {
    size_t scored = 0;
    size_t zeros = 0;
    for (uint32_t k = okrs.key_results[o]; k < okrs.key_results[o + 1]; ++k) {
      if (is_scored(okrs.type[k])) {
        ++scored;
        zeros += okrs.key_result_weight.has(k) && okrs.key_result_weight.at(k).unscaled == 0;
      }
      warn_of_shared(okrs, o, k, first, found);
    }
    if (scored == 0 || zeros != scored) continue;
    found.push_back(make_error("weights-zero/key-results", okrs.span_of(o), {std::string(okrs.objective(o).id)}));
  }
  return found;
}

using OutsideScale = std::map<uint32_t, Found>;  // by plan

// Of the people in [begin, end).
OutsideScale find_outside_scale(const Scorer::State& state, size_t begin, size_t end) {
  OutsideScale found;
  const facts::Feedback& feedback = state.dataset.feedback;
  for (auto p = static_cast<uint32_t>(begin); p < end; ++p) {
    if (!has_component(state, p, kFeedback)) continue;
    const PlanRules& plan = state.plans[state.plan_of[p]];
    bool outside = false;
    for (uint32_t i = feedback.begin[p]; i < feedback.begin[p + 1]; ++i)
      outside |= !on_scale(plan, feedback.rating.number(i));
    if (outside) found[state.plan_of[p]].add(p);
  }
  return found;
}

Diagnostics tell_outside_scale(const Scorer::State& state, const std::vector<OutsideScale>& parts) {
  OutsideScale all;
  for (const OutsideScale& part : parts) {
    for (const auto& [plan, people] : part) all[plan].add(people);
  }
  Diagnostics found;
  for (const auto& [plan, people] : all) {
    const model::Plan& p = *state.plans[plan].plan;
    found.push_back(
        make_warning("rating-outside-scale", p.span,
                     {std::to_string(people.people), exact_text(p.feedback.scale_low),
                      exact_text(p.feedback.scale_high), std::string(state.dataset.people.id[people.person])}));
  }
  return found;
}

}  // namespace

void check_data(Scorer::State& state, int threads) {
  const std::function<Diagnostics()> checks[] = {[&] { return TargetCheck(state).run(); },
                                                 [&] { return check_key_results(state.dataset.okrs); },
                                                 [&] { return check_objective_weights(state); }};
  const bool whole = !state.okrs_and_feedback_stand;
  const size_t n = whole ? std::size(checks) : 1;
  constexpr size_t kPart = 65'536;  // people
  const size_t people = whole && !state.dataset.feedback.begin.empty() ? state.dataset.feedback.begin.size() - 1 : 0;
  std::vector<Diagnostics> found(n);
  std::vector<OutsideScale> outside((people + kPart - 1) / kPart);
  for_pieces(n + outside.size(), threads, [&](size_t piece, size_t) {
    if (piece < n) {
      found[piece] = checks[piece]();
      return;
    }
    const size_t begin = (piece - n) * kPart;
    outside[piece - n] = find_outside_scale(state, begin, std::min(people, begin + kPart));
  });
  found.push_back(tell_outside_scale(state, outside));
  for (const Diagnostics& of_check : found)
    state.diagnostics.insert(state.diagnostics.end(), of_check.begin(), of_check.end());
}

}  // namespace hr::scoring
