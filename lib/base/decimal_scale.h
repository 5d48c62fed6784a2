// Decimals as whole numbers of one unit, which add up and compare without a look at their scales.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/decimal.h"
#include "base/wide.h"

namespace hr {

inline constexpr std::array<int64_t, 19> kPow10 = [] {
  std::array<int64_t, 19> p{1};
  for (size_t i = 1; i < p.size(); ++i) p[i] = p[i - 1] * 10;
  return p;
}();

inline int64_t pow10(int n) {  // 0 ≤ n ≤ 18
  return kPow10[static_cast<size_t>(n)];
}

// The greatest scale of them, 0 of none.
inline int32_t common_scale(std::span<const Decimal> values) {
  int32_t scale = 0;
  for (const Decimal& v : values) scale = std::max(scale, v.scale);
  return scale;
}

// In units of 10^-scale; scale: not below its own, at most 18. 63 bits by 10^18 at most: it fits.
inline Wide at_scale(Decimal value, int32_t scale) {
  return Wide{value.unscaled} * pow10(scale - value.scale);
}

}  // namespace hr
