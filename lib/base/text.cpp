#include "base/text.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "base/utf8.h"

namespace hr {

static std::optional<size_t> find_invalid_utf8(std::string_view text, size_t pos) {
  while (pos < text.size()) {
    int32_t cp = 0;
    const size_t n = decode_utf8(text, pos, cp);
    if (n == 0) return pos;
    pos += n;
  }
  return std::nullopt;
}

// Few bytes at first, twice as many each time: whoever goes on behind each of many faults does not go over the rest
// each time.
std::optional<size_t> invalid_utf8_at(std::string_view text) {
  const auto goes_on = [&](size_t at) { return at < text.size() && (static_cast<unsigned char>(text[at]) >> 6U) == 2; };
  size_t pos = 0;
  for (size_t some = 64; pos < text.size(); some *= 2) {
    size_t end = std::min(text.size(), pos + some);
    for (int left = 3; left > 0 && goes_on(end); --left) ++end;  // of a code point that has begun
    if (!simdjson::validate_utf8(text.substr(pos, end - pos))) return find_invalid_utf8(text, pos);
    pos = end;
  }
  return std::nullopt;
}

// Bidi controls, and the line and paragraph separators: they change what stands beside or below them.
static bool moves_other_text(int32_t cp) {
  return (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069) || cp == 0x200E || cp == 0x200F ||
         cp == 0x061C || cp == 0x2028 || cp == 0x2029;
}

size_t control_at(std::string_view text, size_t pos, int32_t& code_point) {
  const size_t n = decode_utf8(text, pos, code_point);
  const bool control = code_point < 0x20 || (code_point >= 0x7f && code_point < 0xa0) || moves_other_text(code_point);
  return n > 0 && control ? n : 0;
}

std::string escape_controls(std::string_view text) {
  if (is_printable_ascii(text)) return std::string(text);
  std::string out;
  for (size_t pos = 0; pos < text.size();) {
    int32_t cp = 0;
    const size_t n = decode_utf8(text, pos, cp);
    if (n == 0) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[pos++]));
      continue;
    }
    if (cp == '\n')
      out += "\\n";
    else if (cp == '\t')
      out += "\\t";
    else if (cp == '\r')
      out += "\\r";
    else if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0))
      out += fmt::format("\\x{:02x}", cp);
    else if (moves_other_text(cp))
      out += fmt::format("\\u{:04x}", cp);
    else
      out += text.substr(pos, n);
    pos += n;
  }
  return out;
}

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::string fold_for_match(std::string_view text) {
  if (is_printable_ascii(text)) {  // what utf8proc makes of it, in a tenth of the time
    std::string out;
    for (const char c : text) {
      if (c != ' ') out += static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    return out;
  }
  utf8proc_uint8_t* mapped = nullptr;
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
                                                      UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
  const utf8proc_ssize_t n = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                          static_cast<utf8proc_ssize_t>(text.size()), &mapped, options);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  if (n < 0) return std::string(text);
  std::string out(reinterpret_cast<const char*>(mapped), static_cast<size_t>(n));
  out.erase(std::remove_if(out.begin(), out.end(), is_blank), out.end());
  return out;
}

std::string_view trim(std::string_view text) {
  const auto is_ink = [](char c) { return c > ' ' && c <= '~'; };
  if (!text.empty() && is_ink(text.front()) && is_ink(text.back())) return text;  // nearly always
  static constexpr std::string_view kBlanks[] = {" ",
                                                 "\t",
                                                 "\r",
                                                 "\n",
                                                 "\v",
                                                 "\f",
                                                 "\xc2\xa0",      // U+00A0 no-break space
                                                 "\xe3\x80\x80",  // U+3000 ideographic space
                                                 "\xe2\x80\x8b",  // U+200B zero-width space
                                                 "\xe2\x81\xa0",  // U+2060 word joiner
                                                 "\xef\xbb\xbf"};
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view blank : kBlanks) {
      while (text.starts_with(blank)) {
        text.remove_prefix(blank.size());
        again = true;
      }
      while (text.ends_with(blank)) {
        text.remove_suffix(blank.size());
        again = true;
      }
    }
  }
  return text;
}

bool is_ascii_identifier(std::string_view text) {
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.empty() || !letter(text[0])) return false;
  return std::all_of(text.begin(), text.end(), [&](char c) { return letter(c) || digit(c); });
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (size_t begin = 0;;) {
    const size_t end = text.find(separator, begin);
    parts.push_back(text.substr(begin, end == std::string_view::npos ? end : end - begin));
    if (end == std::string_view::npos) return parts;
    begin = end + 1;
  }
}

}  // namespace hr
