// The OKR component of somebody about whose objectives nothing is special: imported and the person's own, their key
// results from a start to a target, measured by check-ins. So are nearly all; they need no views of every single one.
#pragma once

#include <optional>

#include "model/result.h"
#include "scoring/state.h"

namespace hr::scoring {

// None where something is special. Figures and flags are bit by bit those of okr_component(), which everybody else goes
// through, and explanations.
std::optional<ComponentFigure> plain_okr_component(const Scorer::State& state, const PlanRules& plan, uint32_t person,
                                                   model::PersonResult& result);

}  // namespace hr::scoring
