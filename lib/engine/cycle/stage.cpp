#include "engine/cycle/stage.h"

#include "base/error.h"
#include "base/timestamp.h"

namespace hr::engine {

using store::CycleAction;

std::string stage_name(Stage stage) {
  switch (stage) {
    case Stage::planned:
      return "planned";
    case Stage::open:
      return "open";
    case Stage::frozen:
      return "frozen";
    case Stage::closed:
      break;
  }
  return "closed";
}

CycleState stage_of(const model::Cycle& cycle, const std::vector<store::CycleEvent>& events, Date today) {
  CycleState state;
  if (cycle.range.from <= today) state.stage = Stage::open;
  for (const store::CycleEvent& event : events) {
    if (event.cycle != cycle.id) continue;
    state.by_event = true;
    state.last = event;
    const bool closes = event.action == CycleAction::close;
    state.stage = closes ? Stage::closed : event.action == CycleAction::freeze ? Stage::frozen : Stage::open;
    state.official_run = closes ? event.run : 0;
    state.closed = closes ? event.at : 0;
  }
  return state;
}

static bool may_follow(const CycleState& state, CycleAction action) {
  switch (action) {
    case CycleAction::open:  // that of a cycle whose first day has come says that its targets are agreed
      return !state.by_event;
    case CycleAction::freeze:
      return state.stage == Stage::open;
    case CycleAction::close:
      return state.stage == Stage::open || state.stage == Stage::frozen;
    case CycleAction::reopen:
      break;
  }
  return state.stage == Stage::frozen || state.stage == Stage::closed;
}

void require_transition(const model::Cycle& cycle, const CycleState& state, CycleAction action) {
  if (may_follow(state, action)) return;
  const Stage stage = state.stage;
  throw Error(ErrorKind::rejected,
              stage == Stage::planned  ? "cycle-stage/planned"
              : stage == Stage::open   ? "cycle-stage/open"
              : stage == Stage::frozen ? "cycle-stage/frozen"
                                       : "cycle-stage/closed",
              {cycle.id, to_string(cycle.range.from), std::to_string(state.official_run)});
}

void require_scorable(const std::string& cycle, const CycleState& state, store::Timestamp known) {
  if (state.stage != Stage::closed || known <= state.closed) return;
  throw Error(ErrorKind::rejected, "cycle-closed/score",
              {cycle, to_iso_timestamp(state.closed), std::to_string(state.official_run)});
}

void require_not_closed(const std::string& cycle, const CycleState& state) {
  if (state.stage != Stage::closed) return;
  throw Error(ErrorKind::rejected, "cycle-closed/calibrate",
              {cycle, to_iso_timestamp(state.closed), std::to_string(state.official_run)});
}

}  // namespace hr::engine
