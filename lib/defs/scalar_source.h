// Where the characters of a scalar stand in the file, however it is written: plain, in quotes with escapes, as | or >
// block, folded over lines.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace hr::defs {

// Where a scalar that begins at `begin` and was read as `value` ends (exclusive), quotes and all.
struct ScalarExtent {
  size_t end = 0;
  bool closed = true;  // false: its closing quote is missing
};
ScalarExtent scalar_extent(std::string_view text, size_t begin, std::string_view value);

// Bytes [begin, end) of the file.
struct Stretch {
  uint32_t begin = 0;
  uint32_t end = 0;
};

// For each byte of `value` the stretch that stands for it: an escape stands for all bytes of its character. `value` is
// what the scalar at `begin` was read as, or a part of it that begins with its first character that is no blank.
std::vector<Stretch> value_places(std::string_view text, size_t begin, std::string_view value);

}  // namespace hr::defs
