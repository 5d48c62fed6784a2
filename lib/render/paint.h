// Restrained colour for a terminal; with `color` off the text comes back as it is.
#pragma once

#include <string>
#include <string_view>

namespace hr::render {

enum class Paint { bold, dim, red, yellow, cyan };

inline std::string paint(std::string_view text, Paint how, bool color) {
  if (!color || text.empty()) return std::string(text);
  static constexpr std::string_view kCodes[] = {"1", "2", "1;31", "1;33", "1;36"};
  return "\x1b[" + std::string(kCodes[static_cast<size_t>(how)]) + "m" + std::string(text) + "\x1b[0m";
}

}  // namespace hr::render
