// `missing: carry`: the scores that KPIs had in the last closed cycle. Rules: docs/spec/scoring.md, section 7.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "engine/cycle/data.h"
#include "model/result.h"
#include "store/store.h"

namespace hr::engine {

// The first plan that carries of those that a run of the cycle takes (`plan`: only that one); nullptr: none does.
const model::Plan* carrying_plan(const model::Definitions& definitions, const model::Cycle& cycle,
                                 const std::string& plan);

// Which cycle, and which run of it, scores would be carried from into `cycle`: "2025H2 (run 2)"; empty: none.
std::string carried_from(store::Store& store, const model::Cycle& cycle, store::Timestamp known);

// Fills data.dataset.carried from the official run of the cycle that had ended last before this one began, of those
// that are closed as far as was known at data.known, and moves data.known on to the last event of any cycle known at
// `known`. Nothing is filled when there is no such cycle. Errors in `diagnostics`: that run can no longer be scored.
void load_carried_scores(store::Store& store, store::Timestamp known, int threads, CycleData& data,
                         Diagnostics& diagnostics);

// What was carried, and for how many people there was nothing to carry: a note, or a warning where no cycle is closed.
// None when nobody lacked data.
Diagnostics carried_findings(const CycleData& data, const model::Plan& plan,
                             std::span<const model::PersonResult> results);

}  // namespace hr::engine
