// hrctl report NAME [ARG]: scores, ranking, scorecard EMPLOYEE, advice EMPLOYEE, dossier EMPLOYEE, dashboard [UNIT],
// okr, units, changes, calibration, compare, correlation, distribution, trend [SUBJECT], stability [SUBJECT], custom
// FILE, site DIR.
#include <algorithm>
#include <span>
#include <string_view>

#include "access/cut.h"
#include "analysis.h"
#include "base/error.h"
#include "base/listed.h"
#include "base/parallel.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "command.h"
#include "custom_views.h"
#include "cycle_table.h"
#include "dashboard.h"
#include "defs/custom_report.h"
#include "dossier.h"
#include "engine/advice/advice.h"
#include "engine/cycle/data.h"
#include "engine/files.h"
#include "engine/run/calibration.h"
#include "freed_memory.h"
#include "options.h"
#include "person_score.h"
#include "print_score_parts.h"
#include "report/calibration.h"
#include "report/custom.h"
#include "report/reports.h"
#include "report/where.h"
#include "run_header.h"
#include "site.h"
#include "viewing.h"

namespace hr::cmd {

namespace {

using model::AccessField;

struct Options {
  std::string name, argument, where, favourable, as;
  AnalysisOptions analysis;  // by and min_shown of calibration, too
  RunOptions run;
  SightOrNone sight = nullptr;  // of --as
};

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
  const model::Cycle* cycle = stored.applied.definitions.find_cycle(stored.run.cycle);
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

// `report scores` where nobody needs to see all rows at once.
void print_scores_in_parts(const Session& session, store::Store& store, const RunOptions& options) {
  keep_freed_memory();
  const StoredRun stored = open_run(session, store, options);
  session.begin("progress/load");
  const auto decimals = store.run_blocks(stored.run.id, column_of_decimals());
  const auto scores = store.run_blocks(stored.run.id, report::columns_of_scores());
  print_score_parts(session,
                    {scores->count(), [&](size_t part) { return decimals->read(part); },
                     [&](size_t part) { return scores->read(part); }},
                    stored.header, stored.applied.definitions);
}

// The rows and figures that the viewer may see.
facts::Frame seen(const Options& options, facts::Frame scores) {
  return options.sight != nullptr ? access::cut_scores(std::move(scores), *options.sight) : std::move(scores);
}

table::Table scores_report(Session& session, store::Store& store, const Options& options) {
  StoredRun stored = load_run(session, store, options.run, report::columns_of_scores());
  return report::scores(seen(options, std::move(stored.scores)), stored.header, stored.applied.definitions,
                        session.threads());
}

table::Table ranking_report(Session& session, store::Store& store, const Options& options) {
  StoredRun stored = load_run(session, store, options.run, report::columns_of_scores());
  return report::ranking(seen(options, std::move(stored.scores)), stored.header, stored.applied.definitions);
}

void require_employee(const Session& session, const Options& options) {
  if (options.argument.empty())
    throw Error(ErrorKind::usage, "usage/needs-word",
                {"EMPLOYEE", i18n::text(session.language, "option/employee"), "hrctl report"});
}

table::Table scorecard_report(Session& session, store::Store& store, const Options& options) {
  require_employee(session, options);
  require_seen(options.sight, options.argument);
  PersonScore score = person_score(session, store, find_run(store, options.run), options.argument);
  cut_person(options.sight, options.argument, score);
  table::Table out = report::scorecard(score.tree, score.header, score.outcome.data->applied.definitions,
                                       options.argument, &score.row);
  say_cut(options.sight, options.argument, out);
  return out;
}

// All figures of a run.
constexpr model::AccessFields kFigures =
    model::fields_of({AccessField::score, AccessField::band, AccessField::kpi, AccessField::okr, AccessField::feedback,
                      AccessField::coverage, AccessField::reasons});

table::Table advice_report(Session& session, store::Store& store, const Options& options) {
  require_employee(session, options);
  // What would lift a score tells all that it is made of; and where a band goes by position, what others have.
  require_fields(options.sight, options.argument, kFigures, options.name);
  PersonScore score = person_score(session, store, find_run(store, options.run), options.argument, true);
  const uint32_t person = *score.outcome.data->dataset.people.find(options.argument);
  const model::Advice advice = engine::advise(score.outcome, person);
  if (advice.by_position) require_all(options.sight, model::fields_of({AccessField::score}), options.name);
  return report::advice(advice, score.header, score.outcome.data->applied.definitions, options.argument, score.row,
                        session.data_language());
}

// With --cycle alone: as things stand. Else as the run saw them: on its day, with what was known to it.
table::Table okr_report(Session& session, store::Store& store, const Options& options) {
  const RunOptions& given = options.run;
  std::optional<store::Run> run;
  if (!given.run.empty() || given.cycle.empty()) run = find_run(store, {given.run, given.cycle, "", ""});
  engine::CycleRequest request;
  request.cycle = run ? run->cycle : given.cycle;
  request.today = date_of(session.who_when().now);
  request.known = given.known.empty() && run ? run->known : parse_known(given.known);
  if (run) request.as_of = run->as_of;
  if (!given.as_of.empty()) request.as_of = parse_day(given.as_of, "--as-of");
  const std::unique_ptr<engine::CycleData> data = engine::load_cycle(store, request, session.progress());
  const scoring::Scorer scorer(data->applied.definitions, data->dataset, {request.cycle, run ? run->plan : ""});
  store::Run shown;
  if (run && run->as_of == data->as_of && given.known.empty()) shown = *run;
  shown.cycle = request.cycle;
  shown.as_of = data->as_of;
  shown.known = data->known;
  std::vector<uint8_t> objectives;
  if (options.sight != nullptr) objectives = access::objectives_seen(data->dataset.okrs, *options.sight);
  return report::okr(data->dataset, scorer.okr_progress(), run_header(shown, *data->cycle), objectives);
}

// With --as-of alone: headcount and pay of that day. Else beside a run's scores, as of the run's day.
table::Table units_report(Session& session, store::Store& store, const Options& options) {
  const RunOptions& given = options.run;
  const bool wants_run = !given.run.empty() || !given.cycle.empty() || (given.as_of.empty() && !store.runs().empty());
  const RunOptions wanted{given.run, given.cycle, "", ""};
  const std::optional<store::Run> run = wants_run ? std::optional(find_run(store, wanted)) : std::nullopt;
  Date as_of = run ? run->as_of : date_of(session.who_when().now);
  if (!given.as_of.empty()) as_of = parse_day(given.as_of, "--as-of");
  const store::Timestamp known = given.known.empty() && run ? run->known : parse_known(given.known);
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
  if (options.sight != nullptr) access::cut_organisation(*options.sight, {}, organisation);
  if (options.sight != nullptr && stored) stored->scores = seen(options, std::move(stored->scores));
  table::Table out = report::units(organisation, stored ? &stored->scores : nullptr,
                                   stored ? std::optional(stored->header) : std::nullopt, session.threads());
  if (options.sight != nullptr) leave_out_empty(out);
  return out;
}

// What happened to cycles and their targets: of no run and of no day.
table::Table changes_report(Session&, store::Store& store, const Options& options) {
  for (const auto& [option, value] : {std::pair{"--run", &options.run.run}, {"--as-of", &options.run.as_of}}) {
    if (!value->empty()) throw Error(ErrorKind::usage, "usage/option-of-report", {option, options.name});
  }
  table::Table table = change_table(store, options.run.cycle, parse_known(options.run.known), options.sight);
  if (table.rows() == 0 && !options.run.cycle.empty()) engine::require_cycle(store, options.run.cycle);
  return table;
}

// Bands that the run's scales have, and no others.
std::vector<std::string> favourable_bands(const std::string& given, const engine::ScoreOutcome& scored,
                                          const std::vector<scoring::BandGroup>& groups) {
  const model::Definitions& definitions = scored.data->applied.definitions;
  std::vector<std::string> known;
  for (const scoring::BandGroup& group : groups) {
    for (const uint32_t band : group.bands) {
      const std::string& id = definitions.find_scale(definitions.plans[group.plan].scale)->bands[band].id;
      if (std::find(known.begin(), known.end(), id) == known.end()) known.push_back(id);
    }
  }
  std::vector<std::string> bands = words_of(given);
  for (const std::string& band : bands) {
    if (std::find(known.begin(), known.end(), band) == known.end())
      throw Error(ErrorKind::usage, "usage/choice", {"--favourable", escape_controls(band), listed(known)});
  }
  return bands;
}

table::Table calibration_report(Session& session, store::Store& store, const Options& options) {
  const store::Run run = find_run(store, options.run);
  const engine::ScoreOutcome scored = engine::rescore(store, run, session.threads(), session.progress());
  report::CalibrationData data{scored.data->dataset, scored.data->applied.definitions, scored.results, {}, {}, {}, {}};
  data.groups = scored.scorer->band_groups(scored.results, std::nullopt);
  if (data.groups.empty()) throw Error(ErrorKind::rejected, "calibration-no-bands", {std::to_string(run.id)});
  for (const engine::MoveOfRun& m : engine::moves_of_runs(store, run))
    data.moves.push_back({m.run, m.move.employee, m.move.before, m.move.after, m.move.who, m.move.why});
  for (const std::string& name : words_of(options.analysis.by))
    data.attributes.push_back(engine::require_attribute(scored.data->dataset, name));
  data.favourable = favourable_bands(options.favourable, scored, data.groups);
  data.min_shown = min_shown(session, options.analysis);
  return report::calibration(data, run_header(run, *scored.data->cycle));
}

table::Table compare_report(Session& session, store::Store& store, const Options& options) {
  return compare(session, store, find_run(store, options.run), options.analysis);
}

table::Table correlation_report(Session& session, store::Store& store, const Options& options) {
  return correlation(session, store, find_run(store, options.run), options.analysis);
}

table::Table distribution_report(Session& session, store::Store& store, const Options& options) {
  return distribution(session, store, find_run(store, options.run), options.analysis);
}

table::Table trend_report(Session& session, store::Store& store, const Options& options) {
  return trend(session, store, options.run, options.argument, options.analysis);
}

table::Table stability_report(Session& session, store::Store& store, const Options& options) {
  return stability(session, store, options.run, options.argument, options.analysis);
}

table::Report dossier_report(Session& session, store::Store& store, const Options& options) {
  require_employee(session, options);
  if (!options.where.empty()) throw Error(ErrorKind::usage, "usage/option-of-report", {"--where", options.name});
  require_seen(options.sight, options.argument);
  const Dossiers dossiers(session, store, options.run, min_shown(session, options.analysis));
  table::Report out = dossiers.of(options.argument, options.sight);
  say_cut(options.sight, options.argument, out);
  return out;
}

// Views that are not cut for a viewer have all of it.
constexpr model::AccessFields kAllThereIs =
    model::fields_of({AccessField::score, AccessField::band, AccessField::kpi, AccessField::okr, AccessField::feedback,
                      AccessField::coverage, AccessField::reasons, AccessField::recognitions, AccessField::pay});

report::View view_of_report(Session& session, store::Store& store, model::ReportView view, const Options& options) {
  switch (view) {
    case model::ReportView::scores:
      return {scores_report(session, store, options), "employee_id"};
    case model::ReportView::ranking:
      return {ranking_report(session, store, options), "employee_id"};
    case model::ReportView::okr:
      return {okr_report(session, store, options), ""};
    case model::ReportView::units:
      return {units_report(session, store, options),
              "",
              {"salary_total", "salary_mean", "salary_median", "salary_missing", "currency"}};
    case model::ReportView::changes:
      return {changes_report(session, store, options), ""};
    default:
      require_all(options.sight, kAllThereIs, options.name);
      return view_of(session, store, view, options.run);
  }
}

table::Table custom_report(Session& session, store::Store& store, const Options& options) {
  if (options.argument.empty())
    throw Error(ErrorKind::usage, "usage/needs-word",
                {"FILE", i18n::text(session.language, "option/report-file"), "hrctl report"});
  constexpr uint64_t kMostBytes = 64ULL << 20;  // the reader has its own, tighter bound, with a place in the message
  const defs::DefinitionFile file{options.argument, engine::read_file(options.argument, kMostBytes)};
  defs::LoadedReport loaded = defs::load_custom_report(file);
  std::optional<table::Table> table;
  if (!has_errors(loaded.diagnostics)) {
    report::View view = view_of_report(session, store, loaded.report.view, options);
    table = report::custom(std::move(view), loaded.report, min_shown(session, options.analysis), loaded.diagnostics);
  }
  defs::sort_by_place({file}, loaded.diagnostics);
  session.print_diagnostics(loaded.diagnostics, {file});
  if (!table) throw Error(ErrorKind::rejected, "report-refused", {escape_controls(options.argument)});
  return std::move(*table);
}

table::Report dashboard_report(Session& session, store::Store& store, const Options& options) {
  if (!options.where.empty()) throw Error(ErrorKind::usage, "usage/option-of-report", {"--where", options.name});
  const store::Run run = find_run(store, options.run);
  return dashboard_of(session, store, run, options.argument, min_shown(session, options.analysis), options.sight);
}

struct Report {
  const char* name;
  table::Table (*make)(Session&, store::Store&, const Options&);
  bool takes_argument;
  bool for_viewers;  // made of what a viewer may see; the others are for those who may see everybody
  table::Report (*make_several)(Session&, store::Store&, const Options&) = nullptr;  // instead, of several tables
};
constexpr const char* kSite = "site";  // writes pages, prints nothing
constexpr Report kReports[] = {{"scores", scores_report, false, true},
                               {"ranking", ranking_report, false, true},
                               {"scorecard", scorecard_report, true, true},
                               {"advice", advice_report, true, true},
                               {"dossier", nullptr, true, true, dossier_report},
                               {"dashboard", nullptr, true, true, dashboard_report},
                               {"okr", okr_report, false, true},
                               {"units", units_report, false, true},
                               {"changes", changes_report, false, true},
                               {"calibration", calibration_report, false, false},
                               {"compare", compare_report, false, true},
                               {"correlation", correlation_report, false, true},
                               {"distribution", distribution_report, false, true},
                               {"trend", trend_report, true, true},
                               {"stability", stability_report, true, true},
                               {"custom", custom_report, true, true},
                               {kSite, nullptr, true, true}};

const Report& find_report(const std::string& name) {
  std::vector<std::string> names;
  for (const Report& r : kReports) {
    if (name == r.name) return r;
    names.emplace_back(r.name);
  }
  if (const auto near = nearest(name, names))
    throw Error(ErrorKind::usage, "usage/unknown-report/near", {escape_controls(name), *near});
  throw Error(ErrorKind::usage, "usage/unknown-report", {escape_controls(name), listed(names)});
}

// Options that some reports alone take.
void require_options(const Options& options) {
  const struct {
    const char* option;
    const std::string& value;
    std::vector<std::string_view> reports;
  } kOptions[] = {{"--by", options.analysis.by, {"calibration", "compare", "distribution", "trend", "stability"}},
                  {"--favourable", options.favourable, {"calibration"}},
                  {"--measure", options.analysis.measure, {"compare", "distribution", "trend"}},
                  {"--measures", options.analysis.measures, {"correlation", "stability"}},
                  {"--min-shown",
                   options.analysis.min_shown,
                   {"calibration", "compare", "correlation", "custom", "distribution", "dossier", "dashboard", "trend",
                    "stability", "site"}}};
  for (const auto& o : kOptions) {
    if (!o.value.empty() && std::find(o.reports.begin(), o.reports.end(), options.name) == o.reports.end())
      throw Error(ErrorKind::usage, "usage/option-of-report", {o.option, options.name});
  }
}

int make_site(Session& session, store::Store& store, const Options& options) {
  for (const auto& [option, value] : {std::pair{"--where", &options.where}, {"--as", &options.as}}) {
    if (!value->empty()) throw Error(ErrorKind::usage, "usage/option-of-report", {option, options.name});
  }
  if (options.argument.empty())
    throw Error(ErrorKind::usage, "usage/needs-word",
                {"DIR", i18n::text(session.language, "option/site"), "hrctl report"});
  write_site(session, store, options.run, min_shown(session, options.analysis), options.argument);
  return 0;
}

int run(Session& session, const Options& given) {
  Options options = given;
  const Report& report = find_report(options.name);
  if (!report.takes_argument && !options.argument.empty())
    throw Error(ErrorKind::usage, "usage/too-many-words", {escape_controls(options.argument)});
  require_options(options);
  const std::unique_ptr<store::Store> store = session.open_store(false);
  if (options.name == kSite) return make_site(session, *store, options);
  const std::optional<access::Sight> sight = sight_as(session, *store, options.as, options.run);
  options.sight = sight ? &*sight : nullptr;
  options.analysis.sight = options.sight;
  if (!report.for_viewers) require_all(options.sight, kFigures, options.name);
  if (report.make == scores_report && options.where.empty() && !sight && session.prints_parts()) {
    print_scores_in_parts(session, *store, options.run);
    return 0;
  }
  if (report.make_several != nullptr) {
    table::Report several = report.make_several(session, *store, options);
    say_viewer(options.sight, several);
    session.print(several);
    return 0;
  }
  table::Table table = report.make(session, *store, options);
  if (!options.where.empty()) {
    Diagnostics problems;
    report::keep_where(table, options.where, problems);
    session.print_diagnostics(problems, {{"--where", options.where}});
    if (has_errors(problems)) throw Error(ErrorKind::usage, "usage/where");
  }
  say_viewer(options.sight, table);
  session.print(table);
  return 0;
}

}  // namespace

void add_report(CLI::App& parent, Session& session) {
  const auto options = std::make_shared<Options>();
  CLI::App* leaf = add_leaf(parent, "report", session);
  add_word(leaf, session, "NAME", options->name, true);
  add_word(leaf, session, "ARGUMENT", options->argument, false);
  add_run_options(leaf, session, options->run);
  add_value(leaf, session, "--where EXPR", options->where);
  add_value(leaf, session, "--by ATTRIBUTES", options->analysis.by);
  add_value(leaf, session, "--measure NAME", options->analysis.measure);
  add_value(leaf, session, "--measures NAMES", options->analysis.measures);
  add_value(leaf, session, "--min-shown N", options->analysis.min_shown);
  add_value(leaf, session, "--favourable BANDS", options->favourable);
  add_value(leaf, session, "--as EMPLOYEE", options->as);
  const auto prints = [options] {
    if (options->name == kSite) return Prints::nothing;
    return options->name == "dossier" || options->name == "dashboard" ? Prints::report : Prints::table;
  };
  set_action(leaf, session, prints, [&session, options] { return run(session, *options); });
}

}  // namespace hr::cmd
