#include "base/text.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace hr {

// Decodes the code point at `pos`; its length in bytes, or 0 when it is not well formed.
static size_t decode(std::string_view text, size_t pos, int32_t& cp) {
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + pos;
  const utf8proc_ssize_t n = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size() - pos), &cp);
  return n > 0 ? static_cast<size_t>(n) : 0;
}

std::optional<size_t> invalid_utf8_at(std::string_view text) {
  for (size_t pos = 0; pos < text.size();) {
    if (static_cast<unsigned char>(text[pos]) < 0x80) {
      ++pos;
      continue;
    }
    int32_t cp = 0;
    const size_t n = decode(text, pos, cp);
    if (n == 0) return pos;
    pos += n;
  }
  return std::nullopt;
}

static size_t width_of(int32_t cp) {
  const int w = utf8proc_charwidth(cp);
  return w > 0 ? static_cast<size_t>(w) : 0;
}

// Calls fn(begin, end, width) for each grapheme cluster; its width is its widest code point's.
template <class Fn>
static void for_each_grapheme(std::string_view text, Fn fn) {
  size_t begin = 0;
  size_t width = 0;
  int32_t previous = -1;
  utf8proc_int32_t state = 0;
  for (size_t pos = 0; pos < text.size();) {
    int32_t cp = 0;
    size_t n = decode(text, pos, cp);
    if (n == 0) {
      cp = 0xFFFD;
      n = 1;
    }
    if (previous >= 0 && utf8proc_grapheme_break_stateful(previous, cp, &state)) {
      if (!fn(begin, pos, width)) return;
      begin = pos;
      width = 0;
    }
    width = std::max(width, width_of(cp));
    previous = cp;
    pos += n;
  }
  if (begin < text.size()) fn(begin, text.size(), width);
}

static bool is_printable_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

size_t display_width(std::string_view text) {
  if (is_printable_ascii(text)) return text.size();
  size_t total = 0;
  for_each_grapheme(text, [&](size_t, size_t, size_t width) {
    total += width;
    return true;
  });
  return total;
}

std::string truncate_to_width(std::string_view text, size_t width) {
  if (display_width(text) <= width) return std::string(text);
  if (width == 0) return {};
  size_t used = 0;
  size_t end = 0;
  for_each_grapheme(text, [&](size_t, size_t to, size_t w) {
    if (used + w > width - 1) return false;
    used += w;
    end = to;
    return true;
  });
  return std::string(text.substr(0, end)) + "…";
}

std::string pad_right(std::string_view text, size_t width) {
  const size_t w = display_width(text);
  return std::string(text) + std::string(w < width ? width - w : 0, ' ');
}

std::string pad_left(std::string_view text, size_t width) {
  const size_t w = display_width(text);
  return std::string(w < width ? width - w : 0, ' ') + std::string(text);
}

static bool is_bidi_control(int32_t cp) {
  return (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069) || cp == 0x200E || cp == 0x200F;
}

std::string escape_controls(std::string_view text) {
  std::string out;
  for (size_t pos = 0; pos < text.size();) {
    int32_t cp = 0;
    const size_t n = decode(text, pos, cp);
    if (n == 0) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[pos++]));
      continue;
    }
    if (cp == '\n') out += "\\n";
    else if (cp == '\t') out += "\\t";
    else if (cp == '\r') out += "\\r";
    else if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0)) out += fmt::format("\\x{:02x}", cp);
    else if (is_bidi_control(cp)) out += fmt::format("\\u{:04x}", cp);
    else out += text.substr(pos, n);
    pos += n;
  }
  return out;
}

std::string fold_for_match(std::string_view text) {
  utf8proc_uint8_t* mapped = nullptr;
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
                                                      UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
  const utf8proc_ssize_t n = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                          static_cast<utf8proc_ssize_t>(text.size()), &mapped, options);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  if (n < 0) return std::string(text);
  std::string out(reinterpret_cast<const char*>(mapped), static_cast<size_t>(n));
  out.erase(std::remove_if(out.begin(), out.end(), [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }),
            out.end());
  return out;
}

std::string_view trim(std::string_view text) {
  static constexpr std::string_view kBlanks[] = {" ", "\t", "\r", "\n", "\xc2\xa0", "\xe3\x80\x80", "\xe2\x80\x8b", "\xef\xbb\xbf"};
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

// Damerau-Levenshtein distance (optimal string alignment) over bytes: a swap of neighbours counts one.
static size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<size_t> before(b.size() + 1);
  std::vector<size_t> previous(b.size() + 1);
  std::vector<size_t> current(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) previous[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      current[j] = std::min({previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) current[j] = std::min(current[j], before[j - 2] + 1);
    }
    std::swap(before, previous);
    std::swap(previous, current);
  }
  return previous[b.size()];
}

std::optional<std::string> nearest(std::string_view name, std::span<const std::string> candidates) {
  const size_t limit = std::max<size_t>(1, name.size() / 3);
  std::optional<std::string> best;
  size_t best_distance = limit + 1;
  for (const std::string& candidate : candidates) {
    if (candidate.size() > name.size() + limit || name.size() > candidate.size() + limit) continue;
    const size_t d = edit_distance(name, candidate);
    if (d < best_distance) {
      best_distance = d;
      best = candidate;
    }
  }
  return best;
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
