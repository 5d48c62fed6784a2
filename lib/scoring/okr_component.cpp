#include "scoring/okr_component.h"

#include <algorithm>

#include "scoring/kpi_component.h"

namespace hr::scoring {

namespace {

using model::Flag;
using model::RollUp;

std::optional<uint32_t> kpi_index(const Scorer::State& state, std::string_view id) {
  for (uint32_t i = 0; i < state.definitions.kpis.size(); ++i) {
    if (state.definitions.kpis[i].id == id) return i;
  }
  return std::nullopt;
}

// The facts of the objective's owner: a person's over the whole cycle, a unit's, the company's = the root unit's.
Measure measure_kpi(const Scorer::State& state, const facts::Objective& objective, std::string_view kpi_id,
                    Scratch& scratch, Derivation* trace) {
  Measure m;
  m.by_kpi = true;
  m.fault = Fault::no_fact;
  const std::string id(kpi_id);
  const auto kpi = kpi_index(state, id);
  if (!kpi) return m;
  m.direction = state.definitions.kpis[*kpi].direction;
  Derivation* outer = add_part(trace, "value", "value");
  if (outer != nullptr) outer->args = {id};
  Derivation* node = add_part(outer, id, "value");
  if (node != nullptr) node->args = {id};
  KpiValue v;
  if (objective.owner_kind == model::OwnerKind::employee) {
    const uint32_t person = objective.owner_person;
    if (person == facts::kNone) return m;
    const bool scored = scratch.time.person == person && !scratch.time.spells.empty();
    if (!scored) fill_person_time(state, nullptr, person, scratch.other);
    v = whole_cycle_value(state, scored ? scratch.time : scratch.other, *kpi, scratch, node);
  } else {
    const uint32_t unit = objective.owner_kind == model::OwnerKind::company
                              ? state.okr_people.root
                              : state.dataset.units.find(objective.owner).value_or(facts::kNone);
    if (unit == facts::kNone) {
      m.fault = Fault::no_unit;
      return m;
    }
    scratch.in.assign(state.calendar.periods.size(), 0);
    std::fill_n(scratch.in.begin(), state.calendar.counted, uint8_t{1});
    ValueRequest q;
    q.dataset = &state.dataset;
    q.calendar = &state.calendar;
    q.kpis = state.kpis;
    q.facts = scratch.facts;
    q.in = scratch.in;
    q.subject = {true, unit};
    v = value_of(q, *kpi, node);
  }
  m.value = v.value;
  m.fault = v.fault;
  if (outer != nullptr) outer->value = exact_text(v.value);
  if (outer != nullptr) outer->status = name_of(v.fault);
  return m;
}

std::optional<Figure> contribution(const facts::KeyResult& kr, const KeyResultFigures& f, const OkrScoring& scoring,
                                   Derivation* trace) {
  if (!f.progress) return std::nullopt;
  if (kr.type != model::KeyResultType::aspirational) return f.progress;
  const double raw = f.progress->value() / scoring.norm;
  const auto score = snap(std::min(raw, scoring.cap));
  if (Derivation* d = add_part(trace, "norm", "kr-aspirational")) {
    d->args = {exact_text(*f.progress), exact_text(scoring.norm), exact_text(scoring.cap)};
    d->value = exact_text(score);
    if (scoring.places != nullptr)
      d->definition = raw > scoring.cap ? scoring.places->okr_cap : scoring.places->okr_norm;
  }
  return score;
}

// Rolls figures up by weights, all alike, or the least; a missing one is left out, or counts 0.
class Rolling {
 public:
  Rolling(RollUp kind, bool zero_when_missing, bool records = false)
      : kind_(kind), zero_(zero_when_missing), records_(records) {}

  void add(const std::optional<Decimal>& declared, std::optional<Figure> figure) {
    const double weight = kind_ == RollUp::weighted && declared ? declared->to_double() : 1;
    total_ += weight;
    if (figure) covered_ += weight;
    if (!figure && zero_) figure = Figure{};
    if (!figure) return;
    sum_ += weight * figure->value();
    weight_ += weight;
    if (records_ && kind_ == RollUp::weighted && declared)
      text_.add(exact_text(*declared), exact_text(*figure));
    else if (records_)
      text_.add(exact_text(*figure));
    if (!least_ || *figure < *least_) least_ = figure;
  }

