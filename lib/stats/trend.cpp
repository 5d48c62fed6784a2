#include "stats/trend.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <vector>

#include "stats/normal.h"

namespace hr::stats {

namespace {

constexpr size_t kMostOrders = 9;  // points whose orders are all counted; 20! would be too many for 64 bits

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

// The sizes of runs of equal values.
std::vector<size_t> ties_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  std::vector<size_t> ties;
  for (size_t i = 0; i < values.size(); ++i) {
    if (i > 0 && values[i] == values[i - 1])
      ++ties.back();
    else
      ties.push_back(1);
  }
  return ties;
}

// Of S, when all orders are as likely: (n(n−1)(2n+5) − Σ t(t−1)(2t+5)) / 18 over runs of t equal values.
double variance_of(const std::vector<double>& values) {
  const auto term = [](size_t count) {
    const double t = static_cast<double>(count);
    return t * (t - 1) * (2 * t + 5);
  };
  double sum = term(values.size());
  for (const size_t t : ties_of(values)) sum -= term(t);
  return sum / 18;
}

double normal_p(int64_t s, double variance) {
  if (s == 0 || variance <= 0) return 1;
  return normal_two_sided((std::abs(static_cast<double>(s)) - 1) / std::sqrt(variance));
}

// Of all orders of the values, the share whose S is as far from 0. Orders by their number of falling pairs are the
// coefficients of Π(1 − q^i) over the places, divided by the same over each run of equal values (MacMahon 1913).
double exact_p(const std::vector<double>& values, int64_t observed) {
  const std::vector<size_t> ties = ties_of(values);
  size_t pairs = values.size() * (values.size() - 1) / 2;
  for (const size_t t : ties) pairs -= t * (t - 1) / 2;
  std::vector<int64_t> orders(pairs + 1);  // by falling pairs
  orders[0] = 1;
  for (size_t i = 1; i <= values.size(); ++i) {
    for (size_t k = pairs + 1; k-- > i;) orders[k] -= orders[k - i];
  }
  for (const size_t t : ties) {
    for (size_t i = 1; i <= t; ++i) {
      for (size_t k = i; k <= pairs; ++k) orders[k] += orders[k - i];
    }
  }
  int64_t all = 0;
  int64_t as_far = 0;
  for (size_t falls = 0; falls <= pairs; ++falls) {
    const int64_t s = static_cast<int64_t>(pairs) - 2 * static_cast<int64_t>(falls);
    all += orders[falls];
    if (std::abs(s) >= std::abs(observed)) as_far += orders[falls];
  }
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
