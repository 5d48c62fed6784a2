// Could chance alone have made a group differ so much from all others?
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "base/figure.h"
#include "base/wide.h"

namespace hr::stats {

struct PermutationTest {
  double p = 1;               // two-sided
  uint64_t permutations = 0;  // that were looked at
  bool exact = false;         // they are all there are
};

// The difference of the means of a group and of all others against those of the same figures dealt out to groups of the
// same sizes: all ways where they are kMostExact at most, p = share at least as far from 0; else kPermutations drawn
// ones (kFewPermutations of more than kManyValues figures), p = (as far + 1) / (drawn + 1) (Phipson and Smyth 2010).
// Differences are compared in whole numbers. Draws come from a generator with fixed seeds: the same figures give the
// same p, on any number of threads and whatever was tested before. Groups of one size share their draws.
inline constexpr uint64_t kMostExact = 100'000;
inline constexpr uint64_t kPermutations = 9'999;
inline constexpr uint64_t kFewPermutations = 999;
inline constexpr size_t kManyValues = 20'000;
class Permutations {
 public:
  Permutations(std::vector<Figure> all, int threads);  // in any order

  // Of some of the figures: at least one, and not all of them.
  PermutationTest test(std::span<const Figure> group);

 private:
  struct Dealt {
    std::vector<Wide> distances;  // ascending
    bool exact = false;
  };

  Wide distance(Wide sum, size_t chosen) const;
  const Dealt& dealt(size_t chosen);
  void deal_all(size_t first, size_t left, Wide sum, size_t chosen, std::vector<Wide>& out) const;
  std::vector<Wide> draw(uint64_t piece, uint64_t draws, size_t chosen) const;

  std::vector<int64_t> values_;  // ascending
  Wide total_ = 0;
  int threads_;
  std::map<size_t, Dealt> by_size_;
};

}  // namespace hr::stats
