// Everybody's KPIs of a run, one a row, as their scorecards have them.
#pragma once

#include "report/measures.h"
#include "report/reports.h"
#include "table/table.h"

namespace hr::report {

// A row per person and KPI; who was in two spells, or is scored by periods, has one for each: `node` tells them apart.
table::Table kpi_items(const ScoredRun& run, const RunHeader& header, int threads);

}  // namespace hr::report
