// Two runs of one cycle beside each other: who differs, by how much, and why. Scores the first run again with one kind
// of the second one's inputs after the other (facts/run_difference.h says in which order).
#pragma once

#include "engine/cycle/data.h"
#include "engine/progress.h"
#include "engine/run/score.h"
#include "facts/run_difference.h"
#include "store/store.h"

namespace hr::engine {

// One side of a comparison: a run as it stands, and what it was scored from.
struct ComparedRun {
  int64_t id = 0;                             // 0 = a trial that is not stored
  store::Run scored;                          // the scored run: of a calibrated one, the one below it
  facts::Frame scores;                        // as it stands, calibration included
  std::optional<facts::Frame> stored;         // of the scored run, as stored; none of a trial
  std::vector<store::CalibrationMove> moves;  // laid on it, in order
  AppliedDefinitions applied;
};
// A stored run. Throws Error(system) when its definitions are gone.
ComparedRun compared_run(store::Store& store, const store::Run& run);

// Throws Error(rejected) when they are of two cycles, Error(system) when a run does not come out again as it was stored
// (another version of hrctl made it).
facts::RunDifference compare_runs(store::Store& store, const ComparedRun& before, const ComparedRun& after, int threads,
                                  const Progress& progress);

}  // namespace hr::engine
