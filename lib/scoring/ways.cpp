#include "scoring/ways.h"

#include "base/wide_vectors.h"
#include "scoring/branchless.h"
#include "scoring/plain_progress.h"

namespace hr::scoring {

static double difference_of(double a, double b, double scale) {
  const double d = a - b;
  const double shown = rounded_by(d, scale > 0 ? scale : 1);
  return scale > 0 ? shown : d;
}

HR_WIDE_VECTORS void Ways::progress(size_t n, uint32_t* __restrict out) const {
  const double* const from = start.data();
  const double* const to = target.data();
  const double* const now = current.data();
  const double* const way_scale = whole_scale.data();
  const double* const part_scale = scale.data();
  for (size_t i = 0; i < n; ++i) {
    const double way = difference_of(to[i], from[i], way_scale[i]);
    const double reached = difference_of(now[i], from[i], part_scale[i]) / way;
    const double part = reached < 0 ? 0 : reached > 1 ? 1 : reached;
    const double there = part == part ? nano_of(part) : -1;  // not a number: something is missing
    const double nano = from[i] == to[i] ? -1 : there;
    static_assert(kNoProgress == static_cast<uint32_t>(int32_t{-1}));
    out[i] = static_cast<uint32_t>(static_cast<int32_t>(nano));
  }
}

}  // namespace hr::scoring
