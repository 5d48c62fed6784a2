// One person of a stored run, without scoring the others.
#pragma once

#include <optional>
#include <string>

#include "engine/progress.h"
#include "engine/run/score.h"
#include "store/store.h"

namespace hr::engine {

// What explain(), recheck_person() and the reports about one person compute from; as rescore(), but for the others, who
// may be missing in dataset and results (ScoreOutcome::one).
ScoreOutcome rescore_person(store::Store& store, const store::Run& run, const std::string& employee, int threads,
                            const Progress& progress = {});

// Of the person alone: a dataset of the few records that matter, and what the run says of where they stand among the
// others. None where something crosses between people that the run does not say; `why` then tells what (for tests).
std::optional<ScoreOutcome> score_person_alone(store::Store& store, const store::Run& run, const std::string& employee,
                                               const Progress& progress, std::string& why);

}  // namespace hr::engine
