#include "options.h"

#include "base/error.h"
#include "base/listed.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "command.h"
#include "engine/cycle/data.h"

namespace hr::cmd {

model::TableId table_named(const std::string& name) {
  if (const auto id = model::find_imported_table(name)) return *id;
  std::vector<std::string> names;
  for (const model::ImportedTable& t : model::imported_tables()) names.emplace_back(t.name);
  if (const auto near = nearest(name, names))
    throw Error(ErrorKind::usage, "usage/unknown-table/near", {escape_controls(name), *near});
  throw Error(ErrorKind::usage, "usage/unknown-table", {escape_controls(name), listed(names)});
}

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
  add_value(&app, session, "--memory SIZE", shared.memory);
  add_flag(&app, session, "--timings", shared.timings);
}

void add_run_options(CLI::App* leaf, const Session& session, RunOptions& options) {
  add_value(leaf, session, "--run N", options.run);
  add_value(leaf, session, "--cycle ID", options.cycle);
  add_value(leaf, session, "--as-of DAY", options.as_of);
  add_value(leaf, session, "--known TIME", options.known);
}

// The run of a number. What else is asked for must hold for it: nothing is passed over in silence.
static store::Run numbered_run(store::Store& store, const RunOptions& options) {
  const auto run = store.run(parse_count(options.run, options.run_name, 1, 1'000'000'000));
  if (!run) throw Error(ErrorKind::rejected, "run-missing", {options.run});
  if (!options.cycle.empty() && options.cycle != run->cycle)
    throw Error(ErrorKind::rejected, "run-differs/cycle", {options.run, run->cycle, escape_controls(options.cycle)});
  if (!options.as_of.empty() && parse_day(options.as_of, "--as-of") != run->as_of)
    throw Error(ErrorKind::rejected, "run-differs/as-of", {options.run, to_string(run->as_of), options.as_of});
  if (parse_known(options.known) < run->created_at)
    throw Error(ErrorKind::rejected, "run-differs/known", {options.run, to_iso_timestamp(run->created_at)});
  return *run;
}

store::Run find_run(store::Store& store, const RunOptions& options) {
  if (!options.run.empty()) return numbered_run(store, options);
  const bool any_day = options.as_of.empty();
  const Date as_of = any_day ? Date{} : parse_day(options.as_of, "--as-of");
  const store::Timestamp known = parse_known(options.known);
  const std::vector<store::Run> runs = store.runs();
  std::string cycle = options.cycle;
  for (auto it = runs.rbegin(); it != runs.rend(); ++it) {
    if (cycle.empty()) cycle = it->cycle;
    const bool meant = options.cycle.empty() || it->cycle == options.cycle;
    if (meant && (any_day || it->as_of == as_of) && it->created_at <= known) return *it;
  }
  if (runs.empty() && options.cycle.empty()) throw Error(ErrorKind::rejected, "no-run");
  if (!options.cycle.empty()) engine::require_cycle(store, options.cycle);
  if (any_day && options.known.empty()) throw Error(ErrorKind::rejected, "no-run/cycle", {escape_controls(cycle)});
  if (!options.known.empty())
    throw Error(ErrorKind::rejected, "no-run/known", {escape_controls(cycle), escape_controls(options.known)});
  throw Error(ErrorKind::rejected, "no-run/time", {escape_controls(cycle), options.as_of});
}

}  // namespace hr::cmd
