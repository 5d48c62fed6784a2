// Many short numbers at once, as a column of them is read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/decimal.h"

namespace hr::ingest {

// read[i]: whether texts[i], of which 16 bytes may be read whatever its length, is a number as short_decimal() takes
// it; out[i] is that number then, and nobody knows what else. Returns whether all are.
using ReadShortDecimals = bool (*)(const std::string_view* texts, size_t n, Decimal* out, uint8_t* read);

bool read_short_decimals_plain(const std::string_view* texts, size_t n, Decimal* out, uint8_t* read);
// Those that this processor has, the fastest first; all do the same.
std::vector<ReadShortDecimals> short_decimal_readers();

}  // namespace hr::ingest
