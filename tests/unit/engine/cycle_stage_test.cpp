#include "engine/cycle/stage.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace hr;
using namespace hr::engine;
using store::CycleAction;

namespace {

const model::Cycle& half() {
  static const model::Cycle cycle = [] {
    model::Cycle c;
    c.id = "H1";
    c.range = {*parse_date("2026-01-01"), *parse_date("2026-07-01")};
    return c;
  }();
  return cycle;
}

const Date kBefore = *parse_date("2025-12-31");
const Date kFirst = *parse_date("2026-01-01");

store::CycleEvent event(CycleAction action, store::Timestamp at, int64_t run = 0, const char* cycle = "H1") {
  return {cycle, action, run, at, "li.na", ""};
}

std::string refusal(const CycleState& state, CycleAction action) {
  try {
    require_transition(half(), state, action);
  } catch (const Error& e) {
    return e.message();
  }
  return "";
}

}  // namespace

TEST_CASE("Without a step the first day opens a cycle") {
  CHECK(stage_of(half(), {}, kBefore).stage == Stage::planned);
  CHECK(stage_of(half(), {}, kFirst).stage == Stage::open);
  CHECK_FALSE(stage_of(half(), {}, kFirst).by_event);
}

TEST_CASE("The last step says the stage; steps of other cycles do not") {
  const std::vector<store::CycleEvent> events{event(CycleAction::open, 1), event(CycleAction::freeze, 2),
                                              event(CycleAction::close, 3, 7), event(CycleAction::freeze, 4, 0, "H2")};
  const CycleState closed = stage_of(half(), events, kBefore);
  CHECK(closed.stage == Stage::closed);
  CHECK(closed.official_run == 7);
  CHECK(closed.closed == 3);
  CHECK(closed.last.at == 3);
  CHECK(stage_of(half(), {events[0]}, kBefore).stage == Stage::open);
  CHECK(stage_of(half(), {events[0], events[1]}, kFirst).stage == Stage::frozen);
  const CycleState again = stage_of(half(), {events[2], event(CycleAction::reopen, 5)}, kFirst);
  CHECK(again.stage == Stage::open);
  CHECK(again.official_run == 0);
  CHECK(again.closed == 0);
}

TEST_CASE("Which step may follow which stage") {
  const CycleState planned;
  CycleState by_days;  // open, because its first day has come
  by_days.stage = Stage::open;
  CycleState open = by_days;
  open.by_event = true;
  CycleState frozen = open;
  frozen.stage = Stage::frozen;
  CycleState closed = open;
  closed.stage = Stage::closed;
  struct Row {
    const CycleState& state;
    bool may[4];  // open, freeze, close, reopen
    const char* message;
  };
  const Row rows[] = {{planned, {true, false, false, false}, "cycle-stage/planned"},
                      {by_days, {true, true, true, false}, "cycle-stage/open"},
                      {open, {false, true, true, false}, "cycle-stage/open"},
                      {frozen, {false, false, true, true}, "cycle-stage/frozen"},
                      {closed, {false, false, false, true}, "cycle-stage/closed"}};
  for (const Row& row : rows) {
    for (const CycleAction action : {CycleAction::open, CycleAction::freeze, CycleAction::close, CycleAction::reopen}) {
      CAPTURE(row.message);
      CAPTURE(static_cast<int>(action));
      CHECK(refusal(row.state, action) == (row.may[static_cast<size_t>(action)] ? "" : row.message));
    }
  }
}

TEST_CASE("A closed cycle is scored only with what was known when it was closed") {
  CycleState state;
  CHECK_NOTHROW(require_scorable("H1", state, store::kNow));
  CHECK_NOTHROW(require_not_closed("H1", state));
  state.stage = Stage::closed;
  state.closed = 100;
  CHECK_NOTHROW(require_scorable("H1", state, 100));
  CHECK_THROWS_AS(require_scorable("H1", state, 101), Error);
  CHECK_THROWS_AS(require_scorable("H1", state, store::kNow), Error);
  CHECK_THROWS_AS(require_not_closed("H1", state), Error);
}
