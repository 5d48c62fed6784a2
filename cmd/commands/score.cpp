// hrctl score --cycle ID: one batch; a run is committed, or nothing.
#include "engine/score.h"
#include "base/error.h"
#include "command.h"
#include "engine/files.h"
#include "engine/what_if.h"
#include "options.h"
#include "print_difference.h"
#include "report/reports.h"
#include "run_header.h"
#include "version.h"

namespace hr::cmd {

namespace {

struct Options {
  std::string cycle, plan, as_of, known, what_if;
  bool dry_run = false;
};

// Against the last run of the cycle, or the one of --as-of and --known.
int run_what_if(const Session& session, const Options& options) {
  const std::unique_ptr<store::Store> store = session.open_store(false);
  const store::Run base = find_run(*store, {"", options.cycle, options.as_of, options.known});
  engine::WhatIfRequest request;
  request.patch = {options.what_if, engine::read_file(options.what_if)};
  request.plan = options.plan;
  request.threads = session.threads();
  request.who_when = session.who_when();
  const engine::WhatIfOutcome outcome = engine::what_if(*store, base, request, session.progress());
  session.print_findings(outcome.diagnostics, outcome.sources);
  if (has_errors(outcome.diagnostics)) {
    throw Error(ErrorKind::rejected, "what-if-refused", {std::to_string(count(outcome.diagnostics, Severity::error))});
  }
  if (base.base_run != 0)
    session.note("what-if/calibrated", {std::to_string(base.id), std::to_string(outcome.before.id)});
  print_difference(session, outcome.difference, outcome.before, outcome.after);
  return 0;
}

int run(const Session& session, const Options& options) {
  if (options.cycle.empty()) throw Error(ErrorKind::usage, "usage/needs-option", {"--cycle"});
  if (!options.what_if.empty()) return run_what_if(session, options);
  engine::ScoreRequest request;
  request.cycle = options.cycle;
  request.plan = options.plan;
  if (!options.as_of.empty()) request.as_of = parse_day(options.as_of, "--as-of");
  request.known = parse_known(options.known);
  request.threads = session.threads();
  request.memory = session.memory();
  request.dry_run = options.dry_run;
  request.keeps_facts = false;
  request.who_when = session.who_when();
  request.program_version = kVersion;
  const std::unique_ptr<store::Store> store = session.open_store(false);
  engine::ScoreOutcome outcome = engine::score(*store, request, session.progress());
  session.print_findings(outcome.diagnostics, outcome.data->applied.files);
  if (has_errors(outcome.diagnostics)) {
    throw Error(ErrorKind::rejected, "score-refused", {std::to_string(count(outcome.diagnostics, Severity::error))});
  }
  const std::string rated = std::to_string(outcome.run.rated);
  const std::string not_rated = std::to_string(outcome.run.not_rated);
  if (options.dry_run || session.wants_data()) {
    session.print(report::scores(std::move(outcome.scores), run_header(outcome.run, *outcome.data->cycle),
                                 outcome.data->applied.definitions, session.threads()));
  }
  if (options.dry_run) {
    session.note("score-done/dry", {options.cycle, rated, not_rated});
  } else {
    session.note("score-done",
                 {std::to_string(outcome.run.id), options.cycle, to_string(outcome.run.as_of), rated, not_rated});
  }
  return 0;
}

}  // namespace

void add_score(CLI::App& parent, Session& session) {
  const auto options = std::make_shared<Options>();
  CLI::App* leaf = add_leaf(parent, "score", session);
  add_value(leaf, session, "--cycle ID", options->cycle);
  add_value(leaf, session, "--plan ID", options->plan);
  add_value(leaf, session, "--as-of DAY", options->as_of);
  add_value(leaf, session, "--known TIME", options->known);
  add_flag(leaf, session, "-n,--dry-run", options->dry_run);
  add_value(leaf, session, "--what-if FILE", options->what_if);
  add_value(leaf, session, "--threads N", session.shared.threads);
  set_action(leaf, session, Prints::table, [&session, options] { return run(session, *options); });
}

}  // namespace hr::cmd
