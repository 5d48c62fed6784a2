// Reports: results → Table. Each in its own file; none knows a format. Columns are documented in
// docs/commands/report.md and schemas/output/.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "analytics/finding.h"
#include "facts/dataset.h"
#include "facts/frame.h"
#include "facts/run_difference.h"
#include "facts/run_scores.h"
#include "i18n/message.h"
#include "model/advice.h"
#include "model/definitions.h"
#include "model/derivation.h"
#include "recheck/recheck.h"
#include "scoring/score.h"
#include "table/table.h"

namespace hr::report {

// What a run report says above its rows.
struct RunHeader {
  int64_t run = 0;  // 0 = not stored (dry run)
  std::string cycle;
  std::string as_of;
  std::string known;
  bool interim = false;
};

// The columns of a run that scores() and ranking(), and those that units() reads.
std::span<const std::string_view> columns_of_scores();
std::span<const std::string_view> columns_of_units();
// The columns of employees and assignments that units() reads.
std::span<const std::string_view> organisation_of_units();
// `scores` is facts::RunScores of the run, or these columns of it; the table takes them over.
table::Table scores(facts::Frame scores, const RunHeader& header, const model::Definitions& definitions,
                    int threads = 1);
// The same of some of the run's rows, where the scores of all of them have so many decimals.
table::Table some_scores(facts::Frame scores, const RunHeader& header, const model::Definitions& definitions,
                         int decimals, int threads = 1);
// The plans' decimals; where plans differ, the most, so that no score loses a digit. −1: no row has any.
int decimals_of_scores(const facts::Frame& scores);
table::Table ranking(facts::Frame scores, const RunHeader& header, const model::Definitions& definitions);
// One person's score, components, KPIs, objectives and feedback, flat: value, target, attainment, score, weight,
// effective weight. `scores`: as above, for what stands above the rows.
table::Table scorecard(const model::Derivation& derivation, const RunHeader& header,
                       const model::Definitions& definitions, const std::string& employee,
                       const facts::Frame* scores = nullptr);
// Its rows alone.
table::Table scorecard_rows(const model::Derivation& derivation, const model::Definitions& definitions);
// What would lift one person's score, a figure a row, those that give most first; sentences in `language`. `scores`: as
// above.
table::Table advice(const model::Advice& advice, const RunHeader& header, const model::Definitions& definitions,
                    const std::string& employee, const facts::Frame& scores,
                    i18n::Language language = i18n::Language::en);
// Objectives and key results as a tree, progress against elapsed time. `header` may be of no run. `shown`: by
// objective, 0 = left out, and what is aligned to it stands at the top; empty: all.
table::Table okr(const facts::Dataset& dataset, const std::vector<scoring::ObjectiveProgress>& progress,
                 const RunHeader& header, std::span<const uint8_t> shown = {});
// A run as units sum it up: rows of it, with columns_of_units(), or what they would be made of; neither: no run.
struct UnitScores {
  const facts::Frame* rows = nullptr;
  const facts::RunScores* results = nullptr;  // of the dataset that the units are of
  bool given() const { return rows != nullptr || results != nullptr; }
};
// Org units: headcount and pay as of dataset.as_of, and the mean scores of a run where one is given; every unit's
// figures include all below it.
table::Table units(const facts::Dataset& dataset, const UnitScores& scores, const std::optional<RunHeader>& header,
                   int threads = 1);
// How many people stand otherwise in a second run, and what it comes to.
struct DifferenceSummary {
  uint64_t compared = 0, differing = 0, rank_only = 0;
  uint64_t up = 0, down = 0;  // official scores
  uint64_t bands = 0;         // people in another band
  Decimal coefficients;       // sum of the changes of people who have one in both
};
DifferenceSummary summary_of(const facts::RunDifference& difference);
// Two runs of `cycle`; `before`, `after` name them, `after` empty = a trial that is not stored.
table::Table diff(const facts::RunDifference& difference, const std::string& before, const std::string& after,
                  const std::string& cycle, const model::Definitions& definitions, i18n::Language language);
// The derivation tree; `place` turns a source id and a line into words: the file and the line. The steps are sentences
// in `language`, with the names that the definitions give to KPIs.
table::Table explain(const model::Derivation& derivation, const RunHeader& header,
                     const model::Definitions& definitions, const std::string& employee,
                     const std::function<std::string(uint32_t, uint32_t)>& place,
                     i18n::Language language = i18n::Language::en);
// What does not follow in the derivations of so many people with so many steps.
table::Table explain_check(const std::vector<recheck::Fault>& faults, uint64_t people, uint64_t steps,
                           const RunHeader& header);
// Suspicious facts, of so many that were looked at; the sentences in `language`.
table::Table findings(const std::vector<analytics::NamedFinding>& findings, uint64_t facts,
                      i18n::Language language = i18n::Language::en);

}  // namespace hr::report
