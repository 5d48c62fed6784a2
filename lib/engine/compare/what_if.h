// What if definitions or data were others: a stored run beside what the same cycle comes to with a patch. Nothing is
// stored: the patch is laid on a copy of the store as the run knew it.
#pragma once

#include <string>
#include <vector>

#include "defs/load.h"
#include "engine/compare/compare_runs.h"
#include "engine/who_when.h"

namespace hr::engine {

struct WhatIfRequest {
  defs::DefinitionFile patch;
  std::string plan;  // another plan than the run's; empty = the run's
  int threads = 1;
  WhoWhen who_when;
};

struct WhatIfOutcome {
  ComparedRun before, after;  // after.id is 0; where the patch has errors nothing is in `after`
  facts::RunDifference difference;
  Diagnostics diagnostics;                    // errors: nothing was scored
  std::vector<defs::DefinitionFile> sources;  // what they point into
};

// `run` as find_run() gives it. Of a calibrated run the scored one below it is compared.
WhatIfOutcome what_if(store::Store& store, const store::Run& run, const WhatIfRequest& request,
                      const Progress& progress);

}  // namespace hr::engine
