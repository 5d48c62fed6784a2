// Days in service and eligible days of a person, and whether the plan rates people with such days.
#pragma once

#include "model/result.h"
#include "scoring/state.h"
#include "scoring/trace.h"

namespace hr::scoring {

// Sets the reasons min_service and not_eligible. `trace`, where given, gets the node `service`: the spells and leaves
// that make the days, each with its row, and the rules of eligibility.
void check_eligibility(const Scorer::State& state, const PlanRules& plan, const PersonTime& time,
                       model::PersonResult& result, Derivation* trace);

}  // namespace hr::scoring
