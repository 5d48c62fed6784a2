// What scoring makes of a person: fixed-size figures, one struct a person, in the order of the dataset's people.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/figure.h"
#include "base/unset_vector.h"
#include "model/plan.h"

namespace hr::model {

enum class Status : uint8_t { not_in_cycle, rated, not_rated };  // not_in_cycle: no day in service, not listed

// Why a person is not rated; one bit each.
enum class Reason : uint8_t { no_data, coverage, min_service, not_eligible };
inline constexpr std::string_view kReasonNames[] = {"no_data", "coverage", "min_service", "not_eligible"};

// What a reader should know about a score; one bit each. Printed as bare words, sorted.
enum class Flag : uint8_t {
  capped,
  carried,
  guardrail_broken,
  interim,
  missed,
  partial_data,
  quota_tie,
  regressed,
  reweighted,
  vetoed,
  feedback_suppressed,
  out_of_service_facts,
  not_computable,
  not_carried,
  calibrated,
};
inline constexpr std::string_view kFlagNames[] = {
    "capped",         "carried",     "broken",     "interim", "missed",     "partial_data",
    "quota_tie",      "regressed",   "reweighted", "vetoed",  "suppressed", "facts_out_of_service",
    "not_computable", "not_carried", "calibrated"};

inline constexpr uint32_t kNoBand = 0xFFFFFFFFU;

struct PersonResult {
  Status status = Status::not_in_cycle;
  uint8_t reasons = 0;                                         // bits of Reason
  uint32_t flags = 0;                                          // bits of Flag
  uint32_t plan = 0;                                           // index into Definitions::plans; kNoBand = none fits
  uint32_t band = kNoBand;                                     // index into the plan's scale, as written
  uint32_t best_band = kNoBand;                                // what a veto allows at best; kNoBand = any
  uint32_t rank = 0;                                           // 1-based; 0 = none
  std::array<OptionalFigure, kComponents> component;           // snapped; none = missing or not applicable
  std::array<OptionalFigure, kComponents> component_coverage;  // percent; none = not applicable
  OptionalFigure coverage;                                     // percent of the applicable weight that had data
  OptionalFigure raw_score;                                    // step 3, snapped
  OptionalFigure exact;                                        // after step 6, snapped
  OptionalFigure score;  // the official figure: exact rounded to the plan's decimals
  OptionalFigure percentile;

  void set(Flag f) { flags |= 1U << static_cast<uint32_t>(f); }
  bool has(Flag f) const { return (flags >> static_cast<uint32_t>(f)) & 1U; }
  void set(Reason r) { reasons = static_cast<uint8_t>(reasons | 1U << static_cast<uint32_t>(r)); }
};

using PersonResults = UnsetVector<PersonResult>;  // by person

std::vector<std::string> reason_names(uint8_t reasons);  // sorted
std::vector<std::string> flag_names(uint32_t flags);     // sorted

}  // namespace hr::model
