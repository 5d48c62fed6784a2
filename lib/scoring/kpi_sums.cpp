#include "scoring/kpi_sums.h"

#include <algorithm>

#include "base/figure.h"
#include "scoring/lanes.h"

namespace hr::scoring {

KpiSums::KpiSums(size_t n) : people(n), steps((n + kStep - 1) / kStep * kStep) {
  for (auto* values : {&score, &scored, &share, &partial}) std::fill_n(values->begin(), steps, 0.0);
}

void KpiSums::begin() {
  std::fill_n(sum.begin(), steps, 0.0);
  std::fill_n(covered.begin(), steps, 0.0);
}

void KpiSums::end_period(double total, bool zero) {
  if (has_lanes()) return end_period_lanes(total, zero);
  for (size_t i = 0; i < people; ++i) end_period_of(i, total, zero);
}

void KpiSums::end_period_of(size_t i, double total, bool zero) {
  share[i] += total > 0 ? covered[i] / total : 0;
  partial[i] += covered[i] < total ? 1 : 0;
  const double weight = zero ? total : covered[i];
  const std::optional<Figure> mean = weight > 0 ? snap(sum[i] / weight) : std::nullopt;
  if (!mean) return;
  score[i] += mean->value();
  scored[i] += 1;
}

#ifdef __x86_64__

[[gnu::target("avx2")]] void KpiSums::add(double weight, const double* scores, const double* there) {
  for (size_t i = 0; i < steps; i += kLanes) {
    const Four has = load(there + i);  // × 1, or × 0 and nothing is added
    store(&covered[i], load(&covered[i]) + weight * has);
    store(&sum[i], load(&sum[i]) + weight * load(scores + i) * has);
  }
}

[[gnu::target("avx2")]] void KpiSums::end_period_lanes(double total, bool zero) {
  for (size_t i = 0; i < steps; i += kLanes) {
    const Four with_data = load(&covered[i]);
    const Four weight = zero ? four(total) : with_data;
    const Bits has = weight > 0;
    Bits odd;
    const Four mean = snapped(load(&sum[i]) / weight, odd);
    if (any(odd & has)) {
      for (size_t k = 0; k < kLanes; ++k) end_period_of(i + k, total, zero);
      continue;
    }
    if (total > 0) store(&share[i], load(&share[i]) + with_data / total);
    store(&partial[i], load(&partial[i]) + one_if(with_data < total));
    store(&score[i], load(&score[i]) + (has ? mean : four(0)));
    store(&scored[i], load(&scored[i]) + one_if(has));
  }
}

#else

void KpiSums::add(double, const double*, const double*) {}
void KpiSums::end_period_lanes(double, bool) {}

#endif

}  // namespace hr::scoring
