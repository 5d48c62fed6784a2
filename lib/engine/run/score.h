// Score: one batch. Load → compile → score people over threads → rank → commit a run, or nothing.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "engine/cycle/data.h"
#include "engine/progress.h"
#include "engine/who_when.h"
#include "facts/frame.h"
#include "facts/run_scores.h"
#include "model/derivation.h"
#include "model/result.h"
#include "scoring/score.h"
#include "store/store.h"

namespace hr::engine {

struct ScoreRequest {
  std::string cycle;
  std::string plan;  // empty: the cycle's plans
  std::optional<Date> as_of;
  store::Timestamp known = store::kNow;
  int threads = 1;                 // ≥ 1; no result depends on it
  uint64_t memory = 512ULL << 20;  // bytes to use for people under way, where it can be bounded; nor on this
  bool dry_run = false;
  bool commits = true;      // false: the caller does, who has other work to do while the disk is waited for
  bool keeps_facts = true;  // false: the outcome is asked for nothing but results and rows, explains nothing
  // Only people whose inputs have changed since a run are scored, where that gives the same. Means nothing with
  // keeps_facts or `known`.
  bool incremental = false;
  int64_t base = 0;  // then: from this run, 0 = the last that will do
  WhoWhen who_when;
  std::string program_version;
  // As in CycleRequest.
  std::optional<store::Timestamp> organisation_known;
  const AppliedDefinitions* applied = nullptr;
};

// What an outcome of one person has of the others and of the store, so that it can be explained.
struct OnePerson {
  std::shared_ptr<const scoring::Scorer::Standings> standings;
  std::map<std::string, std::vector<store::FactCell>> facts;  // by subject
};

// What an incremental run was made from.
struct TakenOver {
  int64_t run = 0;  // 0: everybody was scored
  std::string why;  // then the key of the message that says why
  std::vector<std::string> why_args;
  uint64_t scored = 0;  // people, of `people`
  uint64_t people = 0;
  bool kpis_alone = false;  // OKRs, feedback, status and reasons are those of that run, whoever was scored
};

struct ScoreOutcome {
  std::unique_ptr<CycleData> data;  // what it was scored from; results and the scorer refer to it
  std::unique_ptr<scoring::Scorer> scorer;
  model::PersonResults results;
  std::vector<store::CalibrationMove> moves;        // laid on what was scored, in order; results have them
  std::shared_ptr<OnePerson> one;                   // where dataset and results are of one person alone
  std::optional<TakenOver> taken_over;              // where it was asked for
  std::shared_ptr<const facts::RunScores> rows;     // where score() made it
  store::Run run;                                   // id 0 when it was not stored
  std::unique_ptr<store::Transaction> uncommitted;  // the run's, where score() was not to commit
  Diagnostics diagnostics;                          // errors: nothing was scored
};

ScoreOutcome score(store::Store& store, const ScoreRequest& request, const Progress& progress);
// The run of it that is not committed, if any.
void commit(ScoreOutcome& outcome);

// The rows of an outcome without errors, which must outlive them.
facts::RunScores rows_of(const ScoreOutcome& outcome);
// Stores these rows of it and outcome.run, which gets its id and the hash of its rows; `moves` are those that it
// brings.
void append_run(store::Store& store, ScoreOutcome& outcome, const facts::RunScores& scores,
                const std::vector<store::CalibrationMove>& moves, int threads);

// The same without storing: what explain and reports of one run compute from. `run` says as of when and known when; its
// calibration moves, and those of the runs that it is based on, are laid on it.
ScoreOutcome rescore(store::Store& store, const store::Run& run, int threads, const Progress& progress = {});

// Where the people of an outcome stand.
std::shared_ptr<const scoring::Scorer::Standings> standings_of(const ScoreOutcome& outcome);

// The derivation of one person's score, with the file and row of every fact.
model::Derivation explain(store::Store& store, const ScoreOutcome& outcome, uint32_t person);
// The same of one of many: where everybody stands was worked out once, and the facts of a subject in the cycle come
// from the caller. May run in several threads, as far as `facts_of` may.
using FactsOf = std::function<std::vector<store::FactCell>(const std::string& subject)>;
model::Derivation explain(const ScoreOutcome& outcome, const scoring::Scorer::Standings& standings, uint32_t person,
                          const FactsOf& facts_of);

}  // namespace hr::engine
