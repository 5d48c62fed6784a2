#include "scoring/kpi_component.h"

#include <algorithm>

#include "scoring/kpi_means.h"
#include "scoring/kpi_trace.h"

namespace hr::scoring {

namespace {

using model::Flag;
using model::MissingPolicy;

class Computation {
 public:
  Computation(const Scorer::State& state, const PlanRules& plan, Scratch& scratch, model::PersonResult& result)
      : state_(state), plan_(plan), scratch_(scratch), result_(result), time_(scratch.time) {}

  ComponentFigure run(Derivation* trace);

 private:
  struct Outcome {
    std::optional<Figure> score;
    double share = 0;        // of the weight with data
    std::string share_text;  // "60 / 100"; when recording
  };

  bool zero_when_missing() const { return plan_.plan->missing == MissingPolicy::zero; }
  std::optional<Figure> stand_in(const EntryRules& entry, Derivation* node);
  std::optional<Figure> carried(const EntryRules& entry, Derivation* node);
  uint32_t scorecard_of(const ScoredSpell& s) const { return state_.scorecard_of[s.last]; }
  const std::vector<KpiTargets>& targets_of(const ScoredSpell& spell);
  uint32_t last_scored() const;
  Derivation* spell_node(uint32_t index, Derivation* trace) const;
  const char* why_not(uint32_t index, uint32_t last) const;

  Outcome score_spell(uint32_t index, Derivation* trace);
  Outcome score_cycle(const ScoredSpell& spell, const std::vector<KpiTargets>& targets, Derivation* trace);
  Outcome score_periods(uint32_t index, const std::vector<KpiTargets>& targets, Derivation* trace);
  Mean score_kpis(const ScoredSpell& spell, const std::vector<KpiTargets>& targets, std::optional<uint32_t> period,
                  Derivation* trace);
  std::optional<Figure> score_kpi(const ScoredSpell& spell, const EntryRules& entry, const KpiTargets& targets,
                                  std::optional<uint32_t> period, bool counts, Derivation* trace);
  KpiValue value(const EntryRules& entry, const KpiTargets& targets, std::optional<uint32_t> period, Derivation* trace);
  Goal goal(const ScoredSpell& spell, const EntryRules& entry, const KpiTargets& targets,
            std::optional<uint32_t> period, Derivation* trace);
  void set_flags(const KpiValue& value, const CurveOutcome& outcome, const EntryRules& entry, uint32_t expected,
                 bool counts);

