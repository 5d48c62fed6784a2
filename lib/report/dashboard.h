// `report dashboard [UNIT]`: steadiness of KPIs beside progress of OKRs, how scores and bands are spread, and who and
// what needs attention; a table a section. What each section says: docs/commands/report.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analytics/finding.h"
#include "facts/dataset.h"
#include "facts/frame.h"
#include "model/access.h"
#include "model/definitions.h"
#include "report/reports.h"
#include "scoring/score.h"
#include "table/table.h"

namespace hr::report {

// What it is made of. Only people with a row in `scores` are in it, whatever else the dataset holds: a viewer who may
// see fewer people gets fewer rows. Moved in; the references outlive the call.
struct DashboardData {
  const facts::Dataset& dataset;
  const model::Definitions& definitions;
  RunHeader header;
  facts::Frame scores;                                     // columns_of_scores(), a row a person of the run
  std::vector<std::vector<scoring::KpiScore>> kpi_scores;  // by person of the dataset
  std::vector<scoring::ObjectiveProgress> progress;        // by objective of the dataset
  std::vector<scoring::BandGroup> groups;                  // of the whole run
  struct Earlier {
    RunHeader header;
    facts::Frame scores;  // employee_id, org_unit, status, score, band
  };
  std::optional<Earlier> earlier = {};                 // the cycle before
  std::vector<analytics::NamedFinding> findings = {};  // suspicious facts that nobody has accepted
  table::Table changes = {};                           // targets and stages that moved: `report changes`
  std::string unit = {};                               // with all below it; empty: everybody. Is one of the dataset
  std::vector<model::AccessFields> fields = {};        // by person of the dataset, what is told of them; empty: all
  std::vector<uint8_t> objectives = {};                // by objective of the dataset, 1 = told; empty: all
  uint32_t min_shown = 5;                              // smallest group whose figures are shown, ≥ 1
};

table::Report dashboard(DashboardData data);

}  // namespace hr::report
