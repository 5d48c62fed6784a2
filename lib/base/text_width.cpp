// Columns on a terminal: how wide text is, cutting it, padding it and breaking it into lines.
#include <algorithm>

#include "base/text.h"
#include "base/utf8.h"

namespace hr {

namespace {

struct Cluster {
  size_t begin = 0;
  size_t end = 0;
  size_t width = 0;
  int32_t first = 0;  // its first code point
};

size_t width_of(int32_t cp) {
  const int w = utf8proc_charwidth(cp);
  return w > 0 ? static_cast<size_t>(w) : 0;
}

bool is_regional_indicator(int32_t cp) {
  return cp >= 0x1F1E6 && cp <= 0x1F1FF;
}

// Calls fn(cluster) for each grapheme cluster until it returns false. A cluster is as wide as its widest code point
// (a family of emoji joined by ZWJ takes 2), a pair of regional indicators (a flag) takes 2.
template <class Fn>
void for_each_cluster(std::string_view text, Fn fn) {
  Cluster cluster;
  int32_t previous = -1;
  utf8proc_int32_t state = 0;
  for (size_t pos = 0; pos < text.size();) {
    int32_t cp = 0;
    size_t n = decode_utf8(text, pos, cp);
    if (n == 0) {
      cp = 0xFFFD;
      n = 1;
    }
    if (previous >= 0 && utf8proc_grapheme_break_stateful(previous, cp, &state)) {
      if (!fn(cluster)) return;
      cluster = {pos, pos, 0, cp};
    }
    if (previous < 0) cluster.first = cp;
    const bool flag = is_regional_indicator(cp) && pos > cluster.begin;
    cluster.width = std::max(cluster.width, flag ? size_t{2} : width_of(cp));
    previous = cp;
    pos += n;
    cluster.end = pos;
  }
  if (!text.empty()) fn(cluster);
}

// Punctuation that a line of Chinese must not begin with.
bool may_not_begin_line(int32_t cp) {
  static constexpr int32_t kClosing[] = {0x3001, 0x3002, 0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0xFF01,
                                         0xFF09, 0xFF0C, 0xFF0E, 0xFF1A, 0xFF1B, 0xFF1F, 0xFF3D, 0xFF5D};
  return std::find(std::begin(kClosing), std::end(kClosing), cp) != std::end(kClosing);
}

}  // namespace

size_t display_width(std::string_view text) {
  if (is_printable_ascii(text)) return text.size();
  size_t total = 0;
  for_each_cluster(text, [&](const Cluster& c) {
    total += c.width;
    return true;
  });
  return total;
}

std::string truncate_to_width(std::string_view text, size_t width) {
  if (display_width(text) <= width) return std::string(text);
  if (width == 0) return {};
  size_t used = 0;
  size_t end = 0;
  for_each_cluster(text, [&](const Cluster& c) {
    if (used + c.width > width - 1) return false;
    used += c.width;
    end = c.end;
    return true;
  });
  return std::string(text.substr(0, end)) + "…";
}

std::string truncate_left_to_width(std::string_view text, size_t width) {
  const size_t total = display_width(text);
  if (total <= width) return std::string(text);
  if (width == 0) return {};
  size_t passed = 0;
  size_t begin = text.size();
  for_each_cluster(text, [&](const Cluster& c) {
    if (total - passed <= width - 1) {
      begin = c.begin;
      return false;
    }
    passed += c.width;
    return true;
  });
  return "…" + std::string(text.substr(begin));
}

std::string pad_right(std::string_view text, size_t width) {
  const size_t w = display_width(text);
  return std::string(text) + std::string(w < width ? width - w : 0, ' ');
}

std::string pad_left(std::string_view text, size_t width) {
  const size_t w = display_width(text);
  return std::string(w < width ? width - w : 0, ' ') + std::string(text);
}

std::vector<std::string> wrap_to_width(std::string_view text, size_t width) {
  std::vector<std::string> lines;
  size_t begin = 0;     // of the line
  size_t used = 0;      // its columns so far
  size_t break_at = 0;  // where it may end; 0 = nowhere yet
  size_t at_break = 0;  // columns up to there
  bool after_wide = false;
  const auto end_line = [&](size_t end, size_t columns) {
    lines.emplace_back(trim(text.substr(begin, end - begin)));
    begin = end;
    used -= columns;
    break_at = 0;
  };
  for_each_cluster(text, [&](const Cluster& c) {
    const bool blank = c.first == ' ';
    const bool wide = c.width == 2;
    if (c.begin > begin && (blank || ((wide || after_wide) && !may_not_begin_line(c.first)))) {
      break_at = c.begin;
      at_break = used;
    }
    if (width > 0 && !blank && used > 0 && used + c.width > width) {
      if (break_at > begin)
        end_line(break_at, at_break);
      else
        end_line(c.begin, used);
      while (begin < c.begin && text[begin] == ' ') {
        ++begin;
        --used;
      }
    }
    used += c.width;
    after_wide = wide;
    return true;
  });
  lines.emplace_back(trim(text.substr(begin)));
  return lines;
}

}  // namespace hr
