#include "engine/apply.h"

#include <map>
#include <utility>

#include "base/error.h"
#include "base/timestamp.h"
#include "defs/outline.h"
#include "engine/cycle_data.h"

namespace hr::engine {

namespace {

using Item = std::pair<std::string, std::string>;                    // kind, id
using Outline = std::map<Item, std::map<std::string, std::string>>;  // item → key → value

Outline outline_of(const std::vector<defs::DefinitionFile>& files) {
  Outline items;
  for (const defs::OutlineEntry& e : defs::outline(files)) items[{e.kind, e.id}][e.key] = e.value;
  return items;
}

using What = DefinitionChange::What;

void compare_item(const Item& item, const std::map<std::string, std::string>& before,
                  const std::map<std::string, std::string>& after, std::vector<DefinitionChange>& changes) {
  for (const auto& [key, value] : before) {
    const auto now = after.find(key);
    if (now == after.end())
      changes.push_back({What::changed, item.first, item.second, key, value, ""});
    else if (now->second != value)
      changes.push_back({What::changed, item.first, item.second, key, value, now->second});
  }
  for (const auto& [key, value] : after) {
    if (!before.count(key)) changes.push_back({What::changed, item.first, item.second, key, "", value});
  }
}

std::vector<DefinitionChange> compare(const Outline& before, const Outline& after) {
  std::vector<DefinitionChange> changes;
  for (const auto& [item, keys] : after) {
    const auto old = before.find(item);
    if (old == before.end())
      changes.push_back({What::added, item.first, item.second, "", "", ""});
    else
      compare_item(item, old->second, keys, changes);
  }
  for (const auto& [item, keys] : before) {
    if (!after.count(item)) changes.push_back({What::removed, item.first, item.second, "", "", ""});
  }
  return changes;
}

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
  defs::Loaded loaded = defs::load_definitions(request.files);
  outcome.diagnostics = std::move(loaded.diagnostics);
  if (has_errors(outcome.diagnostics)) return outcome;

  const std::unique_ptr<store::Transaction> transaction = store.begin();
  const std::string hash = defs::content_hash(request.files);
  const auto applied = applied_definitions(store, store::kNow);
  if (applied && applied->version.hash == hash) {
    outcome.version = applied->version;
    return outcome;
  }
  outcome.changes = compare(applied ? outline_of(applied->files) : Outline{}, outline_of(request.files));
  if (applied) {
    const std::vector<store::CycleEvent> events = store.cycle_events(store::kNow);
    GoalpostVerdict verdict =
        judge_goalposts(applied->definitions, loaded.definitions, {events, date_of(request.who_when.now)});
    outcome.goalposts = std::move(verdict.moved);
    outcome.needs_reason = !outcome.goalposts.empty() && request.reason.empty();
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
