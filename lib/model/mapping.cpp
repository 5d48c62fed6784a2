#include "model/mapping.h"

#include <array>

namespace hr::model {

bool is_percent(std::string_view unit) {
  return unit == "percent" || unit == "%" || unit == "百分比";
}

std::optional<Decimal> unit_factor(std::string_view unit) {
  struct Unit {
    std::string_view name;
    Decimal factor;
  };
  static constexpr std::array kUnits{
      Unit{"percent", {1, 2}},
      Unit{"%", {1, 2}},
      Unit{"百分比", {1, 2}},
      Unit{"permille", {1, 3}},
      Unit{"‰", {1, 3}},
      Unit{"one", {1, 0}},
      Unit{"元", {1, 0}},
      Unit{"thousand", {1000, 0}},
      Unit{"k", {1000, 0}},
      Unit{"千", {1000, 0}},
      Unit{"千元", {1000, 0}},
      Unit{"wan", {10000, 0}},
      Unit{"万", {10000, 0}},
      Unit{"万元", {10000, 0}},
      Unit{"million", {1000000, 0}},
      Unit{"m", {1000000, 0}},
      Unit{"百万", {1000000, 0}},
      Unit{"百万元", {1000000, 0}},
      Unit{"yi", {100000000, 0}},
      Unit{"亿", {100000000, 0}},
      Unit{"亿元", {100000000, 0}},
      Unit{"billion", {1000000000, 0}},
      Unit{"cent", {1, 2}},
      Unit{"分", {1, 2}},
  };
  for (const Unit& u : kUnits) {
    if (u.name == unit) return u.factor;
  }
  return std::nullopt;
}

}  // namespace hr::model
