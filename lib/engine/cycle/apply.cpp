#include "engine/cycle/apply.h"

#include "base/error.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "engine/cycle/data.h"

namespace hr::engine {

namespace {

std::vector<store::DefinitionFile> stored_form(const std::vector<defs::DefinitionFile>& files) {
  std::vector<store::DefinitionFile> out;
  for (const defs::DefinitionFile& file : files) out.push_back({file.path, file.text});
  return out;
}

void record_goalposts(store::Store& store, const ApplyRequest& request, const ApplyOutcome& outcome) {
  std::vector<store::TargetChange> changes;
  for (const MovedGoalpost& moved : outcome.goalposts) {
    changes.push_back(recorded(moved, request.who_when, outcome.version.applied_at, request.reason));
    changes.back().definitions_version = outcome.version.id;
  }
  store.append_target_changes(changes);
}

}  // namespace

ApplyOutcome apply(store::Store& store, const ApplyRequest& request) {
  ApplyOutcome outcome;
  outcome.diagnostics = request.loaded.diagnostics;
  if (has_errors(outcome.diagnostics)) return outcome;

  const std::unique_ptr<store::Transaction> transaction = store.begin();
  const std::string hash = defs::content_hash(request.files);
  const auto applied = applied_definitions(store, store::kNow);
  if (applied && applied->version.hash == hash) {
    outcome.version = applied->version;
    return outcome;
  }
  if (request.tells_changes)
    outcome.changes =
        compare_definitions(applied ? applied->files : std::vector<defs::DefinitionFile>{}, request.files);
  if (applied) {
    const std::vector<store::CycleEvent> events = store.cycle_events(store::kNow);
    GoalpostVerdict verdict =
        judge_goalposts(*applied->definitions, request.loaded.definitions, {events, date_of(request.who_when.now)});
    outcome.goalposts = std::move(verdict.moved);
    outcome.needs_reason = !outcome.goalposts.empty() && trim(request.reason).empty();
    defs::sort_by_place(request.files, verdict.frozen);
    outcome.diagnostics.insert(outcome.diagnostics.end(), verdict.frozen.begin(), verdict.frozen.end());
    if (has_errors(outcome.diagnostics)) return outcome;
  }
  outcome.version.hash = hash;
  outcome.version.applied_by = request.who_when.who;
  outcome.version.reason = request.reason;
  if (request.dry_run || outcome.needs_reason) return outcome;
  outcome.version.applied_at = store.next_timestamp(request.who_when.now);
  outcome.version = store.append_definitions(stored_form(request.files), outcome.version);
  record_goalposts(store, request, outcome);
  transaction->commit();
  outcome.stored = true;
  return outcome;
}

}  // namespace hr::engine
