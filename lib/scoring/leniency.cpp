#include "scoring/leniency.h"

#include <algorithm>

namespace hr::scoring {

std::vector<Leniency> rater_leniency(std::vector<Rating> ratings, int k) {
  std::sort(ratings.begin(), ratings.end(), [](const Rating& a, const Rating& b) {
    return a.rater != b.rater ? a.rater < b.rater : a.score < b.score;  // sums do not depend on the order of rows
  });
  double total = 0;
  for (const Rating& r : ratings) total += r.score;
  const double mean = ratings.empty() ? 0 : total / static_cast<double>(ratings.size());
  std::vector<Leniency> out;
  for (size_t begin = 0; begin < ratings.size();) {
    size_t end = begin;
    double sum = 0;
    for (; end < ratings.size() && ratings[end].rater == ratings[begin].rater; ++end) sum += ratings[end].score;
    const auto n = static_cast<double>(end - begin);
    out.push_back({ratings[begin].rater, static_cast<uint32_t>(end - begin), std::nullopt});
    const bool alone = end - begin == ratings.size();
    if (end - begin >= kLeastRated && !alone) out.back().value = snap((sum / n - mean) * n / (n + k));
    begin = end;
  }
  return out;
}

}  // namespace hr::scoring
