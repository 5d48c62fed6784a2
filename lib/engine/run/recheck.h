// Every derivation of a run, computed again from its leaves by recheck.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/progress.h"
#include "engine/run/score.h"
#include "recheck/recheck.h"

namespace hr::engine {

struct RecheckOutcome {
  uint64_t people = 0;  // whose trees were checked
  uint64_t nodes = 0;
  std::vector<recheck::Fault> faults;  // in the order of people, and of each tree; then ranks and places
};

// Everybody who is listed in the run. The result does not depend on the number of threads.
RecheckOutcome recheck_run(const ScoreOutcome& outcome, int threads, const Progress& progress);
// One person, by index of the dataset's people: whose rank is taken as it stands.
RecheckOutcome recheck_person(const ScoreOutcome& outcome, uint32_t person);

}  // namespace hr::engine
