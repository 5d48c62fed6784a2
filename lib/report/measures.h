// The figures of people that an analysis looks at.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/figure.h"
#include "facts/dataset.h"
#include "model/definitions.h"
#include "model/result.h"
#include "report/columns.h"
#include "report/small_groups.h"
#include "scoring/score.h"
#include "table/table.h"

namespace hr::report {

// A run, scored again. All outlive it; results are by person of the dataset.
struct ScoredRun {
  const facts::Dataset& dataset;
  const model::Definitions& definitions;
  std::span<const model::PersonResult> results;
  const scoring::Scorer& scorer;
};

// score, kpi, okr, feedback, coverage, percentile, raw_score, or the id of a KPI: its score. A KPI that is named as one
// of the others is not to be had.
struct Measure {
  std::string id;
  table::Label name;
};
std::optional<Measure> find_measure(std::string_view id, const model::Definitions& definitions);
bool is_kpi(const Measure& measure);  // else what a result itself has
std::vector<std::string> measure_ids(const model::Definitions& definitions);
Labels measure_labels(std::span<const Measure> measures);

// By measure and person: the figure of each who is rated and has it.
std::vector<std::vector<OptionalFigure>> figures_of(const ScoredRun& run, std::span<const Measure> measures,
                                                    int threads);

// The rated people who have a figure, by their value of an attribute ("" = everybody, and who has no value), ascending.
struct Group {
  std::string name;
  std::vector<Figure> figures;   // ascending
  std::vector<uint32_t> people;  // numbers, ascending
};
std::vector<Group> groups_of(const ScoredRun& run, const std::string& attribute,
                             std::span<const OptionalFigure> figures);
std::vector<Shown> shown_of(const std::vector<Group>& groups, uint32_t min_shown);

}  // namespace hr::report
