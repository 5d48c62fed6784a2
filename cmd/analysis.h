// Reports that compare, relate and spread out the figures of one run.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/run/score.h"
#include "options.h"
#include "report/measures.h"
#include "session.h"
#include "store/store.h"
#include "table/table.h"
#include "viewing.h"

namespace hr::cmd {

// As written; empty = not given.
struct AnalysisOptions {
  std::string by, measure, measures, min_shown;
  SightOrNone sight = nullptr;  // of --as: only people of whom all figures asked for are seen
};

// "a, b" → a and b.
std::vector<std::string> words_of(const std::string& list);
// --min-shown, else the workspace's setting, else 5. Throws Error(usage).
uint32_t min_shown(const Session& session, const AnalysisOptions& options);

// Throws Error(rejected), with the nearest one.
report::Measure require_measure(const model::Definitions& definitions, const std::string& id);

// The official run of a closed cycle, else the last one, of the cycle that ended last before this one began; as it was
// when this run was made, so that a run's report stays what it is.
std::optional<store::Run> earlier_run(store::Store& store, const engine::ScoreOutcome& scored);

// All throw Error(rejected) for an attribute or a measure that is not there, or that nobody has.
table::Table compare(Session& session, store::Store& store, const store::Run& run, const AnalysisOptions& options);
table::Table correlation(Session& session, store::Store& store, const store::Run& run, const AnalysisOptions& options);
table::Table distribution(Session& session, store::Store& store, const store::Run& run, const AnalysisOptions& options);

// Over periods: of facts, or of closed cycles. `subject`: an employee or unit:ID; empty: people by --by, or all. `when`
// has neither a run nor a cycle. Throw Error(rejected) also where there is nothing to follow.
table::Table trend(Session& session, store::Store& store, const RunOptions& when, const std::string& subject,
                   const AnalysisOptions& options);
table::Table stability(Session& session, store::Store& store, const RunOptions& when, const std::string& subject,
                       const AnalysisOptions& options);

}  // namespace hr::cmd
