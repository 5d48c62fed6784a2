// hrctl report NAME [ARG]: scores, ranking, scorecard EMPLOYEE, advice EMPLOYEE, dossier EMPLOYEE, dashboard [UNIT],
// okr, units, changes, calibration, compare, correlation, distribution, trend [SUBJECT], stability [SUBJECT], custom
// FILE, site DIR.
#include <algorithm>
#include <string_view>

#include "analysis.h"
#include "base/error.h"
#include "base/listed.h"
#include "base/text.h"
#include "calibration_report.h"
#include "command.h"
#include "custom_report.h"
#include "dashboard.h"
#include "dossier.h"
#include "options.h"
#include "person_reports.h"
#include "report/where.h"
#include "run_header.h"
#include "run_reports.h"
#include "site.h"
#include "viewing.h"

namespace hr::cmd {

namespace {

struct ReportOptions {
  std::string name, argument, where, favourable, as;
  AnalysisOptions analysis;  // by and min_shown of others, too
  RunOptions run;
  SightOrNone sight = nullptr;  // of --as
};

void require_argument(const Session& session, const ReportOptions& options, const char* word, const char* meaning) {
  if (options.argument.empty())
    throw Error(ErrorKind::usage, "usage/needs-word", {word, i18n::text(session.language, meaning), "hrctl report"});
}

table::Table scores_report(Session& session, store::Store& store, const ReportOptions& options) {
  return scores_of(session, store, options.run, options.sight);
}

table::Table ranking_report(Session& session, store::Store& store, const ReportOptions& options) {
  return ranking_of(session, store, options.run, options.sight);
}

table::Table scorecard_report(Session& session, store::Store& store, const ReportOptions& options) {
  require_argument(session, options, "EMPLOYEE", "option/employee");
  return scorecard_of(session, store, options.run, options.argument, options.sight);
}

table::Table advice_report(Session& session, store::Store& store, const ReportOptions& options) {
  require_argument(session, options, "EMPLOYEE", "option/employee");
  return advice_of(session, store, options.run, options.argument, options.sight);
}

table::Table okr_report(Session& session, store::Store& store, const ReportOptions& options) {
  return okr_of(session, store, options.run, options.sight);
}

table::Table units_report(Session& session, store::Store& store, const ReportOptions& options) {
  return units_of(session, store, options.run, options.sight);
}

table::Table changes_report(Session&, store::Store& store, const ReportOptions& options) {
  return changes_of(store, options.run, options.name, options.sight);
}

table::Table calibration_report(Session& session, store::Store& store, const ReportOptions& options) {
  return calibration_of(session, store, options.run,
                        {options.analysis.by, options.favourable, min_shown(session, options.analysis)});
}

table::Table custom_report(Session& session, store::Store& store, const ReportOptions& options) {
  require_argument(session, options, "FILE", "option/report-file");
  return custom_of(session, store, options.argument, options.run, min_shown(session, options.analysis), options.sight);
}

table::Table compare_report(Session& session, store::Store& store, const ReportOptions& options) {
  return compare(session, store, find_run(store, options.run), options.analysis);
}

table::Table correlation_report(Session& session, store::Store& store, const ReportOptions& options) {
  return correlation(session, store, find_run(store, options.run), options.analysis);
}

table::Table distribution_report(Session& session, store::Store& store, const ReportOptions& options) {
  return distribution(session, store, find_run(store, options.run), options.analysis);
}

table::Table trend_report(Session& session, store::Store& store, const ReportOptions& options) {
  return trend(session, store, options.run, options.argument, options.analysis);
}

table::Table stability_report(Session& session, store::Store& store, const ReportOptions& options) {
  return stability(session, store, options.run, options.argument, options.analysis);
}

table::Report dossier_report(Session& session, store::Store& store, const ReportOptions& options) {
  require_argument(session, options, "EMPLOYEE", "option/employee");
  if (!options.where.empty()) throw Error(ErrorKind::usage, "usage/option-of-report", {"--where", options.name});
  require_seen(options.sight, options.argument);
  const Dossiers dossiers(session, store, options.run, min_shown(session, options.analysis));
  table::Report out = dossiers.of(options.argument, options.sight);
  say_cut(options.sight, options.argument, out);
  return out;
}

table::Report dashboard_report(Session& session, store::Store& store, const ReportOptions& options) {
  if (!options.where.empty()) throw Error(ErrorKind::usage, "usage/option-of-report", {"--where", options.name});
  const store::Run run = find_run(store, options.run);
  return dashboard_of(session, store, run, options.argument, min_shown(session, options.analysis), options.sight);
}

struct Report {
  const char* name;
  table::Table (*make)(Session&, store::Store&, const ReportOptions&);
  bool takes_argument;
  bool for_viewers;  // made of what a viewer may see; the others are for those who may see everybody
  table::Report (*make_several)(Session&, store::Store&, const ReportOptions&) = nullptr;  // instead, of several tables
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
void require_options(const ReportOptions& options) {
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

int make_site(Session& session, store::Store& store, const ReportOptions& options) {
  for (const auto& [option, value] : {std::pair{"--where", &options.where}, {"--as", &options.as}}) {
    if (!value->empty()) throw Error(ErrorKind::usage, "usage/option-of-report", {option, options.name});
  }
  require_argument(session, options, "DIR", "option/site");
  write_site(session, store, options.run, min_shown(session, options.analysis), options.argument);
  return 0;
}

int run_report(Session& session, const ReportOptions& given) {
  ReportOptions options = given;
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
  const auto options = std::make_shared<ReportOptions>();
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
  set_action(leaf, session, prints, [&session, options] { return run_report(session, *options); });
}

}  // namespace hr::cmd
