// hrctl diff RUN RUN: who stands otherwise in the second run, by how much, and why. Exit 1 when they differ.
#include "base/error.h"
#include "command.h"
#include "engine/compare/compare_runs.h"
#include "options.h"
#include "print_difference.h"
#include "report/reports.h"

namespace hr::cmd {

namespace {

struct DiffOptions {
  RunOptions before, after;
};

int run_diff(const Session& session, const DiffOptions& options) {
  const std::unique_ptr<store::Store> store = session.open_store(false);
  const engine::ComparedRun before = engine::compared_run(*store, find_run(*store, options.before));
  const engine::ComparedRun after = engine::compared_run(*store, find_run(*store, options.after));
  const facts::RunDifference difference =
      engine::compare_runs(*store, before, after, session.threads(), session.progress());
  print_difference(session, difference, before, after);
  return difference.people.empty() && difference.rank_only == 0 ? 0 : 1;
}

}  // namespace

void add_diff(CLI::App& parent, Session& session) {
  const auto options = std::make_shared<DiffOptions>();
  CLI::App* leaf = add_leaf(parent, "diff", session);
  options->before.run_name = "RUN_BEFORE";
  options->after.run_name = "RUN_AFTER";
  add_word(leaf, session, "RUN_BEFORE", options->before.run, true);
  add_word(leaf, session, "RUN_AFTER", options->after.run, true);
  add_value(leaf, session, "--threads N", session.shared.threads);
  set_action(leaf, session, Prints::table, [&session, options] { return run_diff(session, *options); });
}

}  // namespace hr::cmd
