// Sizes of memory as people write them: 700MB, 2GiB.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace hr {

// Bytes of a whole number of at most seven digits (no sign, no leading zero) with a unit behind it: MB, GB (powers of
// 1000), MiB, GiB (powers of 1024). None for any other text.
std::optional<uint64_t> parse_memory_size(std::string_view text);

// What a program should use for data under way on a machine with so much memory: a quarter, at most 512 MiB and at
// least 64 MiB. Bytes.
uint64_t default_memory_budget(uint64_t machine);

}  // namespace hr
