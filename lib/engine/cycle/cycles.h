// Cycles as people run them: opened, frozen, closed, reopened. Each step is recorded with who, when and why.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/cycle/goalposts.h"
#include "engine/who_when.h"
#include "store/store.h"

namespace hr::engine {

struct CycleStep {
  std::string cycle;
  store::CycleAction action = store::CycleAction::open;
  std::optional<int64_t> run;  // close: the run that becomes official; none = the last of the cycle
  std::string reason;          // reopen needs one
  WhoWhen who_when;
};

struct CycleStepOutcome {
  store::CycleEvent event;           // as recorded
  uint64_t later_imports = 0;        // close: imports that the official run does not know
  bool later_definitions = false;    // close: and whether definitions were applied that it does not know
  std::vector<MovedGoalpost> moved;  // reopen of a closed cycle: how its goalposts differ from those it was closed with
};

// Throws Error(rejected), and nothing is recorded, when there is no such cycle, when the step cannot follow, and when
// there is no final run to close with.
CycleStepOutcome step_cycle(store::Store& store, const CycleStep& step);

struct CycleLine {
  model::Cycle cycle;
  CycleState state;
};
// The cycles of the applied definitions in their order of days, as of `today`.
std::vector<CycleLine> list_cycles(store::Store& store, Date today);

// The stage of a cycle as the store knows it now. Throws Error(rejected) when there is no such cycle.
CycleState cycle_state(store::Store& store, const std::string& cycle, Date today);

}  // namespace hr::engine
