#include "dossier.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "access/cut.h"
#include "base/error.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "dossier_moves.h"
#include "engine/cycle/data.h"
#include "engine/cycle/stage.h"
#include "engine/review/imported_places.h"
#include "facts/run_scores.h"
#include "freed_memory.h"
#include "person_score.h"
#include "report/dossier.h"
#include "run_header.h"

namespace hr::cmd {

namespace {

// The run that counts of each cycle, oldest first: the official one, else the last made by then. `meant`, if any, goes
// before the others of its cycle.
struct CycleRuns {
  std::vector<store::Run> runs;
  std::vector<bool> official;
};

CycleRuns runs_of_cycles(store::Store& store, store::Timestamp known, const std::optional<store::Run>& meant) {
  const std::vector<store::CycleEvent> events = store.cycle_events(known);
  std::map<std::string, store::Run> last;  // by cycle
  std::map<std::string, bool> is_official;
  for (const store::Run& run : store.runs()) {
    if (run.created_at > known) continue;
    model::Cycle cycle;
    cycle.id = run.cycle;
    const int64_t official = engine::stage_of(cycle, events, run.as_of).official_run;
    if (official == 0 || official == run.id) last[run.cycle] = run;
    is_official[run.cycle] = official != 0;
  }
  if (meant) {
    is_official[meant->cycle] = is_official[meant->cycle] && last[meant->cycle].id == meant->id;
    last[meant->cycle] = *meant;
  }
  CycleRuns found;
  for (auto& [cycle, run] : last) found.runs.push_back(std::move(run));
  std::sort(found.runs.begin(), found.runs.end(), [](const store::Run& a, const store::Run& b) {
    return a.as_of != b.as_of ? a.as_of < b.as_of : a.id < b.id;
  });
  for (const store::Run& run : found.runs) found.official.push_back(is_official[run.cycle]);
  return found;
}

using Recognitions = std::map<std::string, std::vector<report::Recognition>, std::less<>>;  // by employee

Recognitions recognitions_by_employee(store::Store& store, store::Timestamp known) {
  Recognitions all;
  for (const facts::Frame& frame : store.records(model::TableId::recognitions, known)) {
    const facts::Column* ids = frame.find("employee_id");
    const facts::Column* notes = frame.find("note");
    for (size_t row = 0; row < frame.size(); ++row) {
      all[std::string(ids->text(row))].push_back(
          {frame.find("date")->date(row).value_or(Date{}), std::string(frame.find("kind")->text(row)),
           std::string(notes != nullptr ? notes->text(row) : std::string_view{})});
    }
  }
  for (auto& [employee, found] : all)
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.day < b.day; });
  return all;
}

// A run of everybody, scored again.
struct WholeRun {
  engine::ScoreOutcome outcome;
  std::shared_ptr<const scoring::Scorer::Standings> standings;
  std::unique_ptr<const facts::RunScores> rows;
  std::vector<scoring::ObjectiveProgress> progress;
};

// Objectives that the tree of a score has, by their number.
void mark_objectives(const model::Derivation& tree, const facts::Okrs& okrs, std::vector<uint8_t>& found) {
  const size_t slash = tree.node.find('/');
  if (tree.node.starts_with("okr") && slash != std::string::npos) {
    const auto name = okrs.objective_names.find(std::string_view(tree.node).substr(slash + 1));
    for (uint32_t o = 0; name && o < okrs.size(); ++o) found[o] = found[o] != 0 || okrs.id[o] == *name ? 1 : 0;
    return;
  }
  for (const model::Derivation& part : tree.parts) mark_objectives(part, okrs, found);
}

[[noreturn]] void refuse_unknown(const facts::Dataset& organisation, const std::string& employee) {
  const auto near = nearest(employee, organisation.people.id.all());
  if (near) throw Error(ErrorKind::rejected, "nobody-known/near", {escape_controls(employee), *near});
  throw Error(ErrorKind::rejected, "nobody-known", {escape_controls(employee)});
}

}  // namespace

struct Dossiers::Source {
  // A run with its rows, and where each person's is.
  struct RunRows {
    std::shared_ptr<const facts::Frame> scores;
    std::unordered_map<std::string_view, uint32_t> row_of;
    report::RunHeader header;
  };

