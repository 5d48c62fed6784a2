#include "dossier.h"

#include <algorithm>
#include <map>
#include <optional>

#include "access/cut.h"
#include "base/error.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "engine/cycle/data.h"
#include "engine/cycle/stage.h"
#include "engine/run/calibration.h"
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

// Nodes of the derivation below these, by their last name: what was given or taken by rules outside of the mean.
void add_rule_moves(const model::Derivation& tree, const store::Run& run, std::vector<report::DossierMove>& moves) {
  for (const model::Derivation& step : tree.parts) {
    const bool adjusts = step.node == "adjustments";
    if (!adjusts && step.node != "vetoes") continue;
    for (const model::Derivation& item : step.parts) {
      const bool counts = adjusts ? !item.value.empty() && item.value != "0" : item.status == "fired";
      if (!counts) continue;
      const std::string name = item.node.substr(item.node.rfind('/') + 1);
      moves.push_back(
          {run.as_of, adjusts ? "adjustment" : "veto", run.cycle, name, "", adjusts ? item.value : "", "", ""});
    }
  }
}

// Whose targets are the person's: their own, and those of a job, unit or plan that was theirs.
std::vector<std::string> subjects_of(const report::Dossier& dossier) {
  std::vector<std::string> subjects{dossier.employee};
  const facts::Spells& spells = dossier.organisation.spells;
  const auto person = dossier.organisation.people.find(dossier.employee);
  if (person) {
    for (uint32_t spell = spells.begin[*person]; spell < spells.begin[*person + 1]; ++spell) {
      const facts::Column* jobs = spells.attributes.find("job");
      if (jobs != nullptr) subjects.push_back("job:" + std::string(jobs->text(spell)));
      if (spells.unit[spell] != facts::kNone)
        subjects.push_back("unit:" + std::string(dossier.organisation.units.id[spells.unit[spell]]));
    }
  }
  for (const report::DossierRun& run : dossier.runs) {
    const auto row = report::row_of(run.scores, dossier.employee);
    if (row) subjects.push_back("plan:" + std::string(run.scores.find("plan")->text(*row)));
  }
  return subjects;
}

// KPIs, objectives and key results that the person's score is made of, and the scorecard, found by where it stands.
void add_subjects_of_tree(const model::Derivation& tree, const model::Definitions& definitions,
                          std::vector<std::string>& subjects) {
  for (const model::Scorecard& scorecard : definitions.scorecards) {
    if (tree.definition.line > 0 && tree.definition.file == scorecard.span.file &&
        tree.definition.line == scorecard.span.line)
      subjects.push_back("scorecard:" + scorecard.id);
  }
  const std::string name = tree.node.substr(tree.node.rfind('/') + 1);
  if (tree.node.starts_with("kpi")) subjects.push_back("kpi:" + name);
  if (tree.node.starts_with("okr")) {
    subjects.push_back("objective:" + name);
    subjects.push_back("key_result:" + name);
  }
  for (const model::Derivation& part : tree.parts) add_subjects_of_tree(part, definitions, subjects);
}

void add_target_moves(store::Store& store, store::Timestamp known, const std::vector<std::string>& subjects,
                      std::vector<report::DossierMove>& moves) {
  for (const store::TargetChange& change : store.target_changes(known)) {
    if (std::find(subjects.begin(), subjects.end(), change.subject) == subjects.end()) continue;
    const std::string item = change.kpi.empty() ? change.subject : change.kpi;
    moves.push_back({date_of(change.at), "target", change.cycle,
                     item + (change.field == "target" ? "" : " · " + change.field), change.before, change.after,
                     change.by, change.reason});
  }
}

void add_calibration_moves(store::Store& store, const store::Run& run, const std::string& employee,
                           std::vector<report::DossierMove>& moves) {
  for (const engine::MoveOfRun& found : engine::moves_of_runs(store, run)) {
    const store::CalibrationMove& move = found.move;
    if (move.employee != employee) continue;
    const auto of = store.run(found.run);
    moves.push_back({of ? date_of(of->created_at) : run.as_of, "calibration", run.cycle, "", move.before, move.after,
                     move.who, move.why});
  }
}

std::vector<report::Recognition> recognitions_of(store::Store& store, store::Timestamp known,
                                                 const std::string& employee) {
  std::vector<report::Recognition> found;
  for (const facts::Frame& frame : store.records(model::TableId::recognitions, known)) {
    const facts::Column* ids = frame.find("employee_id");
    const facts::Column* notes = frame.find("note");
    for (size_t row = 0; row < frame.size(); ++row) {
      if (ids->text(row) != employee) continue;
      found.push_back({frame.find("date")->date(row).value_or(Date{}), std::string(frame.find("kind")->text(row)),
                       std::string(notes != nullptr ? notes->text(row) : std::string_view{})});
    }
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.day < b.day; });
  return found;
}

