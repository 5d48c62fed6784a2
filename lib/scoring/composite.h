// From components to a score: reweighting and coverage, the weighted sum, adjustments, cap and floor, vetoes.
#pragma once

#include <array>

#include "model/result.h"
#include "scoring/state.h"

namespace hr::scoring {

using ComponentFigures = std::array<ComponentFigure, model::kComponents>;

// Steps 1 and 2: component figures and coverage of the score. Tells which components count towards the score.
struct Composite {
  std::array<bool, model::kComponents> counts{};  // takes part in the weighted sum
  std::optional<Figure> raw;                      // step 3
  bool any_data = false;                          // of a component that counts
  std::optional<Figure> with_okr;                 // upside_only: the raw score with the OKRs and without
  std::optional<Figure> without_okr;
  bool okr_alone = false;  // upside_only: nothing else has data, so that they do not count
};
Composite compose(const PlanRules& plan, const ComponentFigures& components, model::PersonResult& result);
void record_raw(const PlanRules& plan, const ComponentFigures& components, const Composite& composite,
                Derivation* trace);
void record_coverage(const PlanRules& plan, const ComponentFigures& components, const Composite& composite,
                     const model::PersonResult& result, Derivation* trace);

// Steps 4 to 8. `result` has raw_score; sets exact, score, band and flags.
void finish_score(const Scorer::State& state, const PlanRules& plan, Scratch& scratch, model::PersonResult& result,
                  Derivation* trace);

}  // namespace hr::scoring
