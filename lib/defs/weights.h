// The rules of weights, the same everywhere: all or none, not all zero, a total of 100 or 1 (else a warning).
#pragma once

#include <optional>
#include <vector>

#include "base/decimal.h"
#include "base/diagnostic.h"

namespace hr::defs {

struct WeightItem {
  std::optional<Decimal> weight;
  SourceSpan span;  // of the weight, or of the item that has none
};

// `whole` is the place of the list. A total counts as 100 (or 1) when rounding each weight to two decimals (or to two
// decimals of a percent) explains the difference: 33.33 three times is fine, 0.5 and 0.49 is not. One weight alone may
// be any number above zero.
void check_weights(const std::vector<WeightItem>& items, const SourceSpan& whole, Diagnostics& diagnostics);

}  // namespace hr::defs
