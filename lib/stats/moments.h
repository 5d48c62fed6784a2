// How far two groups of figures lie apart in units of their own spread, and how lopsided one is.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "base/figure.h"

namespace hr::stats {

// Number, mean and sum of squared deviations from it. Of equal values the sum is 0 exactly.
struct Moments {
  uint64_t n = 0;
  double mean = 0;
  double squares = 0;
};
Moments moments_of(std::span<const Figure> values);
// Of both together (Chan, Golub, LeVeque 1979).
Moments merged(const Moments& a, const Moments& b);

// Hedges' g: (mean of a − mean of b) / pooled standard deviation, times 1 − 3 / (4·(n − 2) − 1) for small samples
// (Hedges 1981), n = people in both. None where either is empty, n < 3, or nothing varies in either.
std::optional<double> hedges_g(const Moments& a, const Moments& b);

// Sample standard deviation; none for fewer than two values.
std::optional<double> deviation(const Moments& m);
// Skewness, adjusted for small samples (Fisher–Pearson, G1); none for fewer than three values, or when all are equal.
std::optional<double> skewness(std::span<const Figure> values);

}  // namespace hr::stats
