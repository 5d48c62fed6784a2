#include "scoring/plain_progress.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "base/figure.h"
#include "scoring/difference.h"
#include "scoring/lanes.h"

namespace hr::scoring {

namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

// Some key results: where they start, where they are to go and where they are.
struct Ways {
  static constexpr size_t kMost = 1'024;  // a multiple of kLanes: they stay in the nearest cache
  alignas(32) std::array<double, kMost> start, target, current;
  // What difference() rounds by, of current and start, and of target and start; 0: it does not round.
  alignas(32) std::array<double, kMost> scale, whole_scale;

  void set(size_t i, double from, double to, double now) {
    start[i] = from;
    target[i] = to;
    current[i] = now;
    scale[i] = scale_of(now, from);
    whole_scale[i] = scale_of(to, from);
  }
  uint32_t progress(size_t i) const {
    if (start[i] == target[i]) return kNoProgress;
    const double part = difference(current[i], start[i]) / difference(target[i], start[i]);
    const std::optional<Figure> figure = snap(std::clamp(part, 0.0, 1.0));  // none: something is missing
    return figure ? static_cast<uint32_t>(figure->nano) : kNoProgress;
  }
  void progress_in_lanes(size_t n, uint32_t* out) const;

 private:
  static double scale_of(double a, double b) {
    const double larger = std::max(a < 0 ? -a : a, b < 0 ? -b : b);
    return has_15_digits(larger) ? power_of_ten(14 - exponent_of(larger)) : 0;
  }
};

#ifdef __x86_64__

// Of the steps of rounded() and difference(), with a choice instead of a branch.
[[gnu::target("avx2")]] inline Four difference_of(Four a, Four b, Four scale) {
  const Four d = a - b;
  const Four scaled = size_of(d) * scale;
  Four steps = truncated(scaled);
  steps += one_if(scaled - steps >= 0.5);
  return scale > 0 ? signed_as(steps, d) / scale : d;
}

[[gnu::target("avx2")]] void Ways::progress_in_lanes(size_t n, uint32_t* out) const {
  for (size_t i = 0; i < n; i += kLanes) {
    const Four from = load(&start[i]);
    const Four to = load(&target[i]);
    const Four now = load(&current[i]);
    const Four way = difference_of(to, from, load(&whole_scale[i]));
    Four part = difference_of(now, from, load(&scale[i])) / way;
    part = part < 0 ? four(0) : part;
    part = part > 1 ? four(1) : part;
    Bits odd;
    const Four nano = nano_of(part, odd);
    odd |= way == 0;
    const Bits none = (from == to) | (now != now) | (to != to);
    for (size_t k = 0; k < std::min(kLanes, n - i); ++k)
      out[i + k] = none[k] != 0 ? kNoProgress : odd[k] != 0 ? progress(i + k) : static_cast<uint32_t>(nano[k]);
  }
}

#else

void Ways::progress_in_lanes(size_t, uint32_t*) const {}

#endif

}  // namespace

void plain_progress(const facts::Okrs& okrs, Date as_of, size_t begin, size_t end, uint32_t* out) {
  Ways ways;
  for (; begin < end; begin += Ways::kMost) {
    const size_t n = std::min(Ways::kMost, end - begin);
    for (size_t i = 0; i < n; ++i) {
      const auto k = static_cast<uint32_t>(begin + i);
      ways.set(i, okrs.start.has(k) ? okrs.start.number(k) : 0, okrs.target.has(k) ? okrs.target.number(k) : kMissing,
               okrs.last_value(okrs.key_result_id[k], as_of).value_or(kMissing));
    }
    for (size_t i = n; i % kLanes != 0; ++i) ways.set(i, 0, 1, 0);
    if (has_lanes()) {
      ways.progress_in_lanes(n, out + begin);
    } else {
      for (size_t i = 0; i < n; ++i) out[begin + i] = ways.progress(i);
    }
  }
}

}  // namespace hr::scoring
