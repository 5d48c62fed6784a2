#include "stats/figures.h"

#include <cassert>

#include "base/wide.h"

namespace hr::stats {

// numerator / denominator (> 0), half away from zero.
static Figure divide(Wide numerator, Wide denominator) {
  const Wide half = denominator / 2;
  const Wide rest = numerator % denominator;
  Wide whole = numerator / denominator;
  if (rest > half || (rest == half && denominator % 2 == 0)) ++whole;
  if (-rest > half || (-rest == half && denominator % 2 == 0)) --whole;
  return Figure{static_cast<int64_t>(whole)};
}

std::optional<Figure> mean(std::span<const Figure> values) {
  if (values.empty()) return std::nullopt;
  Wide sum = 0;
  for (const Figure v : values) sum += v.nano;
  return divide(sum, static_cast<Wide>(values.size()));
}

Figure quantile(std::span<const Figure> sorted, uint32_t percent) {
  assert(!sorted.empty() && percent <= 100);
  const uint64_t hundredths = (sorted.size() - 1) * uint64_t{percent};
  const size_t below = hundredths / 100;
  const uint64_t rest = hundredths % 100;
  if (rest == 0) return sorted[below];
  const Wide step = Wide{sorted[below + 1].nano} - sorted[below].nano;
  return divide(Wide{sorted[below].nano} * 100 + step * static_cast<Wide>(rest), 100);
}

}  // namespace hr::stats
