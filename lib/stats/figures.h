// Means and quantiles of figures, exact: rounded once, half away from zero, at nine decimals.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "base/figure.h"

namespace hr::stats {

std::optional<Figure> mean(std::span<const Figure> values);  // none when empty
// The `percent`-th percentile (0..100) of at least one value, ascending: type 7 of Hyndman and Fan (1996), on the
// straight line between the two nearest values: h = (n − 1)·percent/100.
Figure quantile(std::span<const Figure> sorted, uint32_t percent);

}  // namespace hr::stats
