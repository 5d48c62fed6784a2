// Goalposts: what a cycle's people are measured by, moved after the cycle began. Pure. Rules: docs/spec/time.md.
#pragma once

#include <string>
#include <vector>

#include "base/date.h"
#include "base/diagnostic.h"
#include "engine/cycle/stage.h"
#include "engine/who_when.h"
#include "model/definitions.h"
#include "store/store.h"

namespace hr::engine {

struct MovedGoalpost {
  std::string cycle;
  Stage stage = Stage::open;  // of the cycle
  std::string subject;        // scorecard:ID, key_result:ID … as in Measure
  std::string kpi;
  std::string field;
  std::string before;  // empty = not given
  std::string after;
  SourceSpan span;        // where it is written now; of what is gone, beside what is left of it
  bool is_new = false;    // the subject was not there before: a first target, which moves nothing
  bool of_cycle = false;  // see Measure
};

// How two versions of the definitions differ in what `cycle` (as in `before`) measures by. A cycle that is gone is one
// difference.
std::vector<MovedGoalpost> differences(const model::Definitions& before, const model::Definitions& after,
                                       const model::Cycle& cycle);

// The stages of cycles at a time.
struct Stages {
  const std::vector<store::CycleEvent>& events;
  Date today;
};

// What new definitions move in cycles that have begun, and what they must not touch.
struct GoalpostVerdict {
  std::vector<MovedGoalpost> moved;  // of open cycles: needs a reason, and is recorded
  Diagnostics frozen;                // `cycle-frozen`: refuses the definitions
};
GoalpostVerdict judge_goalposts(const model::Definitions& before, const model::Definitions& after,
                                const Stages& stages);

// As the store keeps it.
store::TargetChange recorded(const MovedGoalpost& moved, const WhoWhen& who, store::Timestamp at,
                             const std::string& reason);

}  // namespace hr::engine
