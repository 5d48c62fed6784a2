#include "analytics/spread.h"

#include <algorithm>
#include <cmath>

namespace hr::analytics {

namespace {

constexpr double kMadFactor = 1.4826;     // makes the MAD of normal values their standard deviation
constexpr double kMeanFactor = 1.253314;  // √(π/2): the same for the mean absolute deviation
constexpr double kMostCounts = 50;        // a larger median is an amount
constexpr size_t kFewOfOtherKind = 100;   // one in so many, and always one

double mean_of(std::span<const double> values) {
  double sum = 0;
  for (const double v : values) sum += v;
  return sum / static_cast<double>(values.size());
}

void absolute_deviations(std::span<const double> values, double from, std::vector<double>& out) {
  out.resize(values.size());
  for (size_t i = 0; i < values.size(); ++i) out[i] = std::abs(values[i] - from);
}

}  // namespace

double root_of(double count) {
  return 2 * std::sqrt(std::max(count, 0.0) + 0.375);
}

double median_of(std::span<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*std::max_element(values.begin(), middle) + *middle) / 2;
}

double scale_of(std::span<double> deviations, bool& from_mean) {
  const double mad = median_of(deviations);
  from_mean = mad == 0;
  return from_mean ? kMeanFactor * mean_of(deviations) : kMadFactor * mad;
}

Shape shape_of(std::span<double> values) {
  size_t negative = 0;
  size_t broken = 0;
  for (const double v : values) {
    negative += v < 0;
    broken += v != std::floor(v);
  }
  const size_t few = std::max<size_t>(1, values.size() / kFewOfOtherKind);
  if (negative > few) return Shape::plain;
  const double median = median_of(values);
  if (broken <= few && median < kMostCounts) return Shape::counts;
  return Shape::positive;
}

Spread spread_of(std::span<double> values, Shape shape, std::vector<double>& scratch) {
  Spread s;
  s.shape = shape;
  if (shape == Shape::positive) {
    const auto end = std::partition(values.begin(), values.end(), [](double v) { return v > 0; });
    values = values.first(static_cast<size_t>(end - values.begin()));
  }
  s.n = static_cast<uint32_t>(values.size());
  if (values.empty()) return s;
  s.median = median_of(values);
  if (shape == Shape::counts) {
    scratch.resize(values.size());
    const double middle = root_of(s.median);
    for (size_t i = 0; i < values.size(); ++i) scratch[i] = std::abs(root_of(values[i]) - middle);
    const double mean = kMeanFactor * mean_of(scratch);
    s.scale = std::max({kMadFactor * median_of(scratch), mean, 1.0});
    return s;
  }
  absolute_deviations(values, s.median, scratch);
  s.scale = scale_of(scratch, s.from_mean);
  if (shape == Shape::plain) return s;
  for (size_t i = 0; i < values.size(); ++i) scratch[i] = std::abs(std::log(values[i] / s.median));
  bool from_mean = false;
  s.log_scale = scale_of(scratch, from_mean);
  return s;
}

double Spread::log_deviation(double x) const {
  return x == median || log_scale == 0 ? 0 : std::log(x / median) / log_scale;
}

double Spread::deviation(double x) const {
  if (scale == 0 || x == median) return 0;
  if (shape == Shape::counts && x >= 0) return (root_of(x) - root_of(median)) / scale;
  if (shape == Shape::counts) return (x - median) / scale;  // a count below 0: as far as it is below
  if (shape == Shape::positive && x > median) return log_deviation(x);
  return (x - median) / scale;
}

}  // namespace hr::analytics