// The newest run that lists the person.
std::optional<size_t> last_run_of(const report::Dossier& dossier) {
  for (size_t i = dossier.runs.size(); i-- > 0;) {
    if (report::row_of(dossier.runs[i].scores, dossier.employee)) return i;
  }
  return std::nullopt;
}

report::DossierDetail detail_of(const Session& session, store::Store& store, const store::Run& run, size_t place,
                                const std::string& employee, SightOrNone sight) {
  PersonScore score = person_score(session, store, run, employee);
  cut_person(sight, employee, score);
  report::DossierDetail detail;
  detail.run = place;
  detail.tree = score.tree;
  const model::Definitions& definitions = score.outcome.data->applied.definitions;
  detail.scorecard = report::scorecard(score.tree, score.header, definitions, employee, &score.row);
  detail.okr = report::okr(score.outcome.data->dataset, score.outcome.scorer->okr_progress(), score.header);
  detail.explanation = explanation_of(session, store, score, score.tree, employee);
  return detail;
}

void add_moves(store::Store& store, store::Timestamp known, const CycleRuns& runs, model::AccessFields seen,
               report::Dossier& dossier) {
  std::vector<std::string> subjects;
  if (seen.has(model::AccessField::kpi)) subjects = subjects_of(dossier);
  if (dossier.detail) add_subjects_of_tree(dossier.detail->tree, dossier.definitions, subjects);
  add_target_moves(store, known, subjects, dossier.moves);
  for (const store::Run& run : runs.runs) {
    if (seen.has(model::AccessField::band)) add_calibration_moves(store, run, dossier.employee, dossier.moves);
  }
  if (dossier.detail) add_rule_moves(dossier.detail->tree, runs.runs[dossier.detail->run], dossier.moves);
  std::stable_sort(dossier.moves.begin(), dossier.moves.end(),
                   [](const report::DossierMove& a, const report::DossierMove& b) { return a.day < b.day; });
}

[[noreturn]] void refuse_unknown(const facts::Dataset& organisation, const std::string& employee) {
  const auto near = nearest(employee, organisation.people.id.all());
  if (near) throw Error(ErrorKind::rejected, "nobody-known/near", {escape_controls(employee), *near});
  throw Error(ErrorKind::rejected, "nobody-known", {escape_controls(employee)});
}

}  // namespace

table::Report dossier_of(const Session& session, store::Store& store, const RunOptions& options,
                         const std::string& employee, uint32_t min_shown, SightOrNone sight) {
  const store::Timestamp known = parse_known(options.known);
  const bool wants_run = !(options.run + options.cycle + options.as_of).empty();
  const std::optional<store::Run> meant = wants_run ? std::optional(find_run(store, options)) : std::nullopt;
  const Date today = date_of(session.who_when().now);
  const Date day = options.as_of.empty() ? today : parse_day(options.as_of, "--as-of");
  session.begin("progress/load");
  Diagnostics found;
  const facts::Dataset organisation = engine::load_organisation(store, day, known, found);
  const auto applied = engine::applied_definitions(store, known);
  report::Dossier dossier{employee, day, organisation, applied ? applied->definitions : engine::no_definitions(),
                          {},       {},  {},           {}};
  const CycleRuns runs = runs_of_cycles(store, known, meant);
  std::optional<size_t> detail;
  for (size_t i = 0; i < runs.runs.size(); ++i) {
    const store::Run& run = runs.runs[i];
    const model::Cycle* cycle = dossier.definitions.find_cycle(run.cycle);
    facts::Frame scores = store.run_scores(run.id, report::columns_of_dossier());
    if (sight != nullptr) scores = access::cut_scores(std::move(scores), *sight);
    dossier.runs.push_back(
        {run_header(run, cycle != nullptr ? *cycle : model::Cycle{}), runs.official[i], std::move(scores)});
    if (meant && run.id == meant->id) detail = i;
  }
  if (!detail) detail = last_run_of(dossier);
  if (detail) dossier.detail = detail_of(session, store, runs.runs[*detail], *detail, employee, sight);
  if (!report::is_known(dossier)) refuse_unknown(organisation, employee);
  const model::AccessFields seen = sight != nullptr ? sight->of(employee) : model::kAllButPay;
  add_moves(store, known, runs, seen, dossier);
  if (seen.has(model::AccessField::recognitions)) dossier.recognitions = recognitions_of(store, known, employee);
  dossier.is_cut = sight != nullptr;
  dossier.min_shown = min_shown;
  session.begin("progress/report");
  return report::dossier(std::move(dossier));
}

}  // namespace hr::cmd
