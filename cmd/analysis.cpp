#include "analysis.h"

#include <algorithm>
#include <optional>

#include "access/cut.h"
#include "base/error.h"
#include "base/text.h"
#include "engine/cycle/stage.h"
#include "engine/run/calibration.h"
#include "engine/run/score.h"
#include "report/analysis.h"
#include "run_header.h"

namespace hr::cmd {

namespace {

// A run, scored again.
struct Rescored {
  engine::ScoreOutcome outcome;
  report::RunHeader header;

  const model::Definitions& definitions() const { return *outcome.data->applied.definitions; }
  report::ScoredRun run() const { return {outcome.data->dataset, definitions(), outcome.results, *outcome.scorer}; }
};

Rescored rescored(const Session& session, store::Store& store, const store::Run& run) {
  Rescored scored{engine::rescore(store, run, session.threads(), session.progress()), {}};
  scored.header = run_header(run, *scored.outcome.data->cycle);
  return scored;
}

report::AnalysisRequest request_of(const Session& session, const Rescored& scored, const AnalysisOptions& options) {
  report::AnalysisRequest request;
  const std::string& by = options.by == "unit" ? "org_unit" : options.by;
  if (!by.empty()) request.attribute = engine::require_attribute(scored.outcome.data->dataset, by);
  request.min_shown = min_shown(session, options);
  request.threads = session.threads();
  return request;
}

// Leaves those of whom the viewer sees all the measures.
void cut(SightOrNone sight, const std::vector<report::Measure>& measures, Rescored& scored) {
  if (sight == nullptr) return;
  model::AccessFields needed;
  for (const report::Measure& measure : measures) needed.add(field_of(measure));
  facts::Dataset& dataset = scored.outcome.data->dataset;
  access::cut_results(dataset.people, *sight, needed, scored.outcome.results);
  access::cut_pay(*sight, dataset);
}

table::Table require_figures(std::optional<table::Table> table, SightOrNone sight, const report::Measure& measure,
                             const store::Run& run) {
  if (!table && sight != nullptr)
    throw Error(ErrorKind::rejected, "measure-empty/seen", {measure.id, std::to_string(run.id), sight->viewer});
  if (!table) throw Error(ErrorKind::rejected, "measure-empty", {measure.id, std::to_string(run.id)});
  return std::move(*table);
}

}  // namespace

report::Measure require_measure(const model::Definitions& definitions, const std::string& id) {
  if (auto measure = report::find_measure(id, definitions)) return *measure;
  if (const auto near = nearest(id, report::measure_ids(definitions)))
    throw Error(ErrorKind::rejected, "measure-missing/near", {escape_controls(id), *near});
  throw Error(ErrorKind::rejected, "measure-missing", {escape_controls(id)});
}

std::vector<std::string> words_of(const std::string& list) {
  std::vector<std::string> words;
  for (const std::string_view word : split(list, ',')) {
    if (!trim(word).empty()) words.emplace_back(trim(word));
  }
  return words;
}

uint32_t min_shown(const Session& session, const AnalysisOptions& options) {
  constexpr int kDefault = 5;
  if (!options.min_shown.empty()) return static_cast<uint32_t>(parse_count(options.min_shown, "--min-shown", 1, 1'000));
  const std::optional<int> set = session.workspace() ? session.workspace()->settings.min_shown : std::nullopt;
  return static_cast<uint32_t>(set.value_or(kDefault));
}

std::optional<store::Run> earlier_run(store::Store& store, const engine::ScoreOutcome& scored) {
  const engine::CycleData& data = *scored.data;
  const store::Timestamp made = scored.run.created_at;
  const std::vector<store::CycleEvent> events = store.cycle_events(made);
  std::optional<store::Run> found;
  Date ended{};
  for (const store::Run& run : store.runs()) {
    const model::Cycle* cycle = data.applied.definitions->find_cycle(run.cycle);
    if (run.created_at >= made || cycle == nullptr || cycle->range.to > data.cycle->range.from) continue;
    if (found && cycle->range.to < ended) continue;
    const int64_t official = engine::stage_of(*cycle, events, data.as_of).official_run;
    if (official != 0 && official != run.id) continue;
    found = run;
    ended = cycle->range.to;
  }
  return found;
}

table::Table compare(Session& session, store::Store& store, const store::Run& run, const AnalysisOptions& options) {
  if (options.by.empty()) throw Error(ErrorKind::usage, "usage/report-option", {"--by", "compare"});
  Rescored scored = rescored(session, store, run);
  const report::AnalysisRequest request = request_of(session, scored, options);
  const report::Measure measure =
      require_measure(scored.definitions(), options.measure.empty() ? "score" : options.measure);
  cut(options.sight, {measure}, scored);
  session.begin("progress/report");
  return require_figures(report::compare(scored.run(), measure, request, scored.header), options.sight, measure, run);
}

table::Table correlation(Session& session, store::Store& store, const store::Run& run, const AnalysisOptions& options) {
  const std::string& names = options.measures.empty() ? "score,kpi,okr,feedback" : options.measures;
  Rescored scored = rescored(session, store, run);
  std::vector<report::Measure> measures;
  for (const std::string& id : words_of(names)) {
    const auto same = [&](const report::Measure& m) { return m.id == id; };
    if (std::none_of(measures.begin(), measures.end(), same))
      measures.push_back(require_measure(scored.definitions(), id));
  }
  if (measures.size() < 2) throw Error(ErrorKind::usage, "usage/few-measures", {escape_controls(names)});
  cut(options.sight, measures, scored);
  session.begin("progress/report");
  return report::correlation(scored.run(), measures, request_of(session, scored, options), scored.header);
}

table::Table distribution(Session& session, store::Store& store, const store::Run& run,
                          const AnalysisOptions& options) {
  Rescored scored = rescored(session, store, run);
  const report::AnalysisRequest request = request_of(session, scored, options);
  const report::Measure measure =
      require_measure(scored.definitions(), options.measure.empty() ? "score" : options.measure);
  const std::optional<store::Run> before = earlier_run(store, scored.outcome);
  std::optional<Rescored> other = before ? std::optional(rescored(session, store, *before)) : std::nullopt;
  cut(options.sight, {measure}, scored);
  if (other) cut(options.sight, {measure}, *other);
  const auto earlier = other ? std::optional(report::EarlierRun{other->run(), other->header}) : std::nullopt;
  session.begin("progress/report");
  return require_figures(report::distribution(scored.run(), earlier, measure, request, scored.header), options.sight,
                         measure, run);
}

}  // namespace hr::cmd
