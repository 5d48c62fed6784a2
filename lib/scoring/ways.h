// Some key results side by side: where they start, where they are to go and where they are. Internal to plain_progress.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "scoring/difference.h"

namespace hr::scoring {

struct Ways {
  static constexpr size_t kMost = 1'024;  // they stay in the nearest cache
  std::array<double, kMost> start, target, current;
  // What difference() rounds by, of current and start, and of target and start; 0: it does not round.
  std::array<double, kMost> scale, whole_scale;

  void set(size_t i, double from, double to, double now) {
    start[i] = from;
    target[i] = to;
    current[i] = now;
    scale[i] = scale_of(now, from);
    whole_scale[i] = scale_of(to, from);
  }
  // Of the first `n`, as plain_progress() gives it.
  void progress(size_t n, uint32_t* out) const;

 private:
  static double scale_of(double a, double b) {
    const double larger = std::max(a < 0 ? -a : a, b < 0 ? -b : b);
    return has_15_digits(larger) ? power_of_ten(14 - exponent_of(larger)) : 0;
  }
};

}  // namespace hr::scoring
