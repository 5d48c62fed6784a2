#include "dossier_moves.h"

#include <algorithm>
#include <string>

#include "base/timestamp.h"

namespace hr::cmd {

namespace {

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
    const auto row = report::row_of(*run.scores, dossier.employee);
    if (row) subjects.push_back("plan:" + std::string(run.scores->find("plan")->text(*row)));
  }
  return subjects;
}

// KPIs, objectives and key results that the person's score is made of, and the scorecard, found by where it stands.
void add_subjects_of_tree(const model::Derivation& tree, const model::Definitions& definitions,
                          std::vector<std::string>& subjects) {
  if (tree.status == "not_applicable") return;  // a scorecard that is somebody else's
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

void add_target_moves(const std::vector<store::TargetChange>& targets, const std::vector<std::string>& subjects,
                      std::vector<report::DossierMove>& moves) {
  for (const store::TargetChange& change : targets) {
    if (std::find(subjects.begin(), subjects.end(), change.subject) == subjects.end()) continue;
    const std::string item = change.kpi.empty() ? change.subject : change.kpi;
    moves.push_back({date_of(change.at), "target", change.cycle,
                     item + (change.field == "target" ? "" : " · " + change.field), change.before, change.after,
                     change.by, change.reason});
  }
}

void add_calibration_moves(const RunMoves& run, const std::string& employee, std::vector<report::DossierMove>& moves) {
  for (size_t i = 0; i < run.moves.size(); ++i) {
    const store::CalibrationMove& move = run.moves[i].move;
    if (move.employee == employee)
      moves.push_back({run.days[i], "calibration", run.run.cycle, "", move.before, move.after, move.who, move.why});
  }
}

}  // namespace

RunMoves moves_of(store::Store& store, const store::Run& run) {
  RunMoves found{run, engine::moves_of_runs(store, run), {}};
  for (const engine::MoveOfRun& move : found.moves) {
    const auto of = store.run(move.run);
    found.days.push_back(of ? date_of(of->created_at) : run.as_of);
  }
  return found;
}

void add_moves(const std::vector<store::TargetChange>& targets, const std::vector<RunMoves>& runs,
               model::AccessFields seen, report::Dossier& dossier) {
  std::vector<std::string> subjects;
  if (seen.has(model::AccessField::kpi)) subjects = subjects_of(dossier);
  if (dossier.detail) add_subjects_of_tree(dossier.detail->tree, dossier.definitions, subjects);
  add_target_moves(targets, subjects, dossier.moves);
  for (const RunMoves& run : runs) {
    if (seen.has(model::AccessField::band)) add_calibration_moves(run, dossier.employee, dossier.moves);
  }
  if (dossier.detail) add_rule_moves(dossier.detail->tree, runs[dossier.detail->run].run, dossier.moves);
  std::stable_sort(dossier.moves.begin(), dossier.moves.end(),
                   [](const report::DossierMove& a, const report::DossierMove& b) { return a.day < b.day; });
}

}  // namespace hr::cmd
