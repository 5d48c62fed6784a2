#include "stats/rank_correlation.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>
#include <numeric>
#include <vector>

#include "base/wide.h"
#include "stats/normal.h"

namespace hr::stats {

namespace {

constexpr size_t kMostOrders = 9;  // values whose orders are all looked at: 9! = 362,880

// 2·rank − (n + 1): whole numbers around 0.
std::vector<int64_t> centred_ranks(std::span<const Figure> values) {
  std::vector<size_t> order(values.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return values[a] < values[b]; });
  std::vector<int64_t> ranks(values.size());
  const auto n = static_cast<int64_t>(values.size());
  for (size_t first = 0; first < order.size();) {
    size_t end = first;
    while (end < order.size() && values[order[end]] == values[order[first]]) ++end;
    const int64_t rank = static_cast<int64_t>(first + end + 1) - (n + 1);
    for (; first < end; ++first) ranks[order[first]] = rank;
  }
  return ranks;
}

Wide product(const std::vector<int64_t>& a, const std::vector<int64_t>& b) {
  Wide sum = 0;
  for (size_t i = 0; i < a.size(); ++i) sum += static_cast<Wide>(a[i]) * b[i];
  return sum;
}

Wide magnitude(Wide x) {
  return x < 0 ? -x : x;
}

// The share of all orders of y whose product with x is at least as far from 0. Equal values stand for several orders
// that look the same, each of them equally often: the distinct ones will do.
double exact_p(const std::vector<int64_t>& x, std::vector<int64_t> y, Wide observed) {
  std::sort(y.begin(), y.end());
  uint64_t all = 0;
  uint64_t as_far = 0;
  do {
    ++all;
    as_far += magnitude(product(x, y)) >= magnitude(observed) ? 1U : 0U;
  } while (std::next_permutation(y.begin(), y.end()));
  return static_cast<double>(as_far) / static_cast<double>(all);
}

double p_of(double rho, size_t n) {
  const double rest = 1 - rho * rho;
  const auto freedom = static_cast<uint64_t>(n - 2);
  return rest <= 0 ? 0 : student_two_sided(rho * std::sqrt(static_cast<double>(freedom) / rest), freedom);
}

}  // namespace

double student_two_sided(double t, uint64_t freedom) {
  assert(freedom >= 1);
  const double angle = std::atan(std::abs(t) / std::sqrt(static_cast<double>(freedom)));
  const double cosine = std::cos(angle);
  const bool odd = freedom % 2 == 1;
  double term = odd ? cosine : 1;  // of cos^1, cos^3 …, or of cos^0, cos^2 …
  double sum = 0;
  for (uint64_t power = odd ? 1 : 0; power + 2 <= freedom && term > 0; power += 2) {
    sum += term;
    term *= cosine * cosine * static_cast<double>(power + 1) / static_cast<double>(power + 2);
  }
  const double within = odd ? (angle + std::sin(angle) * sum) * 2 / std::numbers::pi : std::sin(angle) * sum;
  return std::clamp(1 - within, 0.0, 1.0);
}

std::optional<RankCorrelation> spearman(std::span<const Figure> x, std::span<const Figure> y) {
  assert(x.size() == y.size());
  const std::vector<int64_t> a = centred_ranks(x);
  const std::vector<int64_t> b = centred_ranks(y);
  const Wide xx = product(a, a);
  const Wide yy = product(b, b);
  const Wide xy = product(a, b);
  if (x.size() < 3 || xx == 0 || yy == 0) return std::nullopt;
  RankCorrelation out;
  out.rho = static_cast<double>(xy) / std::sqrt(static_cast<double>(xx)) / std::sqrt(static_cast<double>(yy));
  out.rho = std::clamp(out.rho, -1.0, 1.0);
  const bool perfect = magnitude(xy) == xx && xx == yy;
  if (perfect) out.rho = xy < 0 ? -1 : 1;
  out.exact = x.size() <= kMostOrders;
  out.p = out.exact ? exact_p(a, b, xy) : p_of(out.rho, x.size());
  if (x.size() < 4 || perfect) return out;
  const double z = std::atanh(out.rho);
  const double error = kNormal975 * std::sqrt((1 + out.rho * out.rho / 2) / static_cast<double>(x.size() - 3));
  out.low = std::tanh(z - error);
  out.high = std::tanh(z + error);
  return out;
}

}  // namespace hr::stats
