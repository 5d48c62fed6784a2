// What the people of a cycle are measured by, flattened: targets, weights, curves, objectives, key results. Two
// versions of the definitions are told apart by it. Pure.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/diagnostic.h"
#include "model/definitions.h"

namespace hr::engine {

struct Measure {
  std::string subject;  // scorecard:ID, kpi:ID, curve:ID, objective:ID, key_result:ID, plan:ID, cycle:ID
  std::string kpi;      // of a scorecard: the KPI; of a key result: what measures it; else empty
  std::string field;    // the key that says it: target, weight, curve, vetoes[ID].when …
  std::string value;    // as one line of text; never empty
  SourceSpan span;
  bool of_cycle = false;  // it holds for days of this cycle and no others: dated values, objectives, the cycle itself
};

// `cycle` gives id and days; what it says itself is taken from `definitions`. Nothing when they do not have it.
std::vector<Measure> yardstick(const model::Definitions& definitions, const model::Cycle& cycle);

// A value in the course of some days, as one line of text: "900; 2026-10-01: 800". `steps`: from which day what holds,
// ascending; none = nothing. Empty when it is nothing throughout.
std::string in_the_course_of(DateRange days, const std::vector<std::pair<Date, std::optional<Decimal>>>& steps);

}  // namespace hr::engine
