#include "sheets/cell_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace hr::sheets {

namespace {

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

// A text that says _x0041_ must not be taken for an A: its first character is written as such a code, as are characters
// that XML cannot hold.
bool is_code(std::string_view text) {
  return text.size() >= 7 && text.starts_with("_x") && text[6] == '_' &&
         std::all_of(text.begin() + 2, text.begin() + 6, is_hex);
}

std::string escaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    size_t n = 1;
    const auto byte = static_cast<unsigned char>(text[0]);
    if (text.starts_with("\xEF\xBF\xBE") || text.starts_with("\xEF\xBF\xBF")) {
      out += text[2] == '\xBE' ? "_xFFFE_" : "_xFFFF_";
      n = 3;
    } else if (is_code(text) || (byte < 0x20 && byte != '\t' && byte != '\n')) {
      out += fmt::format("_x{:04X}_", byte);
    } else {
      out += text[0];
    }
    text.remove_prefix(n);
  }
  return out;
}

std::string as_utf8(std::string_view text) {
  std::string out;
  while (const auto bad = invalid_utf8_at(text)) {
    out += text.substr(0, *bad);
    out += "\xEF\xBF\xBD";
    text.remove_prefix(*bad + 1);
  }
  return out.append(text);
}

}  // namespace

std::string cell_text(std::string_view text) {
  return escaped(as_utf8(text));
}

size_t characters_of(std::string_view text) {
  size_t n = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    n += (byte & 0xC0U) == 0x80U ? 0 : byte >= 0xF0U ? 2 : 1;
  }
  return n;
}

std::string cut(std::string_view text, size_t characters) {
  while (characters_of(text) > characters) text.remove_suffix(1);
  while (invalid_utf8_at(text)) text.remove_suffix(1);
  return std::string(text);
}

}  // namespace hr::sheets
