#include "run_reports.h"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "access/cut.h"
#include "base/error.h"
#include "base/parallel.h"
#include "base/timestamp.h"
#include "cycle_table.h"
#include "engine/cycle/data.h"
#include "freed_memory.h"
#include "report/reports.h"
#include "run_header.h"
#include "score_parts.h"

namespace hr::cmd {

namespace {

// A stored run with the definitions that it was scored by.
struct StoredRun {
  store::Run run;
  engine::AppliedDefinitions applied;
  facts::Frame scores;
  report::RunHeader header;
};

// Without its scores.
StoredRun open_run(const Session& session, store::Store& store, const RunOptions& options) {
  StoredRun stored;
  stored.run = find_run(store, options);
  session.begin("progress/definitions");
  auto applied = engine::applied_definitions(store, stored.run.known);
  if (!applied)
    throw Error(ErrorKind::system, "stored-definitions-unreadable", {std::to_string(stored.run.definitions_version)});
  stored.applied = std::move(*applied);
  const model::Cycle* cycle = stored.applied.definitions->find_cycle(stored.run.cycle);
  stored.header = run_header(stored.run, cycle ? *cycle : model::Cycle{});
  return stored;
}

StoredRun read_run(const Session& session, store::Store& store, const RunOptions& options,
                   std::span<const std::string_view> columns) {
  StoredRun stored = open_run(session, store, options);
  session.begin("progress/load");
  stored.scores = store.run_scores(stored.run.id, columns);
  return stored;
}

StoredRun load_run(const Session& session, store::Store& store, const RunOptions& options,
                   std::span<const std::string_view> columns) {
  StoredRun stored = read_run(session, store, options, columns);
  session.begin("progress/report");
  return stored;
}

// The rows and figures that the viewer may see.
facts::Frame seen(SightOrNone sight, facts::Frame scores) {
  return sight != nullptr ? access::cut_scores(std::move(scores), *sight) : std::move(scores);
}

}  // namespace

void print_scores_in_parts(const Session& session, store::Store& store, const RunOptions& options) {
  keep_freed_memory();
  const StoredRun stored = open_run(session, store, options);
  session.begin("progress/load");
  const auto decimals = store.run_blocks(stored.run.id, column_of_decimals());
  const auto scores = store.run_blocks(stored.run.id, report::columns_of_scores());
  const ScoreParts parts{scores->count(), [&](size_t part) { return decimals->read(part); },
                         [&](size_t part) { return scores->read(part); }};
  session.print(table_in_parts(parts, stored.header, *stored.applied.definitions, session.threads()));
}

table::Table scores_of(const Session& session, store::Store& store, const RunOptions& options, SightOrNone sight) {
  StoredRun stored = load_run(session, store, options, report::columns_of_scores());
  return report::scores(seen(sight, std::move(stored.scores)), stored.header, *stored.applied.definitions,
                        session.threads());
}

table::Table ranking_of(const Session& session, store::Store& store, const RunOptions& options, SightOrNone sight) {
  StoredRun stored = load_run(session, store, options, report::columns_of_scores());
  return report::ranking(seen(sight, std::move(stored.scores)), stored.header, *stored.applied.definitions);
}

table::Table okr_of(const Session& session, store::Store& store, const RunOptions& options, SightOrNone sight) {
  std::optional<store::Run> run;
  if (!options.run.empty() || options.cycle.empty()) run = find_run(store, {options.run, options.cycle, "", ""});
  engine::CycleRequest request;
  request.cycle = run ? run->cycle : options.cycle;
  request.today = date_of(session.who_when().now);
  request.known = options.known.empty() && run ? run->known : parse_known(options.known);
  if (run) request.as_of = run->as_of;
  if (!options.as_of.empty()) request.as_of = parse_day(options.as_of, "--as-of");
  const std::unique_ptr<engine::CycleData> data = engine::load_cycle(store, request, session.progress());
  const scoring::Scorer scorer(*data->applied.definitions, data->dataset, {request.cycle, run ? run->plan : ""});
  store::Run shown;
  if (run && run->as_of == data->as_of && options.known.empty()) shown = *run;
  shown.cycle = request.cycle;
  shown.as_of = data->as_of;
  shown.known = data->known;
  std::vector<uint8_t> objectives;
  if (sight != nullptr) objectives = access::objectives_seen(data->dataset.okrs, *sight);
  return report::okr(data->dataset, scorer.okr_progress(), run_header(shown, *data->cycle), objectives);
}

table::Table units_of(const Session& session, store::Store& store, const RunOptions& options, SightOrNone sight) {
  const bool wants_run =
      !options.run.empty() || !options.cycle.empty() || (options.as_of.empty() && !store.runs().empty());
  const RunOptions wanted{options.run, options.cycle, "", ""};
  const std::optional<store::Run> run = wants_run ? std::optional(find_run(store, wanted)) : std::nullopt;
  Date as_of = run ? run->as_of : date_of(session.who_when().now);
  if (!options.as_of.empty()) as_of = parse_day(options.as_of, "--as-of");
  const store::Timestamp known = options.known.empty() && run ? run->known : parse_known(options.known);
  std::optional<StoredRun> stored;
  facts::Dataset organisation;
  session.begin("progress/load");
  for_pieces(run ? 2 : 1, session.threads(), [&](size_t part, size_t) {
    Diagnostics found;
    if (part == 0)
      organisation = engine::load_organisation(store, as_of, known, found, report::organisation_of_units());
    else
      stored = read_run(session, store, wanted, report::columns_of_units());
  });
  session.begin("progress/report");
  if (sight != nullptr) access::cut_organisation(*sight, {}, organisation);
  if (sight != nullptr && stored) stored->scores = seen(sight, std::move(stored->scores));
  report::UnitScores scores;
  if (stored) scores.rows = &stored->scores;
  table::Table out =
      report::units(organisation, scores, stored ? std::optional(stored->header) : std::nullopt, session.threads());
  if (sight != nullptr) leave_out_empty(out);
  return out;
}

table::Table changes_of(store::Store& store, const RunOptions& options, const std::string& report, SightOrNone sight) {
  for (const auto& [option, value] : {std::pair{"--run", &options.run}, {"--as-of", &options.as_of}}) {
    if (!value->empty()) throw Error(ErrorKind::usage, "usage/option-of-report", {option, report});
  }
  table::Table table = change_table(store, options.cycle, parse_known(options.known), sight);
  if (table.rows() == 0 && !options.cycle.empty()) engine::require_cycle(store, options.cycle);
  return table;
}

}  // namespace hr::cmd
