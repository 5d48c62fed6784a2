#include "expr/text_literal.h"

#include <charconv>
#include <cstdint>

namespace hr::expr {

bool is_triple_quoted(std::string_view text, size_t quote) {
  return text.substr(quote, 3) == std::string(3, text[quote]);
}

size_t end_of_text_literal(std::string_view text, size_t quote, bool raw) {
  const char mark = text[quote];
  const bool triple = is_triple_quoted(text, quote);
  for (size_t pos = quote + (triple ? 3 : 1); pos < text.size(); ++pos) {
    const char c = text[pos];
    if (c == '\\' && !raw) {
      ++pos;
    } else if (!triple && (c == '\n' || c == '\r')) {
      return std::string_view::npos;
    } else if (c == mark && (!triple || is_triple_quoted(text, pos))) {
      return pos + (triple ? 3 : 1);
    }
  }
  return std::string_view::npos;
}

static void append_utf8(std::string& out, uint32_t cp) {
  const auto byte = [&](uint32_t b) { out.push_back(static_cast<char>(static_cast<unsigned char>(b))); };
  if (cp < 0x80) {
    byte(cp);
  } else if (cp < 0x800) {
    byte(0xC0U | cp >> 6U);
    byte(0x80U | (cp & 0x3FU));
  } else if (cp < 0x10000) {
    byte(0xE0U | cp >> 12U);
    byte(0x80U | (cp >> 6U & 0x3FU));
    byte(0x80U | (cp & 0x3FU));
  } else {
    byte(0xF0U | cp >> 18U);
    byte(0x80U | (cp >> 12U & 0x3FU));
    byte(0x80U | (cp >> 6U & 0x3FU));
    byte(0x80U | (cp & 0x3FU));
  }
}

// Code point written with exactly `count` digits of `base` at `pos`; false when it is none.
static bool append_code_point(std::string_view text, size_t pos, size_t count, int base, std::string& out) {
  uint32_t cp = 0;
  if (pos + count > text.size()) return false;
  const char* begin = text.data() + pos;
  const auto [end, error] = std::from_chars(begin, begin + count, cp, base);
  if (error != std::errc{} || end != begin + count) return false;
  if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF)) return false;
  append_utf8(out, cp);
  return true;
}

// Resolves the escape whose backslash stands at `pos`; its length, 0 when it is none of CEL's.
static size_t append_escape(std::string_view text, size_t pos, std::string& out) {
  static constexpr std::string_view kLetters = "abfnrtv\\?\"'`";
  static constexpr std::string_view kMeanings = "\a\b\f\n\r\t\v\\?\"'`";
  if (pos + 1 >= text.size()) return 0;
  const char c = text[pos + 1];
  if (const size_t i = kLetters.find(c); i != std::string_view::npos) {
    out.push_back(kMeanings[i]);
    return 2;
  }
  if (c == 'x' || c == 'X') return append_code_point(text, pos + 2, 2, 16, out) ? 4 : 0;
  if (c == 'u') return append_code_point(text, pos + 2, 4, 16, out) ? 6 : 0;
  if (c == 'U') return append_code_point(text, pos + 2, 8, 16, out) ? 10 : 0;
  if (c >= '0' && c <= '3') return append_code_point(text, pos + 1, 3, 8, out) ? 4 : 0;
  return 0;
}

bool decode_text_literal(std::string_view literal, std::string& decoded, TextLiteralFault& fault) {
  const size_t quote = literal.find_first_of("\"'");
  const bool raw = literal.substr(0, quote).find_first_of("rR") != std::string_view::npos;
  const size_t marks = is_triple_quoted(literal, quote) && literal.size() >= quote + 6 ? 3 : 1;
  const std::string_view body = literal.substr(0, literal.size() - marks);
  for (size_t pos = quote + marks; pos < body.size();) {
    if (raw || body[pos] != '\\') {
      decoded.push_back(body[pos++]);
      continue;
    }
    const size_t n = append_escape(body, pos, decoded);
    if (n == 0) {
      fault = {pos, pos + 2};
      while (fault.end < body.size() && (static_cast<unsigned char>(body[fault.end]) & 0xC0U) == 0x80U) ++fault.end;
      return false;
    }
    pos += n;
  }
  return true;
}

}  // namespace hr::expr
