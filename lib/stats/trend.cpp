#include "stats/trend.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "stats/normal.h"

namespace hr::stats {

namespace {

constexpr size_t kMostOrders = 9;  // points whose orders are all looked at: 9! = 362,880

int64_t rises(std::span<const double> values) {
  int64_t s = 0;
  for (size_t i = 0; i < values.size(); ++i) {
    for (size_t j = i + 1; j < values.size(); ++j) s += (values[i] < values[j]) - (values[j] < values[i]);
  }
  return s;
}

std::vector<double> values_of(std::span<const Point> points) {
  std::vector<double> values;
  for (const Point& p : points) values.push_back(p.value);
  return values;
}

// Of S, when all orders are as likely: (n(n−1)(2n+5) − Σ t(t−1)(2t+5)) / 18 over runs of t equal values.
double variance_of(std::vector<double> values) {
  const auto term = [](size_t count) {
    const double t = static_cast<double>(count);
    return t * (t - 1) * (2 * t + 5);
  };
  std::sort(values.begin(), values.end());
  double sum = term(values.size());
  for (size_t first = 0; first < values.size();) {
    size_t end = first;
    while (end < values.size() && values[end] == values[first]) ++end;
    sum -= term(end - first);
    first = end;
  }
  return sum / 18;
}

double normal_p(int64_t s, double variance) {
  if (s == 0 || variance <= 0) return 1;
  return normal_two_sided((std::abs(static_cast<double>(s)) - 1) / std::sqrt(variance));
}

double exact_p(std::vector<double> values, int64_t observed) {
  std::sort(values.begin(), values.end());
  uint64_t all = 0;
  uint64_t as_far = 0;
  do {
    ++all;
    as_far += std::abs(rises(values)) >= std::abs(observed) ? 1U : 0U;
  } while (std::next_permutation(values.begin(), values.end()));
  return static_cast<double>(as_far) / static_cast<double>(all);
}

}  // namespace

std::optional<Slope> theil_sen(std::span<const Point> points) {
  if (points.size() < 2) return std::nullopt;
  std::vector<double> slopes;
  for (size_t i = 0; i < points.size(); ++i) {
    for (size_t j = i + 1; j < points.size(); ++j) {
      slopes.push_back((points[j].value - points[i].value) / static_cast<double>(points[j].time - points[i].time));
    }
  }
  std::sort(slopes.begin(), slopes.end());
  const size_t n = slopes.size();
  const double half = kNormal975 * std::sqrt(variance_of(values_of(points))) / 2;
  const double middle = static_cast<double>(n) / 2;
  const double low = std::nearbyint(middle - half) - 1;
  const double high = std::nearbyint(middle + half);
  const auto place = [&](double at) { return slopes[static_cast<size_t>(std::clamp(at, 0.0, double(n) - 1))]; };
  return Slope{(slopes[(n - 1) / 2] + slopes[n / 2]) / 2, place(low), place(high)};
}

Kendall mann_kendall(std::span<const Point> points) {
  const std::vector<double> values = values_of(points);
  Kendall out;
  out.s = rises(values);
  out.variance = variance_of(values);
  out.exact = values.size() <= kMostOrders;
  out.p = out.exact ? exact_p(values, out.s) : normal_p(out.s, out.variance);
  return out;
}

Kendall seasonal_kendall(std::span<const Point> points, int64_t seasons) {
  Kendall out;
  for (int64_t season = 0; season < seasons; ++season) {
    std::vector<double> values;
    for (const Point& p : points) {
      if ((p.time % seasons + seasons) % seasons == season) values.push_back(p.value);
    }
    out.s += rises(values);
    out.variance += variance_of(values);
  }
  out.p = normal_p(out.s, out.variance);
  return out;
}

}  // namespace hr::stats
