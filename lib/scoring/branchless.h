// The steps of snap() and rounded() with choices instead of branches, and whole numbers kept as doubles: loops over
// many numbers become vector instructions (base/wide_vectors.h). Internal to scoring.
#pragma once

#include <limits>

namespace hr::scoring {

inline double size_of(double x) {
  return __builtin_fabs(x);
}
inline double signed_as(double size, double x) {
  return __builtin_copysign(size, x);
}

inline double truncated(double x) {              // of [0, 2^52)
  constexpr double kWhole = 4503599627370496.0;  // 2^52: what is added to it loses its fraction
  const double near = (x + kWhole) - kWhole;
  return near - (near > x ? 1.0 : 0.0);
}

// As rounded() in scoring/difference.h; |d × scale| < 2^52. Never −0, which as a divisor would make the other infinity.
inline double rounded_by(double d, double scale) {
  const double scaled = size_of(d) * scale;
  const double steps = truncated(scaled);
  return signed_as(steps + (scaled - steps >= 0.5 ? 1.0 : 0.0), d) / scale + 0.0;
}

// Of figures below this, all nine decimals are whole numbers that doubles hold, and near ties are told as snap() tells
// them.
inline constexpr double kMostNano = 281'474e9;

// The figure of snap(x), x ≥ 0, in 1e-9 and to the last bit, where that is less than kMostNano.
inline double nano_of(double x) {
  constexpr double kSlack = 4 * std::numeric_limits<double>::epsilon();
  const double nano = x * 1e9;
  const double figure = truncated(nano);
  return figure + (0.5 - (nano - figure) <= nano * kSlack ? 1.0 : 0.0);
}

}  // namespace hr::scoring
