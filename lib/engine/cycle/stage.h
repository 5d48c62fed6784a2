// The stages of a cycle: which one it is in, and what may follow. Pure. Rules: docs/spec/time.md.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/date.h"
#include "model/plan.h"
#include "store/store.h"

namespace hr::engine {

enum class Stage : uint8_t { planned, open, frozen, closed };
std::string stage_name(Stage stage);  // "planned" …: as tables and the store have it

struct CycleState {
  Stage stage = Stage::planned;
  bool by_event = false;        // somebody opened, froze, closed or reopened it; else its days alone say the stage
  store::CycleEvent last;       // with by_event: what brought it here
  int64_t official_run = 0;     // of a closed cycle; else 0
  store::Timestamp closed = 0;  // when it was closed; of any other cycle 0
};

// `events`: of any cycles, oldest first. Without an event a cycle is open from its first day on.
CycleState stage_of(const model::Cycle& cycle, const std::vector<store::CycleEvent>& events, Date today);

// Throws Error(rejected), naming the stage and what is possible, when `action` cannot follow.
void require_transition(const model::Cycle& cycle, const CycleState& state, store::CycleAction action);

// A closed cycle is scored again only with what was known when it was closed: it can say nothing new then. Throws
// Error(rejected) otherwise.
void require_scorable(const std::string& cycle, const CycleState& state, store::Timestamp known);
// Calibration changes the result, which a closed cycle keeps. Throws Error(rejected).
void require_not_closed(const std::string& cycle, const CycleState& state);

}  // namespace hr::engine
