// Could chance alone have made two groups differ so much?
#pragma once

#include <cstdint>
#include <span>

#include "base/figure.h"

namespace hr::stats {

struct PermutationTest {
  double p = 1;               // two-sided
  uint64_t permutations = 0;  // that were looked at
  bool exact = false;         // they are all there are
};

// The difference of the two means against those of the same figures dealt out to groups of the same sizes: all ways
// where they are kMostExact at most, p = share at least as far from 0; else kPermutations drawn ones (kFewPermutations
// of more than kManyValues figures), p = (as far + 1) / (drawn + 1) (Phipson and Smyth 2010). Differences are compared
// in whole numbers. Draws come from a generator with a fixed seed: the same figures give the same p, on any number of
// threads. Both groups have at least one figure.
inline constexpr uint64_t kMostExact = 100'000;
inline constexpr uint64_t kPermutations = 9'999;
inline constexpr uint64_t kFewPermutations = 999;
inline constexpr size_t kManyValues = 20'000;
PermutationTest permutation_test(std::span<const Figure> group, std::span<const Figure> others, int threads);

}  // namespace hr::stats
