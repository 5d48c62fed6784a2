#include "engine/compare/compare_runs.h"

#include <algorithm>
#include <tuple>

#include "base/error.h"
#include "engine/compare/input_changes.h"
#include "engine/run/carried_scores.h"

namespace hr::engine {

namespace {

using facts::Cause;
using facts::ChangedInput;
using facts::kCauses;

// What a step is scored from.
struct Inputs {
  Date as_of;
  store::Timestamp known = 0;
  store::Timestamp organisation_known = 0;
  std::string plan;
  const AppliedDefinitions* applied = nullptr;
};

// KPIs, curves, scorecards and objectives of one version, plans, scales and cycles of another.
AppliedDefinitions mixed(const AppliedDefinitions& definition, const AppliedDefinitions& policy) {
  model::Definitions definitions = *definition.definitions;
  definitions.plans = policy.definitions->plans;
  definitions.scales = policy.definitions->scales;
  definitions.cycles = policy.definitions->cycles;
  AppliedDefinitions out = definition;
  out.definitions = std::make_shared<const model::Definitions>(std::move(definitions));
  return out;
}

// None when nothing can be scored from that mixture, a scorecard that names what is not there, say.
std::optional<facts::Frame> score_from(store::Store& store, const std::string& cycle, const Inputs& inputs, int threads,
                                       const Progress& progress) {
  ScoreRequest request;
  request.cycle = cycle;
  request.plan = inputs.plan;
  request.as_of = inputs.as_of;
  request.known = inputs.known;
  request.organisation_known = inputs.organisation_known;
  request.applied = inputs.applied;
  request.threads = threads;
  request.dry_run = true;
  request.keeps_facts = false;
  ScoreOutcome outcome = score(store, request, progress);
  if (has_errors(outcome.diagnostics)) return std::nullopt;
  return rows_of(outcome).all(threads);
}

bool same_scores(const facts::Frame& a, const facts::Frame& b) {
  if (a.size() != b.size() || a.columns.size() != b.columns.size()) return false;
  for (size_t c = 0; c < a.columns.size(); ++c) {
    for (size_t row = 0; row < a.size(); ++row) {
      if (facts::cell_text(a.columns[c], row) != facts::cell_text(b.columns[c], row)) return false;
    }
  }
  return true;
}

// Scores what a run says it was scored from; that must be what the run holds.
facts::Frame score_again(store::Store& store, const ComparedRun& side, int threads, const Progress& progress) {
  const Inputs inputs{side.scored.as_of, side.scored.known, side.scored.known, side.scored.plan, &side.applied};
  auto scores = score_from(store, side.scored.cycle, inputs, threads, progress);
  if (!scores || (side.stored && !same_scores(*scores, *side.stored))) {
    throw Error(ErrorKind::system, "run-not-reproduced", {std::to_string(side.scored.id), side.scored.program_version});
  }
  return std::move(*scores);
}

// Which scores the first run's plans carry, where they do: other cycles may have been closed between.
void append_carried(store::Store& store, const ComparedRun& before, const ComparedRun& after,
                    std::vector<ChangedInput>& out) {
  const model::Definitions& definitions = *before.applied.definitions;
  const model::Cycle* cycle = definitions.find_cycle(before.scored.cycle);
  if (cycle == nullptr || carrying_plan(definitions, *cycle, before.scored.plan) == nullptr) return;
  const std::string earlier = carried_from(store, *cycle, before.scored.known);
  const std::string later = carried_from(store, *cycle, after.scored.known);
  if (earlier != later) out.push_back({Cause::data, "", "run", "carried", "carried", earlier, later, "", ""});
}

std::vector<ChangedInput> changed_inputs(store::Store& store, const ComparedRun& before, const ComparedRun& after,
                                         DateRange cycle) {
  std::vector<ChangedInput> all;
  append_record_changes(store, Cause::data, cycle, before.scored.known, after.scored.known, all);
  append_record_changes(store, Cause::organisation, cycle, before.scored.known, after.scored.known, all);
  append_definition_changes(compare_definitions(before.applied.files, after.applied.files), all);
  if (before.scored.as_of != after.scored.as_of) {
    all.push_back({Cause::data, "", "run", "as_of", "as_of", to_string(before.scored.as_of),
                   to_string(after.scored.as_of), "", ""});
  }
  append_carried(store, before, after, all);
  if (before.scored.plan != after.scored.plan)
    all.push_back({Cause::policy, "", "run", "plan", "plan", before.scored.plan, after.scored.plan, "", ""});
  const auto order = [](const ChangedInput& c) { return std::tie(c.cause, c.table, c.key, c.column); };
  std::stable_sort(all.begin(), all.end(),
                   [&](const ChangedInput& a, const ChangedInput& b) { return order(a) < order(b); });
  return all;
}

bool any_of(const std::vector<ChangedInput>& inputs, Cause cause) {
  return std::any_of(inputs.begin(), inputs.end(), [&](const ChangedInput& c) { return c.cause == cause; });
}

void append_moves(const ComparedRun& side, bool after, std::vector<ChangedInput>& out) {
  for (const store::CalibrationMove& m : side.moves) {
    ChangedInput c{Cause::calibration, m.employee, "calibration", m.employee, "band", "", "", "", ""};
    (after ? c.after : c.before) = m.before + " → " + m.after + " (" + m.who + ": " + m.why + ")";
    out.push_back(std::move(c));
  }
}

// The first run's scores, and after each replacement those that it leads to.
class Steps {
 public:
  Steps(store::Store& store, int threads, const Progress& progress)
      : store_(store), threads_(threads), progress_(progress) {}

