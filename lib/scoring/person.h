// Scores one person: eligibility, components, composite, band. The same code explains when it is given a node.
#pragma once

#include "model/result.h"
#include "scoring/state.h"

namespace hr::scoring {

Scratch make_scratch(const Scorer::State& state);
void score_person(const Scorer::State& state, uint32_t person, Scratch& scratch, model::PersonResult& result,
                  Derivation* trace);

}  // namespace hr::scoring
