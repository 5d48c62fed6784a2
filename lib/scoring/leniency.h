// How much more generous than others a rater is (评分宽松度): the mean of their ratings less the mean of all, shrunk
// towards 0 where they rated few. An empirical-Bayes shrinkage with a given k: m × n / (n + k), as in Efron and Morris,
// "Stein's paradox in statistics" (Scientific American, 1977).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/figure.h"

namespace hr::scoring {

// One person rated by one rater; a rater's several responses about a person are one rating, their mean.
struct Rating {
  uint32_t rater = 0;
  double score = 0;  // 0 to 100
};

struct Leniency {
  uint32_t rater = 0;
  uint32_t n = 0;               // people rated
  std::optional<Figure> value;  // none: n under kLeastRated, or nobody to compare with
};

// Of two people rated one knows their own rating, and the mean of two would tell the other's.
inline constexpr uint32_t kLeastRated = 3;

// Ascending by rater. `k` ≥ 0: how many people weigh as much as the general mean does.
std::vector<Leniency> rater_leniency(std::vector<Rating> ratings, int k);

}  // namespace hr::scoring
