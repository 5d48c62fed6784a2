#include "scoring/kpi_sums.h"

#include <algorithm>

#include "base/figure.h"
#include "base/wide_vectors.h"
#include "scoring/branchless.h"

namespace hr::scoring {

KpiSums::KpiSums(size_t n) : steps((n + kStep - 1) / kStep * kStep) {
  for (auto* values : {&score, &scored, &share, &partial}) std::fill_n(values->begin(), steps, 0.0);
}

void KpiSums::begin() {
  std::fill_n(sum.begin(), steps, 0.0);
  std::fill_n(covered.begin(), steps, 0.0);
}

HR_WIDE_VECTORS void KpiSums::add(double weight, const double* scores, const double* there) {
  for (size_t i = 0; i < steps; ++i) {  // × 1, or × 0 and nothing is added
    covered[i] += weight * there[i];
    sum[i] += weight * scores[i] * there[i];
  }
}

// The figure of snap(x); 0 where it has none: a mean of figures always has one, but where nothing has weight.
static double snapped(double x) {
  return snap(x).value_or(Figure{}).value();
}

HR_WIDE_VECTORS void KpiSums::end_period(double total, bool zero) {
  std::array<double, kPeople> mean;
  int64_t odd = 0;
  for (size_t i = 0; i < steps; ++i) {
    const double weight = zero ? total : covered[i];
    const double x = sum[i] / (weight > 0 ? weight : 1);
    const double nano = nano_of(size_of(x));
    mean[i] = signed_as(nano, x) / 1e9;
    odd |= nano < kMostNano ? 0 : 1;
  }
  for (size_t i = 0; odd != 0 && i < steps; ++i) mean[i] = snapped(sum[i] / (zero ? total : covered[i]));
  for (size_t i = 0; i < steps; ++i) {
    const double weight = zero ? total : covered[i];
    const bool has = weight > 0;
    share[i] += total > 0 ? covered[i] / total : 0;
    partial[i] += covered[i] < total ? 1 : 0;
    score[i] += has ? mean[i] : 0;
    scored[i] += has ? 1 : 0;
  }
}

}  // namespace hr::scoring
