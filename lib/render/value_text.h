// Decimals and days as text, straight into bytes: a report of a million rows prints ten million of them.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/decimal.h"

namespace hr::render {

inline constexpr size_t kNumberBytes = 40;  // sign, 19 digits, point, at most 18 places: what write_number() may write

// At `decimals` places (at most 18; -1 = as many as it has), half away from zero. Writes at `to`, returns the end.
char* write_number(char* to, Decimal value, int decimals);

inline constexpr size_t kDateBytes = 10;
char* write_date(char* to, int32_t days);  // YYYY-MM-DD

}  // namespace hr::render
