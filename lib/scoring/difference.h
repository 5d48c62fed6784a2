// The difference of two values as they are printed.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace hr::scoring {

inline constexpr int kLeastPower = -8;
inline constexpr std::array<double, 32> kPowers{1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1e0,  1e1,  1e2,
                                                1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11, 1e12, 1e13,
                                                1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22, 1e23};
// 10^n, n in [−8, 22]: those are doubles, or the nearest.
inline double power_of_ten(int n) {
  return kPowers[static_cast<size_t>(n - kLeastPower)];
}

// floor(log10(x)) of x in [1e-8, 1e15).
inline int exponent_of(double x) {
  const auto twos = static_cast<int>((std::bit_cast<uint64_t>(x) >> 52U) & 0x7FFU) - 1023;
  const int least = (twos * 1233) >> 12;  // log10(2) is 1233/4096 and a little: either this or the next
  return x < power_of_ten(least + 1) ? least : least + 1;
}

// d to a whole number of 1/scale, half away from zero; |d × scale| < 2^63.
inline double rounded(double d, double scale) {
  const double scaled = d * scale;
  const auto whole = static_cast<int64_t>(scaled);
  const double rest = scaled - static_cast<double>(whole);
  return static_cast<double>(whole + int{rest >= 0.5} - int{rest <= -0.5}) / scale;
}

// Of what difference() rounds: beyond, the 15th digit is no power of ten that a
// double holds.
inline bool has_15_digits(double larger) {
  return larger > 1e-8 && larger < 1e15;
}

// a − b with 15 digits: in doubles 100000000.1 − 100000000 is 0.0999999940…,
// because what the sum of all digits leaves behind is noise. Rounded to the
// 15th digit of the larger of the two.
inline double difference(double a, double b) {
  const double x = a < 0 ? -a : a;
  const double y = b < 0 ? -b : b;
  const double larger = x < y ? y : x;
  return has_15_digits(larger) ? rounded(a - b, power_of_ten(14 - exponent_of(larger))) : a - b;
}

}  // namespace hr::scoring
