// Means, quantiles and deviations of exact decimals, as they stand in tables: of any size, not only those of figures.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "base/decimal.h"

namespace hr::stats {

// Exact, then rounded once, half away from zero, at nine decimals, or at as many as 18 digits leave room for. None when
// there are no values, or when 18 digits do not hold the result or the sum.
std::optional<Decimal> mean(std::span<const Decimal> values);
// The `percent`-th percentile (0..100) of values that ascend: type 7 of Hyndman and Fan (1996), as of figures.
std::optional<Decimal> quantile(std::span<const Decimal> sorted, uint32_t percent);
// Sample standard deviation, in doubles; none for fewer than two values.
std::optional<double> deviation(std::span<const Decimal> values);

}  // namespace hr::stats
