// The difference between two runs of one cycle, person by person, split by what caused it. Pure: compares score frames.
//
// The split is by replacement, one kind of input after the other in the order of Cause: the first run is scored again
// with the second one's data, then with its KPIs and targets as well, and so on. What a step changes is that cause's
// part; the parts add up to the whole, exactly. In another order parts may differ; the order is always this one.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "facts/frame.h"

namespace hr::facts {

enum class Cause : uint8_t {
  data,          // facts, targets and OKRs that were imported, check-ins, feedback, leaves; the day scored as of; the
                 // closed cycle that scores are carried from
  definition,    // KPIs, curves, scorecards, objectives
  policy,        // plans, scales, cycles; the plan asked for
  organisation,  // employees, assignments, org units
  calibration    // bands moved by people
};
inline constexpr size_t kCauses = 5;
const char* name_of(Cause cause);

// Something that a score rests on and that is not the same for both runs.
struct ChangedInput {
  Cause cause = Cause::data;
  std::string employee;       // whom it is about; empty = more than one person, or nobody in particular
  std::string table;          // an imported table or a list of definitions: facts, employees, scorecards, plans …
  std::string key;            // the record or item in it
  std::string column;         // what changed of it; empty = it came or went
  std::string before, after;  // as written; empty = not there. Ratings are never shown
  std::string before_place, after_place;  // FILE:LINE; empty = none
};

// What a run says of one person. Figures are missing where it says none.
struct Standing {
  bool listed = false;
  std::string status, band, reasons, flags, plan;
  std::optional<Decimal> score, exact, coefficient, kpi, okr, feedback, coverage, rank, percentile;

  bool operator==(const Standing&) const = default;
};

using Parts = std::array<std::optional<Decimal>, kCauses>;

struct PersonDifference {
  std::string employee, name;
  Standing before, after;
  std::optional<Decimal> score, coefficient;  // after − before, where both are there
  Parts score_parts, coefficient_parts;       // add up to those; missing where they are
  uint8_t causes = 0;  // bit by Cause: the steps in which anything but the standing among others changed
  bool has(Cause cause) const { return ((causes >> static_cast<unsigned>(cause)) & 1U) != 0; }
};

struct RunDifference {
  std::vector<PersonDifference> people;  // ascending by employee; of whom more than rank and percentile differ
  uint64_t compared = 0;                 // people listed in either run
  std::vector<ChangedInput> inputs;      // by cause, then table, key, column
  uint64_t rank_only = 0;                // people whose rank or percentile alone differs, because others moved
  uint8_t merged = 0;  // bit by Cause: could not be scored alone, its part is in that of the next cause that could
};

// `before`, `after`: the scores of the two runs. `steps`: of the first run without its calibration, and then after each
// replacement but calibration (data, definition, policy, organisation); nullptr = it could not be scored. The first and
// the last are never nullptr. All as RunScores gives them.
RunDifference difference_of(const Frame& before, const Frame& after, const std::array<const Frame*, kCauses>& steps);

}  // namespace hr::facts
