// Values written as nearly all are. False: not so, which says nothing of whether they are sound; values.h tells that.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/decimal.h"

namespace hr::ingest {

// YYYY-MM-DD of a day up to the 28th of a month, 1900 to 2999; days since 1970-01-01.
bool quick_day(std::string_view text, int32_t& days);
// A number of 1 to 8 characters, behind which seven bytes may be read: digits and at most one point.
bool short_decimal(std::string_view text, Decimal& out);
// At most 15 digits, with a minus and a point where they belong: nearly every number.
bool quick_decimal(std::string_view text, Decimal& out);

}  // namespace hr::ingest