  std::optional<Figure> result() const {
    if (kind_ == RollUp::min) return least_;
    return weight_ > 0 ? snap(sum_ / weight_) : std::nullopt;
  }
  double share() const { return total_ > 0 ? covered_ / total_ : 0; }
  double weight() const { return weight_; }
  // How the result came about; of `min` the figures that it is the least of.
  std::string text() const { return kind_ == RollUp::min ? text_.figures() : text_.text(exact_text(weight_)); }

 private:
  RollUp kind_;
  bool zero_;
  bool records_;
  MeanText text_;
  double sum_ = 0;
  double weight_ = 0;
  double covered_ = 0;
  double total_ = 0;
  std::optional<Figure> least_;
};

const char* rule_of(RollUp kind) {
  return kind == RollUp::min ? "roll-up-min" : kind == RollUp::mean ? "roll-up-mean" : "roll-up-weighted";
}

const char* type_rule(model::KeyResultType type) {
  switch (type) {
    case model::KeyResultType::aspirational:
      return "key-result-aspirational";
    case model::KeyResultType::learning:
      return "key-result-learning";
    case model::KeyResultType::guardrail:
      return "guardrail-most";
    case model::KeyResultType::committed:
      break;
  }
  return "key-result-committed";
}

void record_weights(Derivation* trace, const facts::Okrs& okrs, uint32_t index, const Rolling& rolling, bool zero) {
  if (trace == nullptr) return;
  const facts::Objective objective = okrs.objective(index);
  for (uint32_t k = objective.begin; k < objective.end; ++k) {
    const facts::KeyResult kr = okrs.key_result(index, k);
    Derivation& d = trace->parts[k - objective.begin];
    if (!is_scored(kr.type)) continue;
    const double weight = objective.roll_up == RollUp::weighted && kr.weight ? kr.weight->to_double() : 1;
    d.weight = kr.weight ? exact_text(*kr.weight) : std::string();
    const bool counts = !d.value.empty() || zero;
    const auto percent =
        counts && rolling.weight() > 0 ? snap(100 * weight / rolling.weight()) : std::optional<Figure>();
    if (objective.roll_up != RollUp::min) d.effective_weight = percent ? exact_text(*percent) : "0";
  }
}

void tell(KeyResultProgress& out, const facts::KeyResult& kr, const KeyResultFigures& figures,
          std::optional<Figure> score) {
  out.progress = figures.progress;
  out.score = is_scored(kr.type) ? score : std::nullopt;
  out.current = figures.current;
  out.state = figures.state;
  out.missed = kr.type == model::KeyResultType::committed && figures.progress && figures.progress->nano < kNano;
}

}  // namespace

OkrScoring okr_scoring(const PlanRules& plan) {
  return {plan.okr_norm, plan.okr_cap, plan.plan->missing == model::MissingPolicy::zero, &plan.plan->places};
}

ObjectiveFigures score_objective(const Scorer::State& state, uint32_t index, const OkrScoring& scoring,
                                 Scratch& scratch, std::vector<KeyResultProgress>* key_results, Derivation* trace) {
  const facts::Okrs& okrs = state.dataset.okrs;
  const facts::Objective objective = okrs.objective(index);
  ObjectiveFigures out;
  Rolling scores(objective.roll_up, scoring.zero_when_missing, trace != nullptr);
  Rolling progress(objective.roll_up, scoring.zero_when_missing);
  bool all_outdated = true;
  for (uint32_t k = objective.begin; k < objective.end; ++k) {
    const facts::KeyResult kr = okrs.key_result(index, k);
    Derivation* node = add_part(trace, kr.id, type_rule(kr.type));
    if (node != nullptr) node->definition = okrs.span_of(index, k);
    Measure measure;
    if (!kr.kpi.empty()) measure = measure_kpi(state, objective, kr.kpi, scratch, node);
    const KeyResultFigures f = measure_key_result(kr, okrs, measure, state.calendar, node);
    const auto score = contribution(kr, f, scoring, node);
    KeyResultProgress shown;
    tell(shown, kr, f, score);
    if (key_results != nullptr) key_results->push_back(shown);
    out.broken |= f.state == OkrState::broken;
    if (is_scored(kr.type)) {
      scores.add(kr.weight, score);
      progress.add(kr.weight, f.progress);
      out.applicable = true;
      out.missed |= shown.missed;
      all_outdated &= f.state == OkrState::outdated;
    }
    if (node != nullptr && kr.type != model::KeyResultType::guardrail) {
      node->value = exact_text(is_scored(kr.type) ? score : f.progress);
      node->status = is_scored(kr.type) ? name_of(score ? Fault::none : f.fault) : "not_scored";
    }
  }
  out.score = scores.result();
  out.progress = progress.result();
  out.share = scores.share();
  out.outdated = out.applicable && all_outdated;
  record_weights(trace, okrs, index, scores, scoring.zero_when_missing);
  if (trace != nullptr) {
    trace->args = {scores.text()};
    if (trace->args[0].empty()) trace->rule += "-none";
  }
  return out;
}

namespace {

// Objectives of one person, weighed.
struct Weighing {
  double sum = 0;
  double weight = 0;  // of objectives with a score
  double covered = 0;
  double total = 0;
  bool records = false;
  MeanText scores;  // as they are added, when it records
  MeanText shares;

