// Reports of figures over periods. Formulas and sources: docs/spec/analysis.md.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/levels.h"
#include "report/measures.h"
#include "table/table.h"

namespace hr::report {

struct LevelsRequest {
  std::string attribute;   // that the groups are values of; empty: none
  std::string as_of;       // last day that counts; of runs: empty
  uint32_t min_shown = 5;  // ≥ 1
};

const Labels& period_labels();  // of model::Levels::kind

// Of one figure; groups of one kind of period together.
table::Table trend(const std::vector<model::Levels>& levels, const Measure& measure, const LevelsRequest& request);

// Of several KPIs, each of them in `measures`.
table::Table stability(const std::vector<model::Levels>& levels, const std::vector<Measure>& measures,
                       const LevelsRequest& request);

}  // namespace hr::report
