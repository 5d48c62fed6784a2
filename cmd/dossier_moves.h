// Of a dossier, what moved a person's score or what it is measured by, outside of the figures.
#pragma once

#include <vector>

#include "engine/run/calibration.h"
#include "model/access.h"
#include "report/dossier.h"
#include "store/store.h"

namespace hr::cmd {

// Of a run that a dossier has.
struct RunMoves {
  store::Run run;
  std::vector<engine::MoveOfRun> moves;
  std::vector<Date> days;  // when each was made
};
RunMoves moves_of(store::Store& store, const store::Run& run);

// Oldest first. `dossier` has its runs and its detail.
void add_moves(const std::vector<store::TargetChange>& targets, const std::vector<RunMoves>& runs,
               model::AccessFields seen, report::Dossier& dossier);

}  // namespace hr::cmd
