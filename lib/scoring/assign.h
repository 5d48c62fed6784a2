// Who is scored by what: the last spell, plan and scorecard of everyone; conflicts and gaps are diagnostics.
#pragma once

#include "scoring/state.h"

namespace hr::scoring {

// Fills plans, plan_of, last_spell, scorecard_of, set_of. Needs calendar, kpis and scorecards.
void assign_people(Scorer::State& state, const ScoreOptions& options);

// Rules on weights that only the whole of the data shows: bulk weights, objectives of one person; targets that are
// missing; ratings outside the scale. After everybody's scorecard and objectives are known.
void check_data(Scorer::State& state, int threads);

}  // namespace hr::scoring