  const Session& session;
  store::Store& store;
  uint32_t min_shown;
  store::Timestamp known;
  Date day;
  facts::Dataset organisation;
  std::optional<engine::AppliedDefinitions> applied;
  CycleRuns runs;
  std::optional<size_t> meant;  // of runs
  std::vector<RunRows> rows;    // by run
  std::vector<RunMoves> moves;  // by run
  std::vector<store::TargetChange> targets;
  Recognitions recognitions;
  engine::ImportedPlaces places;
  std::vector<WholeRun> whole;  // by run, of those that are scored as a whole; empty: none is
  mutable std::mutex store_lock;
  mutable std::map<std::pair<size_t, std::string>, std::vector<store::FactCell>> facts_of_units;  // by run

  const model::Definitions& definitions() const { return applied ? *applied->definitions : engine::no_definitions(); }

  void load_rows();
  std::shared_ptr<const facts::Frame> seen(size_t run, SightOrNone sight) const;
  // The run that is meant, else the newest that lists the person.
  std::optional<size_t> detailed_run(const std::string& employee) const;
  report::DossierDetail detail(size_t run, const std::string& employee, SightOrNone sight) const;
  std::vector<store::FactCell> facts_of(size_t run, const std::string& subject) const;
  // The steps of the person's score, with all that is told of it.
  report::DossierDetail detail_of(model::Derivation tree, const facts::Frame& row, const engine::ScoreOutcome& outcome,
                                  const std::vector<scoring::ObjectiveProgress>& progress, size_t run,
                                  const std::string& employee, SightOrNone sight) const;
};

void Dossiers::Source::load_rows() {
  for (const store::Run& run : runs.runs) {
    const model::Cycle* cycle = definitions().find_cycle(run.cycle);
    RunRows& of_run = rows.emplace_back();
    of_run.header = run_header(run, cycle != nullptr ? *cycle : model::Cycle{});
    of_run.scores = std::make_shared<facts::Frame>(store.run_scores(run.id, report::columns_of_dossier()));
    const facts::Column& ids = *of_run.scores->find("employee_id");
    for (uint32_t row = 0; row < of_run.scores->size(); ++row) of_run.row_of.emplace(ids.text(row), row);
    moves.push_back(moves_of(store, run));
  }
}

std::shared_ptr<const facts::Frame> Dossiers::Source::seen(size_t run, SightOrNone sight) const {
  const RunRows& of_run = rows[run];
  if (sight == nullptr) return of_run.scores;
  if (sight->everybody.any())
    return std::make_shared<facts::Frame>(access::cut_scores(facts::Frame(*of_run.scores), *sight));
  std::vector<uint32_t> seen_rows;
  for (const auto& person : sight->people) {
    const auto row = of_run.row_of.find(person.first);
    if (row != of_run.row_of.end()) seen_rows.push_back(row->second);
  }
  std::sort(seen_rows.begin(), seen_rows.end());
  return std::make_shared<facts::Frame>(access::cut_scores(*of_run.scores, seen_rows, *sight));
}

std::optional<size_t> Dossiers::Source::detailed_run(const std::string& employee) const {
  if (meant) return meant;
  for (size_t run = rows.size(); run-- > 0;) {
    if (rows[run].row_of.count(employee) != 0) return run;
  }
  return std::nullopt;
}

// Units' facts are asked for again and again.
std::vector<store::FactCell> Dossiers::Source::facts_of(size_t run, const std::string& subject) const {
  const std::lock_guard lock(store_lock);
  const engine::ScoreOutcome& outcome = whole[run].outcome;
  const auto read = [&] { return store.facts_of(subject, outcome.data->dataset.cycle, outcome.run.known); };
  if (!subject.starts_with("unit:")) return read();
  const auto [at, fresh] = facts_of_units.try_emplace({run, subject});
  if (fresh) at->second = read();
  return at->second;
}

report::DossierDetail Dossiers::Source::detail_of(model::Derivation tree, const facts::Frame& row,
                                                  const engine::ScoreOutcome& outcome,
                                                  const std::vector<scoring::ObjectiveProgress>& progress, size_t run,
                                                  const std::string& employee, SightOrNone sight) const {
  report::DossierDetail detail;
  detail.run = run;
  detail.tree = sight != nullptr ? access::cut_derivation(tree, sight->of(employee)) : std::move(tree);
  const facts::Frame cut = sight != nullptr ? access::cut_scores(row, *sight) : facts::Frame{};
  const report::RunHeader& header = rows[run].header;
  const model::Definitions& defined = *outcome.data->applied.definitions;
  detail.scorecard = report::scorecard(detail.tree, header, defined, employee, sight != nullptr ? &cut : &row);
  std::vector<uint8_t> objectives(outcome.data->dataset.okrs.size(), 0);
  mark_objectives(detail.tree, outcome.data->dataset.okrs, objectives);
  detail.okr = report::okr(outcome.data->dataset, progress, header, objectives);
  const i18n::Language language = session.data_language();
  detail.explanation =
      report::explain(detail.tree, header, defined, employee, words_for_places(places, language), language);
  return detail;
}

