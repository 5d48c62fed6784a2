// Advice: what would lift one person's score, and which of their figures matters most.
#pragma once

#include <cstdint>

#include "engine/run/score.h"
#include "model/advice.h"

namespace hr::engine {

// Every figure in it is found by scoring the person again, with the same code, on `outcome`'s own data: facts and
// check-ins are moved in place and put back, so that a run of everybody is computed once. `outcome` is of rescore();
// its scorer may be replaced. The person must be in the run.
model::Advice advise(ScoreOutcome& outcome, uint32_t person);

}  // namespace hr::engine
