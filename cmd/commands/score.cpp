// hrctl score --cycle ID: one batch; a run is committed, or nothing.
#include "engine/run/score.h"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <set>
#include <tuple>

#include "base/error.h"
#include "base/parallel.h"
#include "base/step.h"
#include "base/text.h"
#include "command.h"
#include "data_input.h"
#include "definitions_input.h"
#include "engine/compare/what_if.h"
#include "engine/cycle/apply.h"
#include "engine/files.h"
#include "engine/import/import.h"
#include "freed_memory.h"
#include "options.h"
#include "print_difference.h"
#include "report/reports.h"
#include "run_header.h"
#include "say_import.h"
#include "score_parts.h"
#include "version.h"

namespace hr::cmd {

namespace {

struct ScoreOptions {
  std::string cycle, plan, as_of, known, what_if, units, max_quarantine, base;
  std::vector<std::string> data;
  bool dry_run = false, strict = false, incremental = false;
};

// Against the last run of the cycle, or the one of --as-of and --known.
int run_what_if(const Session& session, const ScoreOptions& options) {
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

engine::ScoreRequest request_of(const Session& session, const ScoreOptions& options) {
  engine::ScoreRequest request;
  request.cycle = options.cycle;
  request.plan = options.plan;
  if (!options.as_of.empty()) request.as_of = parse_day(options.as_of, "--as-of");
  request.known = parse_known(options.known);
  request.threads = session.threads();
  request.memory = session.memory();
  request.dry_run = options.dry_run;
  request.keeps_facts = false;
  request.incremental = options.incremental;
  if (!options.base.empty()) request.base = parse_count(options.base, "--base", 1, 1'000'000'000);
  request.who_when = session.who_when();
  request.program_version = kVersion;
  return request;
}

void print_findings(const Session& session, const engine::ScoreOutcome& outcome) {
  session.print_findings(outcome.diagnostics, outcome.data->applied.files);
}

// Throws Error(rejected) when there are errors, which it prints.
engine::ScoreOutcome score(const Session& session, store::Store& store, const engine::ScoreRequest& request) {
  keep_freed_memory();
  engine::ScoreOutcome outcome = engine::score(store, request, session.progress());
  if (has_errors(outcome.diagnostics)) {
    print_findings(session, outcome);
    throw Error(ErrorKind::rejected, "score-refused", {std::to_string(count(outcome.diagnostics, Severity::error))});
  }
  return outcome;
}

constexpr size_t kPartRows = 8'192;  // so many at a time become rows of a run, and stay in a cache until they are text

Session::Unseen print_scores(const Session& session, const engine::ScoreOutcome& outcome, const Session::Ready& ready) {
  const facts::RunScores& rows = *outcome.rows;
  const report::RunHeader header = run_header(outcome.run, *outcome.data->cycle);
  const model::Definitions& definitions = *outcome.data->applied.definitions;
  if (session.prints_parts()) {
    const auto some = [&](size_t part, std::span<const std::string_view> columns) {
      return rows.rows(part * kPartRows, std::min(rows.size(), (part + 1) * kPartRows), columns);
    };
    const ScoreParts parts{std::max<size_t>(1, (rows.size() + kPartRows - 1) / kPartRows),
                           [&](size_t part) { return some(part, column_of_decimals()); },
                           [&](size_t part) { return some(part, report::columns_of_scores()); }};
    return session.print_beside(table_in_parts(parts, header, definitions, session.threads()), ready);
  }
  return session.print_beside(
      report::scores(rows.all(session.threads(), report::columns_of_scores()), header, definitions, session.threads()),
      ready);
}

// As `report units` has it: the people and units that were scored are those of that day.
table::Table units_of(const Session& session, const engine::ScoreOutcome& outcome) {
  return report::units(outcome.data->dataset, {nullptr, outcome.rows.get()},
                       run_header(outcome.run, *outcome.data->cycle), session.threads());
}

void take_name(Session::Unseen& file) {
  if (file) file->commit();
  file.reset();
}

// Nothing is left of what the run was made from, and of its rows.
void give_back(engine::ScoreOutcome& outcome) {
  outcome.rows.reset();
  outcome.scorer.reset();
  outcome.results = {};
  outcome.data.reset();
  give_back_freed_memory();
}

// Commits the run where there is one, says what was found, and prints scores, and units where `path` is given: at once,
// for the disk makes everybody wait, the run one thread more than asked for. What is printed is seen when the run is
// committed, so that nobody waits for a reader of it while the store is locked; units when the scores are there, too.
// The store is closed beside them, for that takes time as well. Files take the place of old ones, of which a large one
// takes time to go, while memory is given back, which would take as long when the process ends.
void commit_and_print(const Session& session, std::unique_ptr<store::Store>& store, engine::ScoreOutcome& outcome,
                      bool scores, const std::string& path) {
  const bool units = !path.empty();
  std::atomic<bool> begun = false;
  Step commit([&] {
    begun = true;
    engine::commit(outcome);
    print_findings(session, outcome);
  });
  const auto wait_for_commit = [&] {
    session.begin("progress/commit");
    commit.wait();
    session.begin("progress/print");
  };
  Session::Unseen scores_file, units_file;
  Step print([&] {
    if (!scores) return;
    session.begin("progress/report");
    scores_file = print_scores(session, outcome, wait_for_commit);
    if (scores_file) wait_for_commit();
  });
  const auto work = [&](size_t part, size_t) {
    if (part == 0) {
      commit.run();
      store.reset();
    } else if (part == 1) {
      print.run();
    } else {
      units_file = session.print_beside(path, units_of(session, outcome), [&] {
        print.wait();
        commit.wait();
        take_name(scores_file);
      });
    }
  };
  try {
    for_pieces(units ? 3 : scores ? 2 : 1, session.threads() + 1, work);
  } catch (...) {
    if (begun) commit.wait();  // that nothing was stored comes before what befell a report
    throw;
  }
  for_pieces(2, session.threads(), [&](size_t part, size_t) {
    if (part == 1) return give_back(outcome);
    take_name(scores_file);
    take_name(units_file);
  });
  session.begin("timings/other");
}

engine::AppliedDefinitions apply_workspace(const Session& session, store::Store& store) {
  session.begin("progress/definitions");
  engine::ApplyRequest request{definitions_input(session, {}), {}, "", false, session.who_when(), false};
  request.loaded = defs::load_definitions(request.files);
  session.print_diagnostics(request.loaded.diagnostics, request.files);
  if (const size_t errors = count(request.loaded.diagnostics, Severity::error); errors > 0)
    throw Error(ErrorKind::rejected, "apply-refused", {std::to_string(errors)});
  engine::AppliedDefinitions applied;
  applied.version = engine::apply(store, request).version;
  applied.files = std::move(request.files);
  applied.definitions = std::make_shared<const model::Definitions>(std::move(request.loaded.definitions));
  return applied;
}

// All files as `import` takes them: those of one table and mapping that stand together as one import, for one may name
// what another brings. A file of which no row can be taken refuses, whatever the others bring; --max-quarantine bounds
// the rows set aside in all. Returns what was told of the organisation as a whole.
Diagnostics import_data(const Session& session, store::Store& store, const std::vector<DataFile>& files,
                        const model::Definitions& definitions, const ScoreOptions& options) {
  engine::ImportRequest request;
  request.threads = session.threads();
  request.strict = options.strict;
  request.hashed = false;         // nobody will ask what was imported,
  request.most_told = kMostTold;  // nor decide about rows
  if (session.workspace()) request.default_encoding = session.workspace()->settings.encoding.value_or("");
  std::optional<uint64_t> most;
  if (!options.max_quarantine.empty())
    most = static_cast<uint64_t>(parse_count(options.max_quarantine, "--max-quarantine", 0, 1'000'000'000));
  uint64_t set_aside = 0;
  Diagnostics doubts;
  for (size_t begin = 0, end = 0; begin < files.size(); begin = end) {
    request.table = files[begin].table;
    request.mapping = files[begin].mapping;
    std::vector<ingest::Input> inputs;
    for (; end < files.size() && files[end].table == request.table && files[end].mapping == request.mapping; ++end)
      inputs.push_back(engine::open_file(files[end].path));
    engine::ImportOutcome outcome =
        engine::import_files(store, inputs, request, &definitions, session.who_when(), session.progress());
    say_import(session, outcome);
    if (!outcome.refused.empty()) throw Error(ErrorKind::rejected, outcome.refused, outcome.refused_args);
    for (const engine::ImportedFile& file : outcome.files) {
      if (engine::took_none(file))
        throw Error(ErrorKind::rejected, "import-refused/none-taken-of",
                    {std::to_string(file.rejected.size()), escape_controls(file.source.file)});
    }
    set_aside += outcome.rejected_rows();
    if (most && set_aside > *most) {
      throw Error(ErrorKind::rejected, "import-refused/max-quarantine",
                  {std::to_string(set_aside), std::to_string(*most)});
    }
    std::move(outcome.doubts.begin(), outcome.doubts.end(), std::back_inserter(doubts));
  }
  return doubts;
}

// Takes out what import has told already, and better: with the place in the row.
void leave_out(const Diagnostics& told, Diagnostics& found) {
  using Key = std::tuple<std::string, std::vector<std::string>, std::string, int>;
  const auto key = [](const Diagnostic& d) {  // a stored source is named with its sheet
    const SourceSpan& at = d.span;
    return Key(d.message, d.args, at.sheet.empty() ? at.file : at.file + '#' + at.sheet, at.line);
  };
  std::set<Key> keys;
  for (const Diagnostic& d : told) keys.insert(key(d));
  std::erase_if(found, [&](const Diagnostic& d) { return keys.count(key(d)) > 0; });
}

void check_apart(const Session& session, const ScoreOptions& options) {
  for (const auto& [option, value] :
       {std::pair{"--known", &options.known}, {"--what-if", &options.what_if}, {"--store", &session.shared.store}}) {
    if (!value->empty()) throw Error(ErrorKind::usage, "usage/options-apart", {"--data", option});
  }
}

// Files to reports, and nothing kept: what apply, import, score and report do, on a temporary store.
int run_data(const Session& session, const ScoreOptions& options) {
  check_apart(session, options);
  const std::vector<DataFile> files = data_input(options.data);
  std::vector<std::string> read;
  for (const DataFile& file : files) read.push_back(file.path);
  for (const std::string& path : {session.shared.output, options.units}) {
    if (!path.empty() && path != "-") session.check_output(path, read);
  }
  keep_freed_memory();
  std::unique_ptr<store::Store> store = store::open_temporary_store();
  const engine::AppliedDefinitions applied = apply_workspace(session, *store);
  const Diagnostics doubts = import_data(session, *store, files, *applied.definitions, options);
  engine::ScoreRequest request = request_of(session, options);
  request.dry_run = true;
  request.applied = &applied;
  engine::ScoreOutcome outcome = score(session, *store, request);
  leave_out(doubts, outcome.diagnostics);
  commit_and_print(session, store, outcome, true, options.units);
  session.note("score-done/data", {options.cycle, to_string(outcome.run.as_of), std::to_string(outcome.run.rated),
                                   std::to_string(outcome.run.not_rated)});
  return 0;
}

// Which people were scored, or why all.
void say_taken_over(const Session& session, const engine::TakenOver& taken) {
  if (taken.run == 0) return session.note(taken.why, taken.why_args);
  session.note("score-incremental",
               {std::to_string(taken.run), std::to_string(taken.scored), std::to_string(taken.people)});
}

void check_incremental(const ScoreOptions& options) {
  if (!options.incremental && !options.base.empty())
    throw Error(ErrorKind::usage, "usage/option-needs", {"--base", "--incremental"});
  if (!options.incremental) return;
  for (const auto& [option, given] : {std::pair{"--data", !options.data.empty()},
                                      {"--known", !options.known.empty()},
                                      {"--what-if", !options.what_if.empty()}}) {
    if (given) throw Error(ErrorKind::usage, "usage/options-apart", {"--incremental", option});
  }
}

int run_score(const Session& session, const ScoreOptions& options) {
  if (options.cycle.empty()) throw Error(ErrorKind::usage, "usage/needs-option", {"--cycle"});
  if (options.data.empty() && (options.strict || !options.max_quarantine.empty())) {
    throw Error(ErrorKind::usage, "usage/option-needs", {options.strict ? "--strict" : "--max-quarantine", "--data"});
  }
  check_incremental(options);
  if (!options.units.empty()) session.check_table_file(options.units, "--units");
  if (!options.data.empty()) return run_data(session, options);
  if (!options.what_if.empty() && !options.units.empty())
    throw Error(ErrorKind::usage, "usage/options-apart", {"--what-if", "--units"});
  if (!options.what_if.empty()) return run_what_if(session, options);
  engine::ScoreRequest request = request_of(session, options);
  request.commits = false;
  std::unique_ptr<store::Store> store = session.open_store(false);
  if (request.base != 0 && !store->run(request.base)) throw Error(ErrorKind::rejected, "run-missing", {options.base});
  engine::ScoreOutcome outcome = score(session, *store, request);
  const std::string rated = std::to_string(outcome.run.rated);
  const std::string not_rated = std::to_string(outcome.run.not_rated);
  commit_and_print(session, store, outcome, options.dry_run || session.wants_data(), options.units);
  if (outcome.taken_over) say_taken_over(session, *outcome.taken_over);
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
  const auto options = std::make_shared<ScoreOptions>();
  CLI::App* leaf = add_leaf(parent, "score", session);
  add_value(leaf, session, "--cycle ID", options->cycle);
  add_value(leaf, session, "--plan ID", options->plan);
  add_value(leaf, session, "--as-of DAY", options->as_of);
  add_value(leaf, session, "--known TIME", options->known);
  add_flag(leaf, session, "-n,--dry-run", options->dry_run);
  add_flag(leaf, session, "--incremental", options->incremental);
  add_value(leaf, session, "--base N", options->base);
  add_value(leaf, session, "--what-if FILE", options->what_if);
  add_values(leaf, session, "--data SOURCE", options->data);
  add_value(leaf, session, "--units FILE", options->units);
  add_flag(leaf, session, "--strict", options->strict);
  add_value(leaf, session, "--max-quarantine N", options->max_quarantine);
  add_value(leaf, session, "--threads N", session.shared.threads);
  set_action(leaf, session, Prints::table, [&session, options] { return run_score(session, *options); });
}

}  // namespace hr::cmd
