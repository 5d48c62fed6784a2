// Four values at once on a curve of tiers. The steps are those of ReadyCurve::score(), with a choice instead of a
// branch and whole numbers kept as doubles: every figure is the same to the last bit, or it says that it cannot.
#include <cstring>
#include <limits>

#include "scoring/ready_curve.h"

namespace hr::scoring {

#ifdef __x86_64__

namespace {

using Four [[gnu::vector_size(32)]] = double;
using Bits [[gnu::vector_size(32)]] = int64_t;

// Of figures below it all nine decimals are whole numbers that doubles hold, and near ties are told as snap() tells
// them.
constexpr double kMostNano = 281'474e9;
constexpr double kWhole = 4503599627370496.0;  // 2^52: what is added to it loses its fraction
constexpr double kSlack = 4 * std::numeric_limits<double>::epsilon();
constexpr double kEverything = -std::numeric_limits<double>::infinity();
constexpr Bits kSign{INT64_MIN, INT64_MIN, INT64_MIN, INT64_MIN};

[[gnu::target("avx2")]] inline Four four(double x) {
  return Four{x, x, x, x};
}
[[gnu::target("avx2")]] inline Bits bits(Four x) {
  return reinterpret_cast<Bits>(x);
}
[[gnu::target("avx2")]] inline Four size_of(Four x) {
  return reinterpret_cast<Four>(bits(x) & ~kSign);
}
[[gnu::target("avx2")]] inline Four signed_as(Four size, Four x) {
  return reinterpret_cast<Four>(bits(size) | (bits(x) & kSign));
}
[[gnu::target("avx2")]] inline Four choose(Bits which, double a, double b) {
  return which ? four(a) : four(b);
}
[[gnu::target("avx2")]] inline Four one_if(Bits which) {
  return choose(which, 1, 0);
}
[[gnu::target("avx2")]] inline Four truncated(Four x) {  // of [0, 2^52)
  const Four near = (x + kWhole) - kWhole;
  return near - one_if(near > x);
}

}  // namespace

bool ReadyCurve::can_many() {
  static const bool has = __builtin_cpu_supports("avx2") != 0;
  return has;
}

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
    Four x;
    std::memcpy(&x, values + i, sizeof x);
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
    const Four nano = size_of(y) * 1e9;
    Four figure = truncated(nano);
    figure += one_if(0.5 - (nano - figure) <= nano * kSlack);
    const Four score = signed_as(figure, y) / 1e9;
    std::memcpy(scores + i, &score, sizeof score);
    odd |= ~(size < choose(on_high, high_end, low_end)) | ~(nano < kMostNano);
  }
  return (odd[0] | odd[1] | odd[2] | odd[3]) == 0;
}

#else

bool ReadyCurve::can_many() {
  return false;
}

bool ReadyCurve::score_many(const double*, double*, size_t) const {
  return false;
}

#endif

}  // namespace hr::scoring
