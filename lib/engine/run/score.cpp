#include "engine/run/score.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/digest.h"
#include "base/error.h"
#include "base/listed.h"
#include "base/parallel.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "engine/cycle/stage.h"
#include "engine/run/calibration.h"
#include "engine/run/carried_scores.h"
#include "engine/run/incremental.h"
#include "engine/run/score_people.h"

namespace hr::engine {

namespace {

constexpr uint64_t kMostFacts = uint64_t{64} << 20U;  // bytes: more would gain nothing

std::string input_hash(store::Store& store, store::Timestamp known) {
  Sha256 hash;
  for (const store::Source& s : store.sources(known)) hash.update(s.sha256 + "\n");
  return hash.hex();
}

void append_all(Diagnostics& to, const Diagnostics& from) {
  to.insert(to.end(), from.begin(), from.end());
}

[[noreturn]] void refuse_plan(const model::Definitions& definitions, const std::string& id) {
  std::vector<std::string> ids;
  for (const model::Plan& plan : definitions.plans) ids.push_back(plan.id);
  const auto near = nearest(id, ids);
  if (near) throw Error(ErrorKind::rejected, "plan-missing/near", {escape_controls(id), *near});
  throw Error(ErrorKind::rejected, "plan-missing", {escape_controls(id), listed(ids)});
}

// What people were scored from, where nobody will ask why.
void forget_inputs(facts::Dataset& dataset) {
  dataset.targets = {};
  dataset.okrs = {};
  dataset.feedback = {};
  dataset.leaves = {};
}

// Scores people whose facts the dataset does not hold: all, or those of whom no result stands from the base run.
void score_in_slices(store::Store& store, const ScoreRequest& request, const BaseRun& base, BaseRows base_rows,
                     facts::SubjectMap subjects, ScoreOutcome& outcome, const Progress& progress) {
  std::vector<uint8_t> stands(outcome.data->dataset.people.size());
  if (base.run) {
    stands = take_results(std::move(base_rows), base, *outcome.data, *outcome.scorer, subjects, request.threads,
                          outcome.results);
    outcome.taken_over->people = base.run->rated + base.run->not_rated;
    outcome.taken_over->scored = static_cast<uint64_t>(std::count(stands.begin(), stands.end(), 0));
  }
  const std::unique_ptr<store::StoredFacts> facts = store.facts(outcome.data->dataset.cycle, request.known);
  const bool kpis_alone =
      score_people(*outcome.scorer, {*facts, std::min(kMostFacts, request.memory / 8)}, std::move(subjects),
                   std::move(stands), outcome.results, request.threads, progress);
  if (base.run) outcome.taken_over->kpis_alone = kpis_alone;
}

ScoreOutcome compute(store::Store& store, const ScoreRequest& request, const Progress& progress) {
  ScoreOutcome outcome;
  CycleRequest wanted;
  wanted.cycle = request.cycle;
  wanted.as_of = request.as_of;
  wanted.known = request.known;
  wanted.threads = request.threads;
  wanted.today = date_of(request.who_when.now);
  wanted.organisation_known = request.organisation_known;
  wanted.applied = request.applied;
  wanted.facts_in_slices = !request.keeps_facts;
  BaseRun base;
  BaseRows base_rows;
  const bool incremental = request.incremental && !request.keeps_facts && request.known == store::kNow;
  if (incremental) {
    wanted.leaves_out_okrs = [&](const CycleData& data) {
      base = find_base_run(store, data, request.plan, request.program_version, request.base, request.threads);
      return base.run.has_value();
    };
    wanted.meanwhile = [&](const CycleData& data) {
      if (base.run)
        base_rows = read_base_rows(store, base, *data.applied.definitions, std::max(1, request.threads - 1));
    };
  }
  outcome.data = load_cycle(store, wanted, progress);
  if (incremental) outcome.taken_over = TakenOver{base.run ? base.run->id : 0, base.why, base.why_args, 0, 0};
  append_all(outcome.diagnostics, outcome.data->diagnostics);
  const model::Definitions& definitions = *outcome.data->applied.definitions;
  if (!request.plan.empty() && !definitions.find_plan(request.plan)) refuse_plan(definitions, request.plan);
  const DateRange cycle = outcome.data->cycle->range;
  if (outcome.data->as_of < cycle.from) {
    throw Error(ErrorKind::rejected, "as-of-before-cycle",
                {request.cycle, to_string(cycle.from), to_string(outcome.data->as_of)});
  }
  const model::Plan* carrying = carrying_plan(definitions, *outcome.data->cycle, request.plan);
  if (carrying != nullptr) {
    load_carried_scores(store, request.known, request.threads, *outcome.data, outcome.diagnostics);
    if (has_errors(outcome.diagnostics)) return outcome;
  }
  report(progress, "progress/score", 0, outcome.data->dataset.people.size());
  const facts::Dataset& dataset = outcome.data->dataset;
  facts::SubjectMap subjects;
  for_pieces(2, request.threads, [&](size_t part, size_t) {
    if (part == 0) {
      outcome.scorer = std::make_unique<scoring::Scorer>(
          definitions, dataset,
          scoring::ScoreOptions{request.cycle, request.plan, /*okrs_and_feedback_stand=*/base.run.has_value(),
                                request.threads});
    } else {  // memory of which there is much, and of each byte it costs time when it is first touched
      if (!base.run) outcome.results.resize(dataset.people.size());
      if (outcome.data->facts_left_out) subjects = facts::map_subjects(store.subjects(), dataset);
    }
  });
  append_all(outcome.diagnostics, outcome.scorer->diagnostics());
  name_sources(store, outcome.diagnostics);
  if (has_errors(outcome.scorer->diagnostics())) {
    outcome.results.clear();
    return outcome;
  }
  if (outcome.data->facts_left_out) {
    score_in_slices(store, request, base, std::move(base_rows), std::move(subjects), outcome, progress);
  } else {
    score_people(*outcome.scorer, outcome.results, request.threads, progress);
  }
  report(progress, "progress/rank", 0, 0);
  const Diagnostics found = outcome.scorer->check(outcome.results);
  append_all(outcome.diagnostics, found);
  if (has_errors(found)) return outcome;
  if (carrying != nullptr) append_all(outcome.diagnostics, carried_findings(*outcome.data, *carrying, outcome.results));
  if (!request.keeps_facts) forget_inputs(outcome.data->dataset);  // what they took, ranking takes
  outcome.scorer->rank(outcome.results);
  append_all(outcome.diagnostics, outcome.scorer->distribute(outcome.results));
  return outcome;
}

store::Run describe(store::Store& store, const ScoreRequest& request, const ScoreOutcome& outcome) {
  store::Run run;
  run.cycle = request.cycle;
  run.definitions_version = outcome.data->applied.version.id;
  run.as_of = outcome.data->as_of;
  run.known = outcome.data->known;
  run.created_by = request.who_when.who;
  run.plan = request.plan;
  run.program_version = request.program_version;
  run.input_hash = input_hash(store, outcome.data->known);
  run.rated = outcome.rows->rated();
  run.not_rated = outcome.rows->size() - run.rated;
  return run;
}

// The definitions known may have the cycle while those in force have it no more: only what happened to it counts here.
void check_stage(store::Store& store, const ScoreRequest& request) {
  model::Cycle cycle;
  cycle.id = request.cycle;
  const Date today = date_of(request.who_when.now);
  require_scorable(cycle.id, stage_of(cycle, store.cycle_events(store::kNow), today), request.known);
}

}  // namespace

ScoreOutcome score(store::Store& store, const ScoreRequest& request, const Progress& progress) {
  std::unique_ptr<store::Transaction> transaction = request.dry_run ? nullptr : store.begin();
  if (!request.dry_run) check_stage(store, request);
  ScoreOutcome outcome = compute(store, request, progress);
  if (has_errors(outcome.diagnostics)) return outcome;
  outcome.rows = std::make_shared<const facts::RunScores>(outcome.data->dataset, *outcome.data->applied.definitions,
                                                          outcome.results, request.threads);
  outcome.run = describe(store, request, outcome);
  outcome.run.created_at = request.dry_run ? request.who_when.now : store.next_timestamp(request.who_when.now);
  if (request.dry_run) return outcome;
  report(progress, "progress/results", 0, 0);
  append_run(store, outcome, *outcome.rows, {}, request.threads);
  outcome.uncommitted = std::move(transaction);
  report(progress, "progress/commit", 0, 0);
  if (request.commits) commit(outcome);
  return outcome;
}

void commit(ScoreOutcome& outcome) {
  if (!outcome.uncommitted) return;
  outcome.uncommitted->commit();
  outcome.uncommitted.reset();
}

facts::RunScores rows_of(const ScoreOutcome& outcome) {
  return {outcome.data->dataset, *outcome.data->applied.definitions, outcome.results};
}

// The one whose rows are most likely to be much the same; 0 = none.
static int64_t last_run_of(store::Store& store, const std::string& cycle) {
  int64_t last = 0;
  for (const store::Run& run : store.runs()) {
    if (run.cycle == cycle) last = run.id;
  }
  return last;
}

void append_run(store::Store& store, ScoreOutcome& outcome, const facts::RunScores& scores,
                const std::vector<store::CalibrationMove>& moves, int threads) {
  using From = facts::RunScores::From;
  const bool incremental = outcome.taken_over && outcome.taken_over->run != 0;
  store::RunRows rows;
  rows.size = scores.size();
  rows.threads = threads;
  rows.before = incremental ? outcome.taken_over->run : last_run_of(store, outcome.run.cycle);
  std::vector<std::string_view> columns;
  for (const From from : {From::people, From::beside_kpis, From::kpis}) {
    const bool stand =
        incremental && (from == From::people || (from == From::beside_kpis && outcome.taken_over->kpis_alone));
    for (const std::string_view column : facts::RunScores::columns_from(from))
      (stand ? rows.as_before : columns).push_back(column);
  }
  rows.make = [&](size_t begin, size_t end) { return scores.rows(begin, end, columns); };
  store::AppendedRun appended = store.append_run(outcome.run, rows, moves);
  outcome.run.id = appended.id;
  outcome.run.result_hash = std::move(appended.result_hash);
}

ScoreOutcome rescore(store::Store& store, const store::Run& run, int threads, const Progress& progress) {
  ScoreRequest request;
  request.cycle = run.cycle;
  request.plan = run.plan;
  request.as_of = run.as_of;
  request.known = run.known;
  request.threads = threads;
  request.dry_run = true;
  ScoreOutcome outcome = compute(store, request, progress);
  outcome.run = run;
  if (run.base_run != 0 && !has_errors(outcome.diagnostics)) lay_moves(outcome, all_moves(store, run));
  return outcome;
}

// "kpi/revenue/fact/2026-03" or "kpi@2/revenue/fact/2026-03" → KPI and period.
static void fill_origins(model::Derivation& node, const std::map<std::string, const store::FactCell*>& cells) {
  if (const size_t at = node.node.find("/fact/"); at != std::string::npos) {
    const size_t kpi = node.node.rfind('/', at - 1) + 1;
    const auto it = cells.find(node.node.substr(kpi, at - kpi) + "/" + node.node.substr(at + 6));
    if (it != cells.end()) {
      node.source = it->second->source;
      node.row = it->second->row;
    }
  }
  for (model::Derivation& part : node.parts) fill_origins(part, cells);
}

static std::vector<store::FactCell> facts_of(store::Store& store, const ScoreOutcome& outcome,
                                             const std::string& subject) {
  if (!outcome.one) return store.facts_of(subject, outcome.data->dataset.cycle, outcome.run.known);
  const auto it = outcome.one->facts.find(subject);
  return it == outcome.one->facts.end() ? std::vector<store::FactCell>() : it->second;
}

std::shared_ptr<const scoring::Scorer::Standings> standings_of(const ScoreOutcome& outcome) {
  return outcome.one ? outcome.one->standings : outcome.scorer->standings(outcome.results);
}

model::Derivation explain(store::Store& store, const ScoreOutcome& outcome, uint32_t person) {
  return explain(outcome, *standings_of(outcome), person,
                 [&](const std::string& subject) { return facts_of(store, outcome, subject); });
}

model::Derivation explain(const ScoreOutcome& outcome, const scoring::Scorer::Standings& standings, uint32_t person,
                          const FactsOf& facts_of) {
  model::Derivation tree = outcome.scorer->explain(person, outcome.results, standings);
  const facts::Dataset& dataset = outcome.data->dataset;
  std::vector<std::string> subjects{std::string(dataset.people.id[person])};
  for (uint32_t s = dataset.spells.begin[person]; s < dataset.spells.begin[person + 1]; ++s) {
    for (uint32_t unit = dataset.spells.unit[s]; unit != facts::kNone; unit = dataset.units.parent[unit]) {
      subjects.push_back(std::string("unit:").append(dataset.units.id[unit]));
    }
  }
  std::vector<std::vector<store::FactCell>> owners;
  std::map<std::string, const store::FactCell*> cells;
  for (const std::string& subject : subjects) owners.push_back(facts_of(subject));
  for (const std::vector<store::FactCell>& facts : owners) {  // the person first, then units from the nearest up
    for (const store::FactCell& cell : facts) cells.emplace(cell.kpi + "/" + to_string(cell.period), &cell);
  }
  fill_origins(tree, cells);
  explain_moves(outcome, person, tree);
  return tree;
}

}  // namespace hr::engine
