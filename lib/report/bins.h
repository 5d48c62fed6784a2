// Bins of a histogram: of equal width, beginning at multiples of it.
#pragma once

#include <cstdint>
#include <optional>

#include "base/decimal.h"
#include "base/figure.h"

namespace hr::report {

// 1, 2 or 5 times a power of ten, in units of 1e-9: the narrowest of which at most twelve hold all from `least` to
// `most`.
int64_t bin_width(Figure least, Figure most);
int64_t bin_of(Figure figure, int64_t width);
// Where a bin begins; none beyond 18 digits.
std::optional<Decimal> bin_edge(int64_t bin, int64_t width);

}  // namespace hr::report
