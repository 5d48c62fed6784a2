// Four values at once on a curve of tiers. The steps are those of ReadyCurve::score(): every figure is the same to the
// last bit, or it says that it cannot.
#include <limits>

#include "scoring/lanes.h"
#include "scoring/ready_curve.h"

namespace hr::scoring {

bool has_lanes() {
#ifdef __x86_64__
  static const bool has = __builtin_cpu_supports("avx2") != 0;
  return has;
#else
  return false;
#endif
}

#ifdef __x86_64__

constexpr double kEverything = -std::numeric_limits<double>::infinity();

[[gnu::target("avx2")]] bool ReadyCurve::score_many(const double* values, double* scores, size_t n) const {
  const Line low = line_[1];
  const Line high = line_[2];
  const double on_low = curve_->extend ? kEverything : from_[0];
  const double low_end = low.beyond < kFigureLimit ? low.beyond : kFigureLimit;
  const double high_end = high.beyond < kFigureLimit ? high.beyond : kFigureLimit;
  const double direction = lower_ ? -1 : 1;
  const double cap = curve_->cap;
  const double floor = curve_->floor;
  Bits odd{};
  for (size_t i = 0; i < n; i += kAtOnce) {
    const Four x = load(values + i);
    const Four towards = direction * x;
    const Bits on_high = towards >= from_[1];
    const Four size = size_of(x);
    const Four d = x - choose(on_high, high.x0, low.x0);
    const Four scale = size >= choose(on_high, high.upper, low.upper) ? choose(on_high, high.scale[1], low.scale[1])
                                                                      : choose(on_high, high.scale[0], low.scale[0]);
    const Four scaled = size_of(d) * scale;
    Four steps = truncated(scaled);
    steps += one_if(scaled - steps >= 0.5);
    const Four rise = choose(on_high, high.rise, low.rise) * (signed_as(steps, d) / scale);
    Four y = choose(on_high, high.y0, low.y0) + rise / choose(on_high, high.run, low.run);
    y = towards >= from_[2] ? four(line_[3].y0) : y;
    y = towards >= on_low ? y : four(line_[0].y0);
    y = y < floor ? four(floor) : y;
    y = cap < y ? four(cap) : y;
    Bits large;
    store(scores + i, snapped(y, large));
    odd |= ~(size < choose(on_high, high_end, low_end)) | large;
  }
  return !any(odd);
}

#else

bool ReadyCurve::score_many(const double*, double*, size_t) const {
  return false;
}

#endif

}  // namespace hr::scoring