  void add(const std::optional<Decimal>& declared, const ObjectiveFigures& f) {
    const double w = declared ? declared->to_double() : 1;
    total += w;
    covered += w * f.share;
    if (records) record(shares, declared, exact_text(f.share));
    if (!f.score) return;
    sum += w * f.score->value();
    weight += w;
    if (records) record(scores, declared, exact_text(*f.score));
  }

 private:
  static void record(MeanText& text, const std::optional<Decimal>& declared, const std::string& figure) {
    if (declared)
      text.add(exact_text(*declared), figure);
    else
      text.add(figure);
  }
};

void record_objective(Derivation* node, const Scorer::State& state, uint32_t index, const ObjectiveFigures& f) {
  if (node == nullptr) return;
  const facts::Okrs& okrs = state.dataset.okrs;
  node->definition = okrs.span_of(index);
  set_origin(*node, okrs.origin[index]);
  node->value = exact_text(f.score);
  node->weight = exact_text(okrs.weight[index]);
  node->status = !f.applicable ? "not_applicable" : f.score ? "" : "no_checkin";
}

// After the sum of the weights is known. `weights`: 0 for what does not count.
void record_component(Derivation* trace, const std::vector<double>& weights, const Weighing& objectives,
                      ComponentFigure& out) {
  if (trace == nullptr) return;
  const double sum = objectives.weight;
  for (size_t i = 0; i < weights.size(); ++i) {
    trace->parts[i].effective_weight = sum > 0 ? exact_text(snap(100 * weights[i] / sum)) : "0";
  }
  trace->args = {objectives.scores.text(exact_text(sum))};
  if (weights.empty()) {
    trace->rule = "okr-no-objective";
  } else if (trace->args[0].empty()) {
    trace->rule = "okr-component-none";
  }
  out.coverage_text = "100 × " + objectives.shares.text(exact_text(objectives.total));
}

}  // namespace

ComponentFigure okr_component(const Scorer::State& state, const PlanRules& plan, Scratch& scratch,
                              model::PersonResult& result, Derivation* trace) {
  const uint32_t person = scratch.time.person;
  const uint32_t last = state.last_spell[person];
  const uint32_t unit = last < state.dataset.spells.unit.size() ? state.dataset.spells.unit[last] : facts::kNone;
  objectives_of(state.okr_people, plan.plan->okr.units, person, unit, scratch.objectives);
  const OkrScoring scoring = okr_scoring(plan);
  ComponentFigure out;
  Weighing objectives;
  objectives.records = trace != nullptr;
  std::vector<double> weights;  // filled when recording
  for (const uint32_t o : scratch.objectives) {
    const facts::Objective objective = state.dataset.okrs.objective(o);
    Derivation* node = add_part(trace, objective.id, rule_of(objective.roll_up));
    const ObjectiveFigures f = score_objective(state, o, scoring, scratch, nullptr, node);
    if (f.missed) result.set(Flag::missed);
    if (f.broken) result.set(Flag::guardrail_broken);
    record_objective(node, state, o, f);
    const double weight = objective.weight ? objective.weight->to_double() : 1;
    if (trace != nullptr) weights.push_back(f.applicable && f.score ? weight : 0);
    if (!f.applicable) continue;
    out.applicable = true;
    objectives.add(objective.weight, f);
  }
  record_component(trace, weights, objectives, out);
  if (!out.applicable) return out;
  if (objectives.weight > 0) out.score = snap(100 * (objectives.sum / objectives.weight));
  out.coverage = objectives.total > 0 ? snap(100 * (objectives.covered / objectives.total)) : make_figure(0);
  return out;
}

}  // namespace hr::scoring
