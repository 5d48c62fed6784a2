#include <algorithm>

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
Figure limit(const PlanRules& plan, Figure score, model::PersonResult& result, Derivation* trace) {
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
    d->args = {exact_text(score), exact_text(plan.plan->floor), exact_text(plan.plan->cap)};
    d->value = exact_text(out);
    d->definition = plan.plan->span;
  }
  return out;
}

// Step 6.
Figure veto(const VetoOutcome& vetoes, Figure score, model::PersonResult& result) {
  if (!vetoes.fired) return score;
  result.set(Flag::vetoed);
  return vetoes.score_cap ? std::min(score, *vetoes.score_cap) : score;
}

// Step 8.
void take_band(const PlanRules& plan, const VetoOutcome& vetoes, model::PersonResult& result, Derivation* trace) {
  if (plan.bands.scale == nullptr) return;
  const Figure figure = plan.plan->band_on == model::BandOn::exact ? *result.exact : *result.score;
  const uint32_t absolute = band_of(plan.bands, figure);
  result.band = vetoes.bounds_band ? worse_band(plan.bands, absolute, vetoes.band) : absolute;
  Derivation* d = add_node(trace, "band", "band");
  if (d == nullptr) return;
  const auto& bands = plan.bands.scale->bands;
  d->args = {exact_text(figure), plan.bands.scale->id};
  if (absolute != model::kNoBand) {
    d->args.push_back(exact_text(bands[absolute].from));
    d->args.push_back(bands[absolute].id);
    d->definition = bands[absolute].span;
  }
  if (result.band != absolute) d->rule = "band-vetoed";
  if (result.band != model::kNoBand) {
    d->value = bands[result.band].id;
  } else {
    d->rule = "band-none";
    d->status = "no_band";
  }
}

}  // namespace

void finish_score(const Scorer::State& state, const PlanRules& plan, Scratch& scratch, model::PersonResult& result,
                  Derivation* trace) {
  const ScorecardRules* scorecard = scorecard_of(state, scratch.time.person);
  const Figure points = adjust(state, plan, scorecard, scratch, trace);
  const Figure adjusted = snap(result.raw_score->value() + points.value()).value_or(*result.raw_score);
  const Figure limited = limit(plan, adjusted, result, trace);
  const VetoOutcome vetoes = apply_vetoes(state, plan, scorecard, scratch, trace);
  result.exact = veto(vetoes, limited, result);
  if (vetoes.fired && trace != nullptr) trace->parts.back().value = exact_text(result.exact);
  result.score = round_half_away(*result.exact, plan.decimals);
  if (Derivation* d = add_node(trace, "rounding", "rounding")) {
    d->args = {exact_text(result.exact), std::to_string(plan.decimals)};
    d->value = exact_text(result.score);
    d->definition = plan.plan->span;
  }
  take_band(plan, vetoes, result, trace);
}

}  // namespace hr::scoring
