// Targets moved after the cycle began. Pure.
#pragma once

#include <vector>

#include "base/date.h"
#include "engine/apply.h"
#include "model/definitions.h"

namespace hr::engine {

// For every scorecard KPI in both versions and every cycle that began on or before `today`: targets whose value in
// force on some period of the cycle differs between the two.
std::vector<MovedGoalpost> moved_goalposts(const model::Definitions& before, const model::Definitions& after,
                                           Date today);

}  // namespace hr::engine
