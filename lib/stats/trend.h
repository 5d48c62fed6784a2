// Does a series rise or fall, and how fast?
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace hr::stats {

struct Point {
  int64_t time = 0;  // in steps of equal length; ascending, each once; gaps are steps without a point
  double value = 0;
};

// The median of the slopes between any two points (Theil 1950, Sen 1968), a step; its 95 % interval by Sen's method,
// with the correction for equal values: the slopes at the places round((N ∓ C)/2), C = 1.96·√Var(S). None for fewer
// than two points.
struct Slope {
  double slope = 0;
  double low = 0, high = 0;
};
std::optional<Slope> theil_sen(std::span<const Point> points);

// Mann–Kendall: S = pairs that rise − pairs that fall. p two-sided: over all orders for n ≤ 9, else normal, with the
// correction for equal values (Kendall 1975) and for continuity.
struct Kendall {
  int64_t s = 0;
  double variance = 0;
  double p = 1;
  bool exact = false;
};
Kendall mann_kendall(std::span<const Point> points);

// Seasonal Kendall (Hirsch, Slack and Smith 1982): each season of `seasons` steps by itself, S and variances added up.
// Always normal.
Kendall seasonal_kendall(std::span<const Point> points, int64_t seasons);

}  // namespace hr::stats
