// Why a figure is missing. Missing is a state with a reason, never NaN, 0 or −1; the names stand in derivations.
#pragma once

#include <cstdint>

namespace hr::scoring {

enum class Fault : uint8_t {
  none,
  no_fact,
  no_target,            // no target (baseline, threshold, stretch) is in force
  target_not_positive,  // a ratio needs t > 0
  no_scale,             // baseline = target, or threshold, target and stretch are not in one direction
  no_method,            // a ratio of a lower-is-better KPI needs mirror or reciprocal
  not_computable,       // division by zero, or beyond ±9.2e9
  no_checkin,
  no_weight,  // weight 0: shown, never counted
  no_unit,    // of: unit, and neither the unit nor any above it has facts
};

const char* name_of(Fault fault);  // "no_fact"; empty for none

}  // namespace hr::scoring
