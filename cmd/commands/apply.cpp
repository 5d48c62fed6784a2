// hrctl apply [PATH…] [--dry-run]: checked definitions into the store as a new version.
#include "engine/cycle/apply.h"
#include "base/error.h"
#include "command.h"
#include "cycle_step.h"
#include "definitions_input.h"

namespace hr::cmd {

namespace {

struct ApplyOptions {
  std::vector<std::string> paths;
  std::string reason;
  bool dry_run = false;
};

void say_change(const Session& session, const engine::DefinitionChange& c) {
  using What = engine::DefinitionChange::What;
  const std::string kind = i18n::text(session.language, "kind/" + c.kind);
  switch (c.what) {
    case What::added:
      session.note("change/added", {kind, c.id});
      break;
    case What::removed:
      session.note("change/removed", {kind, c.id});
      break;
    case What::changed:
      if (c.before.empty())
        session.note("change/key-added", {kind, c.id, c.key, c.after});
      else if (c.after.empty())
        session.note("change/key-removed", {kind, c.id, c.key, c.before});
      else
        session.note("change/key-changed", {kind, c.id, c.key, c.before, c.after});
      break;
  }
}

void say_outcome(const Session& session, const ApplyOptions& options, const engine::ApplyOutcome& outcome) {
  const std::string version = std::to_string(outcome.version.id);
  if (options.dry_run)
    session.note(outcome.changes.empty() ? "apply-done/dry-unchanged" : "apply-done/dry",
                 {std::to_string(outcome.changes.size())});
  else if (outcome.stored)
    session.note("apply-done", {version, outcome.version.hash.substr(0, 12), std::to_string(outcome.changes.size())});
  else
    session.note("apply-done/unchanged", {version});
}

int run_apply(const Session& session, const ApplyOptions& options) {
  const std::vector<defs::DefinitionFile> files = definitions_input(session, options.paths);
  defs::Loaded loaded = defs::load_definitions(files);
  if (has_errors(loaded.diagnostics)) {
    session.print_diagnostics(loaded.diagnostics, files);
    throw Error(ErrorKind::rejected, "apply-refused", {std::to_string(count(loaded.diagnostics, Severity::error))});
  }
  const std::unique_ptr<store::Store> store = session.open_store_to_write(options.dry_run);
  const engine::ApplyOutcome outcome =
      engine::apply(*store, {files, std::move(loaded), options.reason, options.dry_run, session.who_when()});
  session.print_diagnostics(outcome.diagnostics, files);
  for (const engine::DefinitionChange& change : outcome.changes) say_change(session, change);
  for (const engine::MovedGoalpost& moved : outcome.goalposts) say_moved(session, moved);
  if (has_errors(outcome.diagnostics))
    throw Error(ErrorKind::rejected, "apply-refused", {std::to_string(count(outcome.diagnostics, Severity::error))});
  if (outcome.needs_reason) throw Error(ErrorKind::rejected, "apply-needs-reason");
  say_outcome(session, options, outcome);
  return 0;
}

}  // namespace

void add_apply(CLI::App& parent, Session& session) {
  const auto options = std::make_shared<ApplyOptions>();
  CLI::App* leaf = add_leaf(parent, "apply", session);
  add_words(leaf, session, "PATH", options->paths, false);
  add_value(leaf, session, "--reason TEXT", options->reason);
  add_flag(leaf, session, "-n,--dry-run", options->dry_run);
  set_action(leaf, session, Prints::nothing, [&session, options] { return run_apply(session, *options); });
}

}  // namespace hr::cmd
