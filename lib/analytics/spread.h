// Where the middle of some values lies and how far they usually are from it, undisturbed by a few wild ones.
// Arithmetic and sources: docs/spec/facts-check.md.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace hr::analytics {

// How deviations are measured. counts: small whole numbers, on 2√(x + 3/8), where chance alone has a spread of 1;
// positive: above the median on ln x, below it on x, so that neither a long tail nor a short month looks wild;
// plain: on x.
enum class Shape : uint8_t { plain, positive, counts };

struct Spread {
  Shape shape = Shape::plain;
  uint32_t n = 0;
  double median = 0;
  double scale = 0;                      // of one usual deviation, as a standard deviation; on 2√(x + 3/8) for counts
  double log_scale = 0;                  // the same of ln x, for positive
  bool from_mean = false;                // more than half are equal: from the mean absolute deviation
  double deviation(double x) const;      // in scales; below the median negative
  double log_deviation(double x) const;  // of x > 0 where shape is positive: on ln x on both sides
};

// One value in a hundred may be of another kind, and always one. `values` are rearranged.
Shape shape_of(std::span<double> values);
// Of positive values, zeros are no values: what is mostly nothing has no usual deviation from it. `values` are
// rearranged; `scratch` is overwritten.
Spread spread_of(std::span<double> values, Shape shape, std::vector<double>& scratch);

double median_of(std::span<double> values);  // at least one; rearranged
// 1.4826 × the median absolute deviation; where that is 0, 1.2533 × the mean absolute deviation and `from_mean`.
double scale_of(std::span<double> deviations, bool& from_mean);  // absolute ones; rearranged

double root_of(double count);  // 2√(x + 3/8), of negative ones as of 0

}  // namespace hr::analytics
