// The rules of weights, the same everywhere: all or none, not all zero, a total of 100 or 1 (else a warning).
#pragma once

#include <optional>
#include <vector>

#include "base/decimal.h"
#include "base/diagnostic.h"
#include "defs/cursor.h"

namespace hr::defs {

struct WeightItem {
  std::optional<Decimal> weight;
  SourceSpan span;  // of the weight, or of the item that has none
};

// `whole` is the place of the list. A total counts as 100 (or 1) when rounding each weight to two decimals (or to two
// decimals of a percent) explains the difference: 33.33 three times is fine, 0.5 and 0.49 is not. One weight alone may
// be any number above zero. `mixed`: the message for a list in which some have a weight and some have none.
void check_weights(const std::vector<WeightItem>& items, const SourceSpan& whole, Diagnostics& diagnostics,
                   const char* mixed = "weights-mixed");

// The weights of one list as they are read. One that could not be read leaves the list unjudged.
class WeightList {
 public:
  // A map with or without the key `weight`; `weight`: what was read there; `place`: of the item, when it has none.
  void add_item(const Cursor& item, const std::optional<Decimal>& weight, const SourceSpan& place);
  // A weight that stands alone, behind the name of what it weighs.
  void add_value(const Cursor& value, const std::optional<Decimal>& weight);
  void check(const SourceSpan& whole, Diagnostics& diagnostics) const;

 private:
  std::vector<WeightItem> items_;
  bool unread_ = false;
};

}  // namespace hr::defs
