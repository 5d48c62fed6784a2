#include "options.h"

#include "base/error.h"
#include "base/text.h"
#include "command.h"

namespace hr::cmd {

void add_shared_options(CLI::App& app, Session& session) {
  SharedOptions& shared = session.shared;
  add_value(&app, session, "-C,--dir DIR", shared.dir);
  add_value(&app, session, "--store FILE", shared.store);
  add_value(&app, session, "--format FORMAT", shared.format);
  add_value(&app, session, "-o,--output FILE", shared.output);
  add_flag(&app, session, "--bom", shared.bom);
  add_value(&app, session, "--lang en|zh", shared.lang);
  add_value(&app, session, "--color WHEN", shared.color);
  add_value(&app, session, "--progress WHEN", shared.progress);
  add_flag(&app, session, "-q,--quiet", shared.quiet);
  add_flag(&app, session, "-v,--verbose", shared.verbose);
}

void add_run_options(CLI::App* leaf, const Session& session, RunOptions& options) {
  add_value(leaf, session, "--run N", options.run);
  add_value(leaf, session, "--cycle ID", options.cycle);
  add_value(leaf, session, "--as-of DAY", options.as_of);
  add_value(leaf, session, "--known TIME", options.known);
}

store::Run find_run(store::Store& store, const RunOptions& options) {
  if (!options.run.empty()) {
    const auto run = store.run(parse_count(options.run, "--run", 1, 1'000'000'000));
    if (!run) throw Error(ErrorKind::rejected, "run-missing", {options.run});
    return *run;
  }
  const std::vector<store::Run> runs = store.runs();
  for (auto it = runs.rbegin(); it != runs.rend(); ++it) {
    if (options.cycle.empty() || it->cycle == options.cycle) return *it;
  }
  if (options.cycle.empty()) throw Error(ErrorKind::rejected, "no-run");
  throw Error(ErrorKind::rejected, "no-run/cycle", {escape_controls(options.cycle)});
}

}  // namespace hr::cmd
