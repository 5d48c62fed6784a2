// How facts are looked at: rules that find suspicious ones, and their thresholds. Docs: docs/spec/facts-check.md.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/diagnostic.h"

namespace hr::model {

// Of a fact that several of the first five find, the first one is told: it says most.
enum class CheckRule : uint8_t { impossible, sign, magnitude, jump, outlier, stuck, heaping, duplicate, rater };
inline constexpr size_t kCheckRules = 9;
inline constexpr std::array<std::string_view, kCheckRules> kCheckRuleNames = {
    "impossible", "sign", "magnitude", "jump", "outlier", "stuck", "heaping", "duplicate", "rater"};

enum class CheckSeverity : uint8_t { ignore, warning, error };

// What a KPI's values can be at all.
struct Bounds {
  std::optional<Decimal> min, max;  // inclusive
  bool integer = false;

  bool given() const { return min || max || integer; }
};

// An entry of the list `checks`: thresholds of one rule, for some KPIs or for all.
struct Check {
  std::string id;
  CheckRule rule = CheckRule::outlier;
  std::vector<std::string> kpis;  // empty = all
  std::optional<Decimal> limit;   // what it counts in is the rule's
  std::optional<int> min;         // the fewest values that the rule judges by
  std::optional<CheckSeverity> severity;
  SourceSpan span;
};

}  // namespace hr::model
