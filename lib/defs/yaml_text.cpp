#include "defs/yaml_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "defs/yaml_tree.h"

namespace hr::defs {

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// A character that YAML readers disagree on or refuse: its length in bytes, else 0. `text` is valid UTF-8.
static size_t forbidden_at(std::string_view text, size_t pos) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[pos + i]); };
  const unsigned char c = byte(0);
  if (c < 0x20) {
    if (c == '\t' || c == '\n') return 0;
    if (c == '\r') return pos + 1 < text.size() && text[pos + 1] == '\n' ? 0 : 1;
    return 1;
  }
  if (c == 0x7F) return 1;
  if (c == 0xC2 && byte(1) < 0xA0) return 2;                                           // C1, NEL
  if (c == 0xE2 && byte(1) == 0x80 && (byte(2) == 0xA8 || byte(2) == 0xA9)) return 3;  // line, paragraph separator
  if (c == 0xEF && byte(1) == 0xBB && byte(2) == 0xBF && pos > 0) return 3;            // a byte order mark within
  if (c == 0xEF && byte(1) == 0xBF && (byte(2) == 0xBE || byte(2) == 0xBF)) return 3;  // U+FFFE, U+FFFF
  return 0;
}

static bool looks_like_utf16(std::string_view text) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return true;
  return text.size() >= 4 && ((text[0] == '\0' && text[2] == '\0') || (text[1] == '\0' && text[3] == '\0'));
}

static std::string shown(std::string_view text, size_t pos, size_t n) {
  static constexpr std::string_view kBom = "\xEF\xBB\xBF";
  const std::string_view piece = text.substr(pos, n);
  if (piece == kBom) return "U+FEFF";
  if (n == 3)
    return fmt::format("U+{:04X}", ((piece[0] & 0x0F) << 12U) | ((piece[1] & 0x3F) << 6U) | (piece[2] & 0x3F));
  return escape_controls(piece);
}

// The first thing that is neither blank nor a comment is a directive, %YAML or another.
static std::optional<size_t> directive_at(std::string_view text) {
  size_t pos = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  while (pos < text.size()) {
    const size_t newline = std::min(text.find('\n', pos), text.size());
    const size_t first = text.find_first_not_of(" \t\r", pos);
    if (text[pos] == '%') return pos;
    if (first < newline && text[first] != '#') return std::nullopt;
    pos = newline + 1;
  }
  return std::nullopt;
}

std::optional<TextFault> find_text_fault(std::string_view text) {
  if (text.size() > kMostBytes) return TextFault{"bad-yaml/too-large", 0, {std::to_string(kMostBytes >> 20U)}};
  if (looks_like_utf16(text)) return TextFault{"bad-yaml/utf-16", 0, {}};
  if (const auto at = invalid_utf8_at(text)) {
    return TextFault{"bad-yaml/not-utf8", *at, {std::to_string(*at + 1), escape_controls(text.substr(*at, 1))}};
  }
  for (size_t pos = 0; pos < text.size(); ++pos) {
    if (text[pos] >= ' ' && text[pos] < '\x7F') continue;  // nearly all are
    if (const size_t n = forbidden_at(text, pos))
      return TextFault{"bad-yaml/control-character", pos, {shown(text, pos, n)}};
  }
  if (const auto at = directive_at(text)) return TextFault{"bad-yaml/directive", *at, {}};
  return std::nullopt;
}

size_t flow_end(std::string_view text, size_t from) {
  for (size_t pos = from; pos < text.size(); ++pos) {
    if (text[pos] == ']' || text[pos] == '}') return pos + 1;
    if (text[pos] == '#' && pos > 0 && is_blank(text[pos - 1])) pos = std::min(text.find('\n', pos), text.size());
  }
  return text.size();
}

static size_t line_begin(std::string_view text, size_t at) {
  const size_t newline = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  return newline == std::string_view::npos ? 0 : newline + 1;
}

std::optional<size_t> tab_of_indentation(std::string_view text, size_t at) {
  const size_t begin = line_begin(text, at);
  const size_t end = std::min(text.find_first_not_of(" \t", begin), text.size());
  const size_t tab = text.substr(begin, end - begin).find('\t');
  return tab != std::string_view::npos && at >= end ? std::optional(begin + tab) : std::nullopt;
}

bool begins_line(std::string_view text, size_t at) {
  const size_t begin = line_begin(text, at);
  return std::min(text.find_first_not_of(" \t", begin), text.size()) >= at;
}

}  // namespace hr::defs
