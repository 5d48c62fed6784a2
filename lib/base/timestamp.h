// A moment: microseconds of UTC since 1970-01-01T00:00Z, written 2026-07-15T08:00:00.000000Z.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.h"

namespace hr {

std::string to_iso_timestamp(int64_t microseconds);
// 2026-07-15T08:00:00Z with up to six decimals, or a day alone, which means its last microsecond.
std::optional<int64_t> parse_timestamp(std::string_view text);
Date date_of(int64_t microseconds);

}  // namespace hr