  const Scorer::State& state_;
  const PlanRules& plan_;
  Scratch& scratch_;
  model::PersonResult& result_;
  const PersonTime& time_;
  bool left_out_ = false;  // something without data has given its weight to the others
};

// The sets of a job and unit serve most people; someone with targets of their own gets a copy with these on top.
const std::vector<KpiTargets>& Computation::targets_of(const ScoredSpell& spell) {
  const std::vector<KpiTargets>& shared = (*state_.target_sets)[state_.set_of[spell.last]].kpis;
  const bool own = state_.target_sets->has_own(time_.person);
  const bool by_day = std::any_of(shared.begin(), shared.end(), [](const KpiTargets& t) { return t.weighs_by_day; }) &&
                      spell.last_day != state_.calendar.last_day();
  if (!own && !by_day) return shared;
  const ScorecardRules& scorecard = state_.scorecards[scorecard_of(spell)];
  scratch_.own_targets.resize(shared.size());
  for (size_t k = 0; k < shared.size(); ++k) {
    KpiTargets& t = scratch_.own_targets[k];
    t.source = shared[k].source;
    t.unit = shared[k].unit;
    t.source.rows[0] = state_.target_sets->of_employee(time_.person, scorecard.kpis[k].kpi);
    t.made = false;
    const auto weight = weight_on(t.source, spell.last_day);
    t.weight = weight ? weight->to_double() : 1;
  }
  return scratch_.own_targets;
}

KpiValue Computation::value(const EntryRules& entry, const KpiTargets& targets, std::optional<uint32_t> period,
                            Derivation* trace) {
  ValueRequest q;
  q.dataset = &state_.dataset;
  q.calendar = &state_.calendar;
  q.kpis = state_.kpis;
  q.facts = scratch_.facts;
  q.in = scratch_.in;
  q.time = &time_;
  q.only = period;
  q.subject = {entry.of_unit, entry.of_unit ? targets.unit : time_.person};
  if (entry.of_unit && targets.unit == facts::kNone) {
    KpiValue none;
    none.fault = Fault::no_unit;
    if (trace != nullptr) trace->status = name_of(none.fault);
    return none;
  }
  return value_of(q, entry.kpi, trace);
}

Goal Computation::goal(const ScoredSpell& spell, const EntryRules& entry, const KpiTargets& targets,
                       std::optional<uint32_t> period, Derivation* trace) {
  if (entry.curve.needs == 0) return {};
  const bool whole_period =
      period && (entry.of_unit || time_.counted_nanos[*period] == state_.calendar.periods[*period].days * kNano ||
                 !entry.additive);
  const bool whole_cycle =
      !period && (spell.whole || (!entry.additive && spell.last_day == state_.calendar.last_day()));
  if (trace == nullptr && targets.made && (whole_period || whole_cycle)) {
    return period ? targets.by_period[*period] : targets.whole;
  }
  const std::vector<int64_t>& counted = entry.of_unit ? scratch_.whole_periods : time_.counted_nanos;
  const Date last = period ? state_.calendar.periods[*period].range.last() : spell.last_day;
  return make_goal(targets.source, entry.curve.needs, state_.calendar,
                   {scratch_.in, counted, last, plan_.plan->prorate_fte && !entry.of_unit}, trace);
}

void Computation::set_flags(const KpiValue& value, const CurveOutcome& outcome, const EntryRules& entry,
                            uint32_t expected, bool counts) {
  if (value.out_of_service) result_.set(Flag::out_of_service_facts);
  if (!counts) return;
  const bool needs_all = entry.additive && entry.curve.needs != 0;
  if (needs_all && value.value && value.covered < expected) result_.set(Flag::partial_data);
  if (outcome.regressed) result_.set(Flag::regressed);
  if (value.fault == Fault::not_computable || outcome.fault == Fault::not_computable) {
    result_.set(Flag::not_computable);
  }
}

std::optional<Figure> Computation::score_kpi(const ScoredSpell& spell, const EntryRules& entry,
                                             const KpiTargets& targets, std::optional<uint32_t> period, bool counts,
                                             Derivation* trace) {
  Derivation* values = add_part(trace, "value", "value");
  if (values != nullptr) values->args = {entry.entry->kpi};
  const KpiValue v = value(entry, targets, period, values);
  const Goal g = goal(spell, entry, targets, period, trace);
  CurveOutcome outcome;
  outcome.fault = v.fault;
  if (v.value) outcome = score_on_curve(entry.curve, *v.value, g, trace);
  const uint32_t periods = entry.of_unit ? spell.periods : spell.eligible_periods;
  set_flags(v, outcome, entry, period ? 1 : periods, counts);
  if (trace != nullptr) record_kpi(entry, v, outcome, period ? 0 : periods, *trace);
  return outcome.score;
}

// The score that the KPI had in the last closed cycle.
std::optional<Figure> Computation::carried(const EntryRules& entry, Derivation* node) {
  const facts::CarriedScores& scores = state_.dataset.carried;
  const Figure* score = scores.find(time_.person, state_.carried_kpi[entry.kpi]);
  result_.set(score != nullptr ? Flag::carried : Flag::not_carried);
  if (node != nullptr) record_carried(*plan_.plan, entry, scores, score, *node);
  return score != nullptr ? std::optional(*score) : std::nullopt;
}

// What a KPI without a score counts, by the plan's `missing`; none: its weight goes to the others.
std::optional<Figure> Computation::stand_in(const EntryRules& entry, Derivation* node) {
  if (zero_when_missing()) return Figure{};
  std::optional<Figure> score;
  if (plan_.plan->missing == MissingPolicy::carry) score = carried(entry, node);
  left_out_ |= !score;
  return score;
}

Mean Computation::score_kpis(const ScoredSpell& spell, const std::vector<KpiTargets>& targets,
                             std::optional<uint32_t> period, Derivation* trace) {
  const ScorecardRules& scorecard = state_.scorecards[scorecard_of(spell)];
  Mean mean;
  MeanText text;
  if (trace != nullptr) {
    mean.text = &text;
    for (const KpiTargets& t : targets) mean.weighed |= weight_on(t.source, spell.last_day).has_value();
  }
  for (size_t k = 0; k < scorecard.kpis.size(); ++k) {
    const double weight = targets[k].weight;
    const bool wanted = weight != 0 || trace != nullptr || scratch_.kpi_scores != nullptr;
    if (!wanted) continue;
    Derivation* node = add_part(trace, scorecard.kpis[k].entry->kpi, "kpi");
    if (node != nullptr) node->args = {scorecard.kpis[k].entry->kpi};
    const auto score = score_kpi(spell, scorecard.kpis[k], targets[k], period, weight != 0, node);
    if (score && scratch_.kpi_scores != nullptr) scratch_.kpi_scores->add(scorecard.kpis[k].kpi, *score);
    if (weight == 0) continue;
    mean.add(weight, score, score ? std::nullopt : stand_in(scorecard.kpis[k], node));
  }
  mean.text = nullptr;
  if (trace == nullptr) return mean;
  record_weights(*trace, targets, spell.last_day, mean, zero_when_missing());
  record_mean(*trace, text.text(exact_text(mean.weight)));
  return mean;
}

Computation::Outcome Computation::score_cycle(const ScoredSpell& spell, const std::vector<KpiTargets>& targets,
                                              Derivation* trace) {
  const Mean mean = score_kpis(spell, targets, std::nullopt, trace);
  Outcome out{mean.mean(), mean.share(), {}};
  if (trace != nullptr) out.share_text = exact_text(mean.covered) + " / " + exact_text(mean.total);
  return out;
}

// Each period against its own target; the mean of those that exist. Periods without an eligible day expect nothing.
Computation::Outcome Computation::score_periods(uint32_t index, const std::vector<KpiTargets>& targets,
                                                Derivation* trace) {
  std::fill(scratch_.in.begin(), scratch_.in.end(), uint8_t{0});
  double sum = 0;
  double share = 0;
  uint32_t scored = 0;
  uint32_t expected = 0;
  MeanText scores;
  MeanText shares;
  for (uint32_t p = 0; p < state_.calendar.counted; ++p) {
    if (time_.owner[p] != index || time_.eligible[p] == 0) continue;
    scratch_.in[p] = 1;
    const std::string period = trace != nullptr ? to_string(state_.calendar.periods[p].period) : std::string();
    Derivation* node = add_part(trace, period, "kpi-period");
    if (node != nullptr) node->args = {period};
    const Mean mean = score_kpis(time_.spells[index], targets, p, node);
    scratch_.in[p] = 0;
    const auto score = mean.mean();
    ++expected;
    share += mean.share();
    if (mean.covered < mean.total) result_.set(Flag::partial_data);
    if (score) {
      sum += score->value();
      ++scored;
    }
    if (node == nullptr) continue;
    node->value = exact_text(score);
    if (!score) node->status = "no_fact";
    if (score) scores.add(node->value);
    shares.add(exact_text(mean.share()));
  }
  Outcome out{scored > 0 ? snap(sum / scored) : std::nullopt, expected > 0 ? share / expected : 0, {}};
  if (trace != nullptr) {
    record_mean(*trace, scores.text(std::to_string(scored)));
    out.share_text = shares.text(std::to_string(expected));
  }
  return out;
}

Computation::Outcome Computation::score_spell(uint32_t index, Derivation* trace) {
  const ScoredSpell& spell = time_.spells[index];
  const std::vector<KpiTargets>& targets = targets_of(spell);
  if (plan_.plan->kpi_score == model::KpiScore::periods) return score_periods(index, targets, trace);
  for (size_t p = 0; p < scratch_.in.size(); ++p) {
    scratch_.in[p] = p < state_.calendar.counted && time_.owner[p] == index;
  }
  return score_cycle(spell, targets, trace);
}

// The last spell that a counted period belongs to.
uint32_t Computation::last_scored() const {
  for (auto i = static_cast<uint32_t>(time_.spells.size()); i-- > 0;) {
    if (time_.spells[i].periods > 0) return i;
  }
  return static_cast<uint32_t>(time_.spells.size()) - 1;
}

// The node of one spell: the component's own where there is just one.
Derivation* Computation::spell_node(uint32_t index, Derivation* trace) const {
  if (trace == nullptr || time_.spells.size() == 1) return trace;
  const ScoredSpell& s = time_.spells[index];
  Derivation* node = add_node(trace, "kpi@" + std::to_string(index + 1), spell_rule(*plan_.plan, true));
  const Date first = std::max(state_.dataset.spells.range[s.first].from, state_.calendar.cycle.from);
  node->args = {to_string(first), to_string(s.last_day), std::to_string(s.eligible_days)};
  set_origin(*node, state_.dataset.spells.origin(s.first));
  return node;
}

// Why a spell has no score at all; empty when it may have one.
const char* Computation::why_not(uint32_t index, uint32_t last) const {
  if (plan_.plan->transfers == model::Transfers::last && index != last) return "not_last_spell";
  if (scorecard_of(time_.spells[index]) == kNoScorecard) return "no_scorecard";
  return time_.spells[index].periods == 0 ? "no_period" : "";
}

ComponentFigure Computation::run(Derivation* trace) {
  const bool several = time_.spells.size() > 1;
  const uint32_t last = last_scored();
  bool by_service = true;  // none of the spells that are weighed has an eligible day
  for (uint32_t i = 0; i < time_.spells.size(); ++i) {
    if (why_not(i, last)[0] == '\0' && time_.spells[i].eligible_days > 0) by_service = false;
  }
  if (trace != nullptr) trace->rule = spell_rule(*plan_.plan, false);
  ComponentFigure out;
  ByDays spells;
  spells.records = trace != nullptr;
  for (uint32_t i = 0; i < time_.spells.size(); ++i) {
    const ScoredSpell& s = time_.spells[i];
    Derivation* node = spell_node(i, trace);
    if (node != nullptr) spells.weights.push_back(0);
    const std::string_view skipped = why_not(i, last);
    out.applicable |= skipped.empty() || skipped == "no_period";
    if (node != nullptr && !skipped.empty()) record_skipped(state_, s, skipped, several, *node);
    if (!skipped.empty()) continue;
    if (node != nullptr) node->definition = state_.scorecards[scorecard_of(s)].scorecard->span;
    const Outcome o = score_spell(i, node);
    const double weight = by_service ? s.service_days : s.eligible_days;
    spells.add(weight, o.score, o.share);
    if (scratch_.kpi_scores != nullptr) scratch_.kpi_scores->end_spell(weight);
    if (node == nullptr) continue;
    out.coverage_text = "100 × " + o.share_text;
    if (!several) continue;
    node->value = exact_text(o.score);
    if (!o.score) node->status = "no_fact";
    node->weight = exact_text(weight);
  }
  if (trace != nullptr && several) record_spells(*plan_.plan, spells, out, *trace);
  if (!out.applicable) return out;
  out.score = spells.score();
  out.coverage = spells.coverage();
  out.all_carried = plan_.plan->missing == MissingPolicy::carry && out.score && !left_out_;
  return out;
}

}  // namespace

ComponentFigure kpi_component(const Scorer::State& state, const PlanRules& plan, Scratch& scratch,
                              model::PersonResult& result, Derivation* trace) {
  if (scratch.time.spells.empty()) return {};
  scratch.in.assign(state.calendar.periods.size(), 0);
  return Computation(state, plan, scratch, result).run(trace);
}

void fill_person_time(const Scorer::State& state, const PlanRules* plan, uint32_t person, PersonTime& time) {
  TimeRules rules;
  if (plan != nullptr) {
    rules.leave = &plan->plan->leave;
    rules.prorate_fte = plan->plan->prorate_fte;
  }
  fill_time(state.dataset, state.calendar, rules, person, time);
  join_spells(state.dataset, state.calendar, time, [&](uint32_t a, uint32_t b) {
    if (state.scorecard_of[a] != state.scorecard_of[b]) return false;
    return state.scorecard_of[a] == kNoScorecard || state.target_sets->same(person, state.set_of[a], state.set_of[b]);
  });
}

KpiValue whole_cycle_value(const Scorer::State& state, const PersonTime& time, uint32_t kpi, Scratch& scratch,
                           Derivation* trace) {
  std::vector<uint8_t>& in = scratch.in;
  in.assign(state.calendar.periods.size(), 0);
  for (size_t p = 0; p < state.calendar.counted; ++p) in[p] = time.owner[p] != kNobody;
  ValueRequest q;
  q.dataset = &state.dataset;
  q.calendar = &state.calendar;
  q.kpis = state.kpis;
  q.facts = scratch.facts;
  q.in = in;
  q.time = &time;
  q.subject = {false, time.person};
  return value_of(q, kpi, trace);
}

}  // namespace hr::scoring