report::DossierDetail Dossiers::Source::detail(size_t run, const std::string& employee, SightOrNone sight) const {
  const bool is_whole = !whole.empty();
  if (!is_whole) {
    PersonScore score = person_score(session, store, runs.runs[run], employee);
    return detail_of(std::move(score.tree), score.row, score.outcome, score.outcome.scorer->okr_progress(), run,
                     employee, sight);
  }
  const WholeRun& of_run = whole[run];
  const auto person = of_run.outcome.data->dataset.people.find(employee);
  const auto facts = [&](const std::string& subject) { return facts_of(run, subject); };
  return detail_of(engine::explain(of_run.outcome, *of_run.standings, *person, facts), of_run.rows->of_person(*person),
                   of_run.outcome, of_run.progress, run, employee, sight);
}

Dossiers::Dossiers(const Session& session, store::Store& store, const RunOptions& options, uint32_t min_shown) {
  const store::Timestamp known = parse_known(options.known);
  const bool wants_run = !(options.run + options.cycle + options.as_of).empty();
  const std::optional<store::Run> meant = wants_run ? std::optional(find_run(store, options)) : std::nullopt;
  const Date today = date_of(session.who_when().now);
  const Date day = options.as_of.empty() ? today : parse_day(options.as_of, "--as-of");
  session.begin("progress/load");
  Diagnostics found;
  source_ = std::unique_ptr<Source>(new Source{session,
                                               store,
                                               min_shown,
                                               known,
                                               day,
                                               engine::load_organisation(store, day, known, found),
                                               engine::applied_definitions(store, known),
                                               runs_of_cycles(store, known, meant),
                                               {},
                                               {},
                                               {},
                                               store.target_changes(known),
                                               recognitions_by_employee(store, known),
                                               engine::ImportedPlaces(store),
                                               {},
                                               {},
                                               {}});
  for (size_t run = 0; meant && run < source_->runs.runs.size(); ++run) {
    if (source_->runs.runs[run].id == meant->id) source_->meant = run;
  }
  source_->load_rows();
}

Dossiers::~Dossiers() = default;

void Dossiers::load_runs() {
  keep_freed_memory();
  Source& source = *source_;
  source.whole.resize(source.runs.runs.size());
  std::vector<uint8_t> is_shown(source.whole.size(), 0);
  for (uint32_t person = 0; person < source.organisation.people.size(); ++person) {
    if (const auto run = source.detailed_run(std::string(source.organisation.people.id[person]))) is_shown[*run] = 1;
  }
  for (size_t run = 0; run < source.whole.size(); ++run) {
    if (is_shown[run] == 0) continue;
    WholeRun& whole = source.whole[run];
    whole.outcome =
        engine::rescore(source.store, source.runs.runs[run], source.session.threads(), source.session.progress());
    whole.standings = engine::standings_of(whole.outcome);
    whole.rows = std::unique_ptr<const facts::RunScores>(new facts::RunScores(engine::rows_of(whole.outcome)));
    whole.progress = whole.outcome.scorer->okr_progress();
  }
}

table::Report Dossiers::of(const std::string& employee, SightOrNone sight) const {
  const Source& source = *source_;
  report::Dossier dossier{employee, source.day, source.organisation, source.definitions(), {}, {}, {}, {}};
  for (size_t run = 0; run < source.rows.size(); ++run)
    dossier.runs.push_back({source.rows[run].header, source.runs.official[run], source.seen(run, sight)});
  const auto run = source.detailed_run(employee);
  const bool is_there = source.whole.empty() || (run && source.rows[*run].row_of.count(employee) != 0);
  if (run && is_there) dossier.detail = source.detail(*run, employee, sight);
  if (!report::is_known(dossier)) refuse_unknown(source.organisation, employee);
  const model::AccessFields fields = sight != nullptr ? sight->of(employee) : model::kAllButPay;
  add_moves(source.targets, source.moves, fields, dossier);
  const auto recognised = source.recognitions.find(employee);
  if (recognised != source.recognitions.end() && fields.has(model::AccessField::recognitions))
    dossier.recognitions = recognised->second;
  dossier.min_shown = source.min_shown;
  dossier.is_cut = sight != nullptr;
  if (source.whole.empty()) source.session.begin("progress/report");
  return report::dossier(std::move(dossier));
}

}  // namespace hr::cmd
