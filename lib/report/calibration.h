// `report calibration`: distributions before and after calibration beside the quotas, every move, and adverse impact.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "facts/dataset.h"
#include "model/definitions.h"
#include "model/result.h"
#include "report/reports.h"
#include "scoring/score.h"
#include "table/table.h"

namespace hr::report {

struct MoveLine {
  int64_t run = 0;  // that it belongs to
  std::string employee, before, after, who, why;
};

struct CalibrationData {
  const facts::Dataset& dataset;
  const model::Definitions& definitions;
  std::span<const model::PersonResult> results;  // with the moves
  std::vector<scoring::BandGroup> groups;
  std::vector<MoveLine> moves;          // oldest first; empty: not calibrated, before is after
  std::vector<std::string> attributes;  // as spells name them
  std::vector<std::string> favourable;  // bands; empty: those with a coefficient above 1, else the better half
  uint32_t min_shown = 5;               // smallest group whose figures are shown
};

// Three kinds of rows, told apart by `section`: docs/commands/report.md.
table::Table calibration(const CalibrationData& data, const RunHeader& header);

}  // namespace hr::report
