// Scores one person: eligibility, components, composite, band. The same code explains when it is given a node.
#pragma once

#include "model/result.h"
#include "scoring/state.h"

namespace hr::scoring {

Scratch make_scratch(const Scorer::State& state);
// `batched`: the KPI component, where it was scored before; nullptr: it is not, and when it is to be explained.
struct BatchedKpi;
void score_person(const Scorer::State& state, uint32_t person, Scratch& scratch, const BatchedKpi* batched,
                  model::PersonResult& result, Derivation* trace);

}  // namespace hr::scoring