  void begin(const ComparedRun& before) { take(0, score_again(store_, before, threads_, progress_)); }

  // What is the same as at the step before is not scored again.
  void replace(Cause cause, bool anything, const std::string& cycle, const Inputs& inputs) {
    const size_t k = static_cast<size_t>(cause) + 1;
    if (!anything && at_[k - 1] != nullptr)
      at_[k] = at_[k - 1];
    else
      take(k, score_from(store_, cycle, inputs, threads_, progress_));
  }

  // After the last replacement everything is the second run's.
  void end(const ComparedRun& after) { take(kCauses - 1, score_again(store_, after, threads_, progress_)); }

  const std::array<const facts::Frame*, kCauses>& frames() const { return at_; }

 private:
  void take(size_t k, std::optional<facts::Frame> frame) {
    kept_[k] = std::move(frame);
    at_[k] = kept_[k] ? &*kept_[k] : nullptr;
  }

  store::Store& store_;
  int threads_;
  const Progress& progress_;
  std::array<std::optional<facts::Frame>, kCauses> kept_;
  std::array<const facts::Frame*, kCauses> at_{};
};

}  // namespace

ComparedRun compared_run(store::Store& store, const store::Run& run) {
  ComparedRun side;
  side.id = run.id;
  side.scored = run;
  side.scores = store.run_scores(run.id);
  while (side.scored.base_run != 0) {
    std::vector<store::CalibrationMove> moves = store.calibration_moves(side.scored.id);
    side.moves.insert(side.moves.begin(), moves.begin(), moves.end());
    side.scored = store.run(side.scored.base_run).value();
  }
  side.stored = run.base_run == 0 ? side.scores : store.run_scores(side.scored.id);
  auto applied = applied_definitions(store, side.scored.known);
  if (!applied) {
    throw Error(ErrorKind::system, "stored-definitions-unreadable", {std::to_string(side.scored.definitions_version)});
  }
  side.applied = std::move(*applied);
  return side;
}

facts::RunDifference compare_runs(store::Store& store, const ComparedRun& before, const ComparedRun& after, int threads,
                                  const Progress& progress) {
  const store::Run& first = before.scored;
  const store::Run& second = after.scored;
  if (first.cycle != second.cycle) {
    throw Error(ErrorKind::rejected, "diff-cycles",
                {std::to_string(before.id), first.cycle, std::to_string(after.id), second.cycle});
  }
  const model::Cycle* cycle = after.applied.definitions->find_cycle(second.cycle);
  std::vector<ChangedInput> inputs = changed_inputs(store, before, after, cycle->range);
  const AppliedDefinitions halfway = mixed(after.applied, before.applied);

  Steps steps(store, threads, progress);
  steps.begin(before);
  Inputs with{second.as_of, second.known, first.known, first.plan, &before.applied};
  steps.replace(Cause::data, any_of(inputs, Cause::data), first.cycle, with);
  with.applied = &halfway;
  steps.replace(Cause::definition, any_of(inputs, Cause::definition), first.cycle, with);
  with.applied = &after.applied;
  with.plan = second.plan;
  steps.replace(Cause::policy, any_of(inputs, Cause::policy), first.cycle, with);
  steps.end(after);

  append_moves(before, false, inputs);
  append_moves(after, true, inputs);
  facts::RunDifference difference = facts::difference_of(before.scores, after.scores, steps.frames());
  difference.inputs = std::move(inputs);
  return difference;
}

}  // namespace hr::engine
