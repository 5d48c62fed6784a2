#include <algorithm>

#include "base/listed.h"
#include "scoring/adjustments.h"
#include "scoring/composite.h"

namespace hr::scoring {

namespace {

using model::Flag;

const ScorecardRules* scorecard_of(const Scorer::State& state, uint32_t person) {
  const uint32_t spell = state.last_spell[person];
  const uint32_t scorecard = spell == facts::kNone ? kNoScorecard : state.scorecard_of[spell];
  return scorecard == kNoScorecard ? nullptr : &state.scorecards[scorecard];
}

// Step 5: the cap first, then the floor.
Figure limit(const PlanRules& plan, Figure score, const std::string& sum, model::PersonResult& result,
             Derivation* trace) {
  Figure out = score;
  if (plan.cap) {
    const Figure cap = snap(*plan.cap).value_or(score);
    if (out > cap) {
      out = cap;
      result.set(Flag::capped);
    }
  }
  out = std::max(out, snap(plan.floor).value_or(out));
  if (Derivation* d = add_node(trace, "limits", plan.cap ? "limits" : "limits-floor")) {
    d->args = {sum, exact_text(plan.plan->floor), exact_text(plan.plan->cap)};
    d->value = exact_text(out);
    const model::PlanPlaces& places = plan.plan->places;
    d->definition = plan.cap && out <= score ? places.cap : places.floor;
  }
  return out;
}

// Step 6.
Figure veto(const VetoOutcome& vetoes, Figure score, model::PersonResult& result) {
  if (!vetoes.fired) return score;
  result.set(Flag::vetoed);
  return vetoes.score_cap ? std::min(score, *vetoes.score_cap) : score;
}

// "S 110, A 90, B 0": where each band begins, the best first.
std::string lines_text(const BandRules& rules) {
  std::vector<std::string> texts;
  for (auto line = rules.lines.rbegin(); line != rules.lines.rend(); ++line) {
    const model::Band& band = rules.scale->bands[line->band];
    texts.push_back(band.id + " " + exact_text(band.from));
  }
  return listed(texts);
}

// Step 8.
void take_band(const PlanRules& plan, const VetoOutcome& vetoes, model::PersonResult& result, Derivation* trace) {
  if (plan.bands.scale == nullptr) return;
  const Figure figure = plan.plan->band_on == model::BandOn::exact ? *result.exact : *result.score;
  const uint32_t absolute = band_of(plan.bands, figure);
  if (vetoes.bounds_band) result.best_band = vetoes.band;
  result.band = vetoes.bounds_band ? worse_band(plan.bands, absolute, vetoes.band) : absolute;
  Derivation* d = add_node(trace, "band", "band");
  if (d == nullptr) return;
  const auto& bands = plan.bands.scale->bands;
  d->args = {exact_text(figure), plan.bands.scale->id, "", "", lines_text(plan.bands)};
  if (absolute != model::kNoBand) {
    d->args[2] = exact_text(bands[absolute].from);
    d->args[3] = bands[absolute].id;
  }
  if (result.band != absolute && vetoes.bounding != nullptr) {
    d->rule = "band-vetoed";
    d->args.push_back(vetoes.bounding->id);
    d->args.push_back(vetoes.bounding->band);
  }
  if (result.band != model::kNoBand) {
    d->value = bands[result.band].id;
    d->definition = bands[result.band].span;
  } else {
    d->rule = "band-none";
    d->status = "no_band";
  }
  if (plan.plan->band_on == model::BandOn::exact) d->rule += "-exact";
}

// After the vetoes of the scorecard, if it has any: what they leave of the score.
void record_vetoes(const VetoOutcome& vetoes, Figure before, Figure after, const ScorecardRules* scorecard,
                   Derivation* trace) {
  if (trace == nullptr || scorecard == nullptr || scorecard->vetoes.empty()) return;
  Derivation& d = trace->parts.back();
  d.value = exact_text(after);
  d.args = {exact_text(before), exact_text(vetoes.score_cap)};
  if (vetoes.fired) d.rule = vetoes.score_cap ? "vetoes-cap" : "vetoes-fired";
}

}  // namespace

void finish_score(const Scorer::State& state, const PlanRules& plan, Scratch& scratch, model::PersonResult& result,
                  Derivation* trace) {
  const ScorecardRules* scorecard = scorecard_of(state, scratch.time.person);
  const Figure points = adjust(state, plan, scorecard, scratch, trace);
  const Figure adjusted = snap(result.raw_score->value() + points.value()).value_or(*result.raw_score);
  std::string sum;  // "112.25 + 8 = 120.25"
  if (trace != nullptr) {
    sum = exact_text(*result.raw_score);
    if (points.nano != 0) sum = sum_text(sum, points) + " = " + exact_text(adjusted);
  }
  const Figure limited = limit(plan, adjusted, sum, result, trace);
  const VetoOutcome vetoes = apply_vetoes(state, plan, scorecard, scratch, trace);
  result.exact = veto(vetoes, limited, result);
  record_vetoes(vetoes, limited, *result.exact, scorecard, trace);
  result.score = round_half_away(*result.exact, plan.decimals);
  const SourceSpan& place = plan.plan->places.decimals;
  if (Derivation* d = add_node(trace, "rounding", place.line > 0 ? "rounding" : "rounding-default")) {
    d->args = {exact_text(result.exact), std::to_string(plan.decimals)};
    d->value = exact_text(result.score);
    d->definition = place;
  }
  take_band(plan, vetoes, result, trace);
}

}  // namespace hr::scoring
