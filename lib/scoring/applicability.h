// Who a scorecard or plan is for: its expression over the columns of the spells.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "facts/dataset.h"
#include "model/expression.h"

namespace hr::scoring {

// For every spell the first of several expressions that holds, and the second where there is one. An empty expression
// holds for everyone.
struct Match {
  static constexpr uint32_t kNoMatch = 0xFFFFFFFFU;
  uint32_t first = kNoMatch;
  uint32_t second = kNoMatch;  // a conflict

  void add(uint32_t i) { (first == kNoMatch ? first : second == kNoMatch ? second : ignored) = i; }

 private:
  uint32_t ignored = kNoMatch;
};

std::vector<Match> match_spells(const std::vector<const model::Expression*>& expressions, const facts::Spells& spells,
                                Diagnostics& diagnostics);

// One expression, by spell: 1 = holds.
std::vector<uint8_t> evaluate_on_spells(const model::Expression& expression, const facts::Spells& spells,
                                        Diagnostics& diagnostics);

}  // namespace hr::scoring
