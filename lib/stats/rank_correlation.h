// Do two figures of the same people rise together?
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "base/figure.h"

namespace hr::stats {

struct RankCorrelation {
  double rho = 0;
  std::optional<double> low, high;  // 95 %
  double p = 1;                     // two-sided
  bool exact = false;               // p is over all orders
};

// Spearman's rank correlation, equal values sharing the mean of their ranks. Interval: Fisher's z with the standard
// error √((1 + ρ²/2) / (n − 3)) (Bonett and Wright 2000); none for n < 4 or |ρ| = 1. p: over all orders for n ≤ 9, else
// Student's t with n − 2 degrees of freedom. None for fewer than three pairs, or where x or y are all equal. x and y
// have the same size.
std::optional<RankCorrelation> spearman(std::span<const Figure> x, std::span<const Figure> y);

// The probability of a Student's t at least so far from 0, in the closed form of Abramowitz and Stegun, 26.7.3 and
// 26.7.4. To about 1e-14; freedom ≥ 1.
double student_two_sided(double t, uint64_t freedom);

}  // namespace hr::stats
