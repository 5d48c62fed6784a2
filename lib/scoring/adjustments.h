// Adjustments (加减分项) and vetoes (一票否决): whole-cycle values of declared KPIs, once a person, by the scorecard of
// the last spell.
#pragma once

#include <optional>

#include "model/result.h"
#include "scoring/state.h"

namespace hr::scoring {

// Points to add, snapped; each item bounded by its cap, their sum by the plan's. Zero where there is nothing to adjust.
Figure adjust(const Scorer::State& state, const PlanRules& plan, const ScorecardRules* scorecard, Scratch& scratch,
              Derivation* trace);

struct VetoOutcome {
  bool fired = false;
  std::optional<Figure> score_cap;  // the lowest of those that fired
  uint32_t band = model::kNoBand;   // the worst of those that fired and name one
  bool bounds_band = false;
  const model::Veto* bounding = nullptr;  // the one whose band that is
};
VetoOutcome apply_vetoes(const Scorer::State& state, const PlanRules& plan, const ScorecardRules* scorecard,
                         Scratch& scratch, Derivation* trace);

}  // namespace hr::scoring
