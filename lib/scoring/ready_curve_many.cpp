// Many values on a curve of tiers. The steps are those of ReadyCurve::score(): every figure is the same to the last
// bit, or it says that it cannot.
#include <limits>

#include "base/wide_vectors.h"
#include "scoring/branchless.h"
#include "scoring/ready_curve.h"

namespace hr::scoring {

HR_WIDE_VECTORS bool ReadyCurve::score_many(const double* __restrict values, double* __restrict scores,
                                            size_t n) const {
  const Line low = line_[1];
  const Line high = line_[2];
  const double from_target = from_[1];
  const double from_stretch = from_[2];
  const double on_low = curve_->extend ? -std::numeric_limits<double>::infinity() : from_[0];
  const double low_end = low.beyond < kFigureLimit ? low.beyond : kFigureLimit;
  const double high_end = high.beyond < kFigureLimit ? high.beyond : kFigureLimit;
  const double direction = lower_ ? -1 : 1;
  const double worst = line_[0].y0;
  const double best = line_[3].y0;
  const double cap = curve_->cap;
  const double floor = curve_->floor;
  int64_t odd = 0;
  for (size_t i = 0; i < n; ++i) {
    const double x = values[i];
    const double towards = direction * x;
    const bool on_high = towards >= from_target;
    const double size = size_of(x);
    const double below = on_high ? high.scale[0] : low.scale[0];
    const double above = on_high ? high.scale[1] : low.scale[1];
    const double scale = size >= (on_high ? high.upper : low.upper) ? above : below;
    const double way = rounded_by(x - (on_high ? high.x0 : low.x0), scale);
    double y = (on_high ? high.y0 : low.y0) + (on_high ? high.rise : low.rise) * way / (on_high ? high.run : low.run);
    y = towards >= from_stretch ? best : y;
    y = towards >= on_low ? y : worst;
    y = y < floor ? floor : y;
    y = cap < y ? cap : y;
    const double nano = nano_of(size_of(y));
    scores[i] = signed_as(nano, y) / 1e9;
    odd |= size < (on_high ? high_end : low_end) ? 0 : 1;
    odd |= nano < kMostNano ? 0 : 1;
  }
  return odd == 0;
}

}  // namespace hr::scoring
