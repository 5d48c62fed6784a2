#include "scoring/kpi_trace.h"

#include "scoring/applicability.h"

namespace hr::scoring {

namespace {

std::string percent_text(double part, double whole) {
  const auto figure = snap(100 * part / whole);
  return figure ? exact_text(*figure) : std::string();
}

// No scorecard fits the spell: those that were tried.
void record_scorecards_tried(const Scorer::State& state, const ScoredSpell& spell, Derivation& node) {
  for (const model::Scorecard& scorecard : state.definitions.scorecards) {
    Derivation* tried = add_part(&node, "scorecard/" + scorecard.id, "applies-not");
    record_applies_not(state.dataset.spells, spell.last, scorecard.id, scorecard.applies_to, *tried);
  }
}

}  // namespace

const char* spell_rule(const model::Plan& plan, bool one_of_several) {
  const bool periods = plan.kpi_score == model::KpiScore::periods;
  if (one_of_several) return periods ? "kpi-spell-periods" : "kpi-spell";
  return periods ? "kpi-periods" : "weighted-mean";
}

void record_kpi(const EntryRules& entry, const KpiValue& value, const CurveOutcome& outcome, uint32_t expected,
                Derivation& node) {
  node.value = exact_text(outcome.score);
  node.status = name_of(outcome.fault);
  node.definition = entry.entry->span;
  if (value.value && entry.additive && entry.curve.needs != 0 && value.covered < expected) {
    node.args = {entry.entry->kpi, std::to_string(value.covered), std::to_string(expected)};
    node.rule = "kpi-partial";
  }
  node.args.push_back(exact_text(entry.curve.floor));
  node.args.push_back(exact_text(entry.curve.cap));
}

void record_carried(const model::Plan& plan, const EntryRules& entry, const facts::CarriedScores& scores,
                    const Figure* score, Derivation& node) {
  node.rule = score != nullptr ? "kpi-carried" : scores.cycle.empty() ? "kpi-not-carried-none" : "kpi-not-carried";
  node.args = {entry.entry->kpi, scores.cycle, std::to_string(scores.run)};
  node.definition = plan.places.missing;
  if (score == nullptr) return;
  node.value = exact_text(*score);
  node.status = "carried";
}

void record_weights(Derivation& node, const std::vector<KpiTargets>& targets, Date day, const Mean& mean, bool zero) {
  for (size_t k = 0; k < targets.size(); ++k) {
    Derivation& d = node.parts[node.parts.size() - targets.size() + k];
    d.weight = exact_text(weight_on(targets[k].source, day));
    const bool counts = !d.value.empty() || zero;
    d.effective_weight = counts && mean.weight > 0 ? percent_text(targets[k].weight, mean.weight) : "0";
    if (d.status.empty() && targets[k].weight == 0) d.status = name_of(Fault::no_weight);
  }
}

void record_mean(Derivation& node, const std::string& mean) {
  node.args.push_back(mean);
  if (mean.empty()) node.rule += "-none";
}

void record_skipped(const Scorer::State& state, const ScoredSpell& spell, std::string_view why, bool several,
                    Derivation& node) {
  const bool none_fits = why == "no_scorecard";
  node.status = why;
  node.rule = several ? "kpi-spell-skipped" : none_fits ? "no-scorecard" : "weighted-mean-none";
  if (none_fits) record_scorecards_tried(state, spell, node);
}

void record_spells(const model::Plan& plan, const ByDays& spells, ComponentFigure& out, Derivation& trace) {
  const bool last_only = plan.transfers == model::Transfers::last;
  trace.rule = last_only ? "kpi-last-spell" : "kpi-by-days";
  trace.definition = plan.places.transfers;
  if (!last_only) record_mean(trace, spells.scores.text(exact_text(spells.scored)));
  const std::string shares = spells.shares.text(exact_text(spells.days));
  if (!shares.empty()) out.coverage_text = "100 × " + shares;
  for (size_t i = 0; i < trace.parts.size(); ++i) {
    Derivation& spell = trace.parts[i];
    if (spell.weight.empty()) continue;
    const bool counts = !spell.value.empty() && spells.scored > 0;
    spell.effective_weight = counts ? percent_text(spells.weights[i], spells.scored) : "0";
  }
}

}  // namespace hr::scoring
