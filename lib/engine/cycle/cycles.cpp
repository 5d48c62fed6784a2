#include "engine/cycle/cycles.h"

#include <algorithm>
#include <tuple>

#include "base/error.h"
#include "base/timestamp.h"
#include "engine/cycle/data.h"

namespace hr::engine {

using store::CycleAction;

namespace {

store::Run numbered_run(store::Store& store, int64_t id, const std::string& cycle) {
  const auto run = store.run(id);
  if (!run) throw Error(ErrorKind::rejected, "run-missing", {std::to_string(id)});
  if (run->cycle != cycle)
    throw Error(ErrorKind::rejected, "run-differs/cycle", {std::to_string(id), run->cycle, cycle});
  return *run;
}

// The run that a cycle is closed with: one that saw its last day.
store::Run final_run(store::Store& store, const CycleStep& step, const model::Cycle& cycle) {
  std::optional<store::Run> run;
  if (step.run) {
    run = numbered_run(store, *step.run, cycle.id);
  } else {
    for (const store::Run& r : store.runs()) {
      if (r.cycle == cycle.id) run = r;
    }
  }
  const std::string last = to_string(cycle.range.last());
  if (!run) throw Error(ErrorKind::rejected, "cycle-not-final/no-run", {cycle.id, last});
  if (run->as_of < cycle.range.last())
    throw Error(ErrorKind::rejected, "cycle-not-final",
                {cycle.id, last, std::to_string(run->id), to_string(run->as_of)});
  return *run;
}

void tell_what_came_later(store::Store& store, const store::Run& run, CycleStepOutcome& outcome) {
  for (const store::Source& source : store.sources(store::kNow))
    outcome.later_imports += source.imported_at > run.known;
  const auto latest = store.latest_definitions(store::kNow);
  outcome.later_definitions = latest && latest->id != run.definitions_version;
}

// A closed cycle does not follow later definitions. Once reopened it does, so what they move is recorded then.
void record_what_moved(store::Store& store, const CycleStep& step, const CycleState& was,
                       const AppliedDefinitions& applied, CycleStepOutcome& outcome) {
  const auto closed_with = applied_definitions(store, was.closed);
  const model::Cycle* cycle = closed_with ? closed_with->definitions->find_cycle(step.cycle) : nullptr;
  if (cycle == nullptr) return;
  std::vector<store::TargetChange> changes;
  for (MovedGoalpost& moved : differences(*closed_with->definitions, *applied.definitions, *cycle)) {
    if (moved.is_new) continue;
    changes.push_back(recorded(moved, step.who_when, outcome.event.at, step.reason));
    changes.back().definitions_version = applied.version.id;
    outcome.moved.push_back(std::move(moved));
  }
  store.append_target_changes(changes);
}

}  // namespace

CycleStepOutcome step_cycle(store::Store& store, const CycleStep& step) {
  const std::unique_ptr<store::Transaction> transaction = store.begin();
  const AppliedDefinitions applied = require_cycle(store, step.cycle);
  const model::Cycle& cycle = *applied.definitions->find_cycle(step.cycle);
  const CycleState was = stage_of(cycle, store.cycle_events(store::kNow), date_of(step.who_when.now));
  require_transition(cycle, was, step.action);
  CycleStepOutcome outcome;
  outcome.event = {step.cycle, step.action, 0, store.next_timestamp(step.who_when.now), step.who_when.who, step.reason};
  if (step.action == CycleAction::close) {
    const store::Run run = final_run(store, step, cycle);
    outcome.event.run = run.id;
    tell_what_came_later(store, run, outcome);
  }
  store.append_cycle_event(outcome.event);
  if (was.stage == Stage::closed) record_what_moved(store, step, was, applied, outcome);
  transaction->commit();
  return outcome;
}

std::vector<CycleLine> list_cycles(store::Store& store, Date today) {
  const auto applied = applied_definitions(store, store::kNow);
  if (!applied) throw Error(ErrorKind::rejected, "nothing-applied");
  const std::vector<store::CycleEvent> events = store.cycle_events(store::kNow);
  std::vector<CycleLine> lines;
  for (const model::Cycle& cycle : applied->definitions->cycles)
    lines.push_back({cycle, stage_of(cycle, events, today)});
  std::stable_sort(lines.begin(), lines.end(), [](const CycleLine& a, const CycleLine& b) {
    return std::tie(a.cycle.range.from, a.cycle.range.to, a.cycle.id) <
           std::tie(b.cycle.range.from, b.cycle.range.to, b.cycle.id);
  });
  return lines;
}

CycleState cycle_state(store::Store& store, const std::string& cycle, Date today) {
  const AppliedDefinitions applied = require_cycle(store, cycle);
  return stage_of(*applied.definitions->find_cycle(cycle), store.cycle_events(store::kNow), today);
}

}  // namespace hr::engine
