// Key results → objectives → the OKR component.
#pragma once

#include <vector>

#include "model/result.h"
#include "scoring/key_result.h"
#include "scoring/state.h"

namespace hr::scoring {

// How a plan scores progress. Progress itself is the same under every plan.
struct OkrScoring {
  double norm = 0.7;
  double cap = 1;
  bool zero_when_missing = false;
  const model::PlanPlaces* places = nullptr;  // of the plan that says so
};
OkrScoring okr_scoring(const PlanRules& plan);

struct ObjectiveFigures {
  bool applicable = false;         // has a key result that is scored
  std::optional<Figure> score;     // roll-up of contributions
  std::optional<Figure> progress;  // roll-up of progress
  double share = 0;                // of the key results' weight with data
  bool missed = false;
  bool broken = false;
  bool outdated = false;  // nothing heard about any scored key result
};

// `time` is scratch space for the owner's days. `key_results`, where given, gets one element a key result.
ObjectiveFigures score_objective(const Scorer::State& state, uint32_t objective, const OkrScoring& scoring,
                                 Scratch& scratch, std::vector<KeyResultProgress>* key_results, Derivation* trace);

// The component of the person of scratch.time. Sets flags in `result`.
ComponentFigure okr_component(const Scorer::State& state, const PlanRules& plan, Scratch& scratch,
                              model::PersonResult& result, Derivation* trace);

}  // namespace hr::scoring
