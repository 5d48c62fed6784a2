#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "engine/advice/lever_kinds.h"

namespace hr::engine {

void set_unit(Handle& h, const std::vector<Decimal>& told) {
  constexpr int32_t kMostDecimals = 4;  // what is finer comes of binary fractions
  int32_t scale = 0;
  for (const Decimal d : told) scale = std::max(scale, std::min(d.scale, kMostDecimals));
  h.unit = {1, scale};
}

void set_least(Handle& h, bool positive, const std::vector<Decimal>& bases) {
  h.least = kNoLeast;
  if (!positive) return;
  double sum = 0;
  double most = 0;
  for (const Decimal d : bases) {
    sum += d.to_double();
    most = std::max(most, d.to_double());
  }
  const double steps = (h.carry == Carry::sum ? sum : most) / h.unit.to_double();
  h.least = -static_cast<int64_t>(std::min(std::ceil(steps - 1e-9), 3e13));
}

void set_natural(Handle& h, Decimal target, Decimal now) {
  const double size = std::abs(target.unscaled != 0 ? target.to_double() : now.to_double());
  const double most = size / 100 / h.unit.to_double();
  for (int64_t power = 1; static_cast<double>(power) <= most && power < (int64_t{1} << 40); power *= 10) {
    for (const int64_t step : {power, 2 * power, 5 * power}) {
      if (static_cast<double>(step) <= most) h.natural = step;
    }
  }
  if (h.carry == Carry::check_in) add_hint(h, target, now);
}

void add_hint(Handle& h, Decimal goal, Decimal now) {
  const double steps = (goal.to_double() - now.to_double()) / h.unit.to_double();
  if (std::abs(steps) > 3e13) return;
  const auto k = static_cast<int64_t>(std::llround(steps));
  for (const int64_t near : {k - 1, k, k + 1}) h.hints.push_back(near);
  if (!h.cells.empty() && h.cells.size() > 1 && h.carry == Carry::each) {
    h.hints.push_back(k / static_cast<int64_t>(h.cells.size()));
  }
}

}  // namespace hr::engine
