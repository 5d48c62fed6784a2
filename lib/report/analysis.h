// Reports for analysts: groups beside each other, figures beside each other, how they are spread. Formulas and sources:
// docs/spec/analysis.md. Columns: docs/commands/report.md. Nothing is said of fewer than `min_shown` people.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "report/measures.h"
#include "report/reports.h"
#include "table/table.h"

namespace hr::report {

struct AnalysisRequest {
  std::string attribute;   // as spells name it; empty: everybody is one group
  uint32_t min_shown = 5;  // ≥ 1
  int threads = 1;         // ≥ 1; no result depends on it
};

// The groups of an attribute, each against all others. None when nobody has the measure.
std::optional<table::Table> compare(const ScoredRun& run, const Measure& measure, const AnalysisRequest& request,
                                    const RunHeader& header);

// Each pair of measures. At least two measures.
table::Table correlation(const ScoredRun& run, const std::vector<Measure>& measures, const AnalysisRequest& request,
                         const RunHeader& header);

// An earlier run to stand beside.
struct EarlierRun {
  ScoredRun run;
  RunHeader header;
};
// Quantiles, histogram and bands, of each group; beside those of an earlier run, where there is one. None when nobody
// has the measure.
std::optional<table::Table> distribution(const ScoredRun& run, const std::optional<EarlierRun>& earlier,
                                         const Measure& measure, const AnalysisRequest& request,
                                         const RunHeader& header);

}  // namespace hr::report
