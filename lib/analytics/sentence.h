// Why something is suspicious, in no language yet.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analytics/finding.h"
#include "base/decimal.h"

namespace hr::analytics {

// A key of the message table ("finding/…") and what is filled in.
struct Sentence {
  std::string key;
  std::vector<std::string> args;
};
Sentence sentence_of(const NamedFinding& named);

// Exact to nine decimals, which no fact has more of by far; larger numbers without decimals.
std::optional<Decimal> decimal_of(const std::optional<double>& number);

}  // namespace hr::analytics
