// Decoding UTF-8 one code point at a time; private to base's own sources.
#pragma once

#include <utf8proc.h>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hr {

// Decodes the code point at `pos`; its length in bytes, or 0 when it is not well formed.
inline size_t decode_utf8(std::string_view text, size_t pos, int32_t& cp) {
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + pos;
  const utf8proc_ssize_t n = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size() - pos), &cp);
  return n > 0 ? static_cast<size_t>(n) : 0;
}

inline bool is_printable_ascii(std::string_view text) {
  for (const char c : text) {
    if (c < 0x20 || c >= 0x7f) return false;
  }
  return true;
}

}  // namespace hr
