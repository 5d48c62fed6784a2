// What intervals and tests take of the normal distribution.
#pragma once

#include <cmath>
#include <numbers>

namespace hr::stats {

inline constexpr double kNormal975 = 1.959963984540054;  // 95 % lie within so many standard deviations

// The probability of a standard normal value at least so far from 0.
inline double normal_two_sided(double z) {
  return std::erfc(std::abs(z) / std::numbers::sqrt2);
}

}  // namespace hr::stats
