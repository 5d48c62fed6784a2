// Reports of figures over periods: trend and stability.
#include <algorithm>
#include <optional>
#include <span>

#include "access/cut.h"
#include "analysis.h"
#include "base/error.h"
#include "base/listed.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "engine/analysis/fact_levels.h"
#include "engine/cycle/stage.h"
#include "engine/run/calibration.h"
#include "engine/run/score.h"
#include "report/level_reports.h"
#include "stats/figures.h"

namespace hr::cmd {

namespace {

// What the options come to.
struct Asked {
  engine::AppliedDefinitions applied;
  Date as_of;
  store::Timestamp known = store::kNow;
  std::string subject;
  std::string by;
  report::LevelsRequest request;
  SightOrNone sight = nullptr;
  model::AccessFields field;  // of what is followed
};

// Said before anything is looked up, as require_seen().
void require_subject_seen(SightOrNone sight, const std::string& subject, model::AccessFields field) {
  constexpr std::string_view kUnit = "unit:";
  if (sight == nullptr) return;
  const bool is_unit = subject.starts_with(kUnit);
  const model::AccessFields seen = is_unit ? sight->of_unit(subject.substr(kUnit.size())) : sight->of(subject);
  if (!seen.has_all(field))
    throw Error(ErrorKind::rejected, "not-seen/field",
                {sight->viewer, escape_controls(subject), listed(access::fields_named(field))});
}

// Somebody, or a unit, that is known of.
void require_subject(store::Store& store, const std::string& subject) {
  const facts::SharedDictionary subjects = store.subjects();
  if (subjects.find(subject)) return;
  std::vector<std::string> all;
  for (uint32_t code = 0; code < subjects.size(); ++code) all.emplace_back(subjects[code]);
  if (const auto near = nearest(subject, all))
    throw Error(ErrorKind::rejected, "subject-missing/near", {escape_controls(subject), *near});
  throw Error(ErrorKind::rejected, "subject-missing", {escape_controls(subject)});
}

Asked asked(const Session& session, store::Store& store, const RunOptions& when, const std::string& subject,
            const AnalysisOptions& options, const std::string& report) {
  for (const auto& [option, value] : {std::pair{"--run", &when.run}, {"--cycle", &when.cycle}}) {
    if (!value->empty()) throw Error(ErrorKind::usage, "usage/option-of-report", {option, report});
  }
  if (!subject.empty() && !options.by.empty())
    throw Error(ErrorKind::usage, "usage/too-many-words", {escape_controls(subject)});
  Asked asked;
  asked.known = parse_known(when.known);
  auto applied = engine::applied_definitions(store, asked.known);
  if (!applied) throw Error(ErrorKind::rejected, "nothing-applied");
  asked.applied = std::move(*applied);
  asked.as_of = when.as_of.empty() ? date_of(session.who_when().now) : parse_day(when.as_of, "--as-of");
  asked.sight = options.sight;
  asked.subject = subject;
  asked.by = options.by == "unit" ? "org_unit" : options.by;
  asked.request.as_of = to_string(asked.as_of);
  asked.request.min_shown = subject.empty() ? min_shown(session, options) : 1;
  return asked;
}

std::vector<model::Levels> levels_of_facts(store::Store& store, Asked& asked, std::vector<std::string> kpis) {
  engine::FactLevelsRequest request{std::move(kpis), "", asked.as_of, asked.known};
  if (!asked.subject.empty()) return engine::fact_levels_of(store, asked.subject, request);
  Diagnostics ignored;  // the import has told them
  facts::Dataset people = engine::load_organisation(store, asked.as_of, asked.known, ignored);
  if (asked.sight != nullptr) access::cut_organisation(*asked.sight, asked.field, people);
  if (!asked.by.empty()) request.attribute = engine::require_attribute(people, asked.by);
  asked.request.attribute = request.attribute;
  return engine::fact_levels(store, people, request);
}

// The official runs of closed cycles that had ended, oldest first.
std::vector<store::Run> official_runs(store::Store& store, const Asked& asked) {
  std::vector<std::pair<Date, store::Run>> found;
  const std::vector<store::CycleEvent> events = store.cycle_events(asked.known);
  for (const model::Cycle& cycle : asked.applied.definitions->cycles) {
    const int64_t official = engine::stage_of(cycle, events, asked.as_of).official_run;
    const auto run = official != 0 && cycle.range.last() <= asked.as_of ? store.run(official) : std::nullopt;
    if (run) found.emplace_back(cycle.range.from, *run);
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<store::Run> runs;
  for (auto& [from, run] : found) runs.push_back(std::move(run));
  return runs;
}

// What one run has: a level of each group, or of the one person.
class RunLevels {
 public:
  RunLevels(const report::Measure& measure, Asked& asked) : measure_(measure), asked_(asked) {}

  void add(engine::ScoreOutcome outcome, int threads) {
    facts::Dataset& dataset = outcome.data->dataset;
    if (asked_.sight != nullptr) {
      access::cut_results(dataset.people, *asked_.sight, asked_.field, outcome.results);
      access::cut_pay(*asked_.sight, dataset);
    }
    const report::ScoredRun run{dataset, *outcome.data->applied.definitions, outcome.results, *outcome.scorer};
    const auto figures = report::figures_of(run, std::span(&measure_, 1), threads)[0];
    const int64_t time = time_++;
    if (!asked_.subject.empty()) {
      const auto person = dataset.people.find(asked_.subject);
      if (person && figures[*person]) add(asked_.subject, outcome.run.cycle, time, 1, *figures[*person]);
      return;
    }
    if (!asked_.by.empty()) asked_.request.attribute = engine::require_attribute(dataset, asked_.by);
    for (const report::Group& group : report::groups_of(run, asked_.request.attribute, figures))
      add(group.name, outcome.run.cycle, time, static_cast<uint32_t>(group.figures.size()),
          stats::quantile(group.figures, 50));
  }

  std::vector<model::Levels> take() {
    std::sort(all_.begin(), all_.end(), [](const auto& a, const auto& b) { return a.group < b.group; });
    return std::move(all_);
  }

 private:
  void add(const std::string& group, const std::string& cycle, int64_t time, uint32_t people, Figure value) {
    auto at = std::find_if(all_.begin(), all_.end(), [&](const model::Levels& l) { return l.group == group; });
    if (at == all_.end()) at = all_.insert(at, model::Levels{measure_.id, group, "cycle", 0, {}});
    at->levels.push_back({cycle, time, people, value.decimal()});
  }

  const report::Measure& measure_;
  Asked& asked_;
  int64_t time_ = 0;
  std::vector<model::Levels> all_;
};

std::vector<model::Levels> levels_of_runs(const Session& session, store::Store& store, Asked& asked,
                                          const report::Measure& measure) {
  const std::vector<store::Run> runs = official_runs(store, asked);
  if (runs.size() < 2) throw Error(ErrorKind::rejected, "trend-few-cycles", {measure.id, std::to_string(runs.size())});
  RunLevels levels(measure, asked);
  for (const store::Run& run : runs)
    levels.add(engine::rescore(store, run, session.threads(), session.progress()), session.threads());
  return levels.take();
}

void require_subject(store::Store& store, Asked& asked, model::AccessFields field) {
  asked.field = field;
  if (asked.subject.empty()) return;
  require_subject_seen(asked.sight, asked.subject, field);
  require_subject(store, asked.subject);
}

void require_levels(const std::vector<model::Levels>& levels, const Asked& asked, const std::string& figure) {
  if (levels.empty()) throw Error(ErrorKind::rejected, "levels-empty", {escape_controls(figure), asked.request.as_of});
}

}  // namespace

table::Table trend(Session& session, store::Store& store, const RunOptions& when, const std::string& subject,
                   const AnalysisOptions& options) {
  Asked wanted = asked(session, store, when, subject, options, "trend");
  const std::string id = options.measure.empty() ? "score" : options.measure;
  const report::Measure measure = require_measure(*wanted.applied.definitions, id);
  require_subject(store, wanted, field_of(measure));
  session.begin("progress/load");
  const bool of_facts = report::is_kpi(measure);
  const std::vector<model::Levels> levels =
      of_facts ? levels_of_facts(store, wanted, {id}) : levels_of_runs(session, store, wanted, measure);
  require_levels(levels, wanted, id);
  session.begin("progress/report");
  return report::trend(levels, measure, wanted.request);
}

table::Table stability(Session& session, store::Store& store, const RunOptions& when, const std::string& subject,
                       const AnalysisOptions& options) {
  Asked wanted = asked(session, store, when, subject, options, "stability");
  require_subject(store, wanted, model::fields_of({model::AccessField::kpi}));
  std::vector<std::string> kpis = words_of(options.measures);
  for (const std::string& id : kpis) {
    if (!report::is_kpi(require_measure(*wanted.applied.definitions, id)))
      throw Error(ErrorKind::rejected, "levels-empty", {escape_controls(id), wanted.request.as_of});
  }
  session.begin("progress/load");
  const std::vector<model::Levels> levels = levels_of_facts(store, wanted, kpis);
  require_levels(levels, wanted, options.measures.empty() ? "KPI" : options.measures);
  std::vector<report::Measure> measures;
  for (const model::Kpi& kpi : wanted.applied.definitions->kpis) {
    if (const auto measure = report::find_measure(kpi.id, *wanted.applied.definitions)) measures.push_back(*measure);
  }
  session.begin("progress/report");
  return report::stability(levels, measures, wanted.request);
}

}  // namespace hr::cmd
