#include "defs/scalar_source.h"

#include <algorithm>
#include <charconv>

namespace hr::defs {

namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// One character as the file spells it.
struct Unit {
  size_t end = 0;    // of its spelling
  size_t bytes = 1;  // of the value that it stands for; 0 = none: an escaped end of line
  bool blank = false;
};

size_t utf8_length(uint32_t code_point) {
  return code_point < 0x80 ? 1 : code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
}

Unit numbered_escape(std::string_view text, size_t at, size_t digits) {
  const size_t end = std::min(at + 2 + digits, text.size());
  uint32_t code_point = 0;
  std::from_chars(text.data() + at + 2, text.data() + end, code_point, 16);
  const bool blank = code_point == ' ' || code_point == '\t' || code_point == '\n' || code_point == '\r';
  return {end, utf8_length(code_point), blank};
}

// The escape whose backslash stands at `at`, in double quotes.
Unit escape(std::string_view text, size_t at) {
  const char c = at + 1 < text.size() ? text[at + 1] : '\0';
  switch (c) {
    case 'x':
      return numbered_escape(text, at, 2);
    case 'u':
      return numbered_escape(text, at, 4);
    case 'U':
      return numbered_escape(text, at, 8);
    case 'N':  // next line
    case '_':  // no-break space
      return {at + 2, 2, false};
    case 'L':  // line and paragraph separator
    case 'P':
      return {at + 2, 3, false};
    case '\n':
      return {at + 2, 0, true};
    case '\r':
      return {at + 3, 0, true};
    default:
      return {at + 2, 1, c == ' ' || c == '\t' || c == 't' || c == 'n' || c == 'r'};
  }
}

Unit unit_at(std::string_view text, size_t at, char style) {
  if (style == '"' && text[at] == '\\') return escape(text, at);
  if (style == '\'' && text.substr(at).starts_with("''")) return {at + 2, 1, false};
  return {at + 1, 1, is_blank(text[at])};
}

// The first byte of the content: after its quote, or after the line of | or >.
size_t content_begin(std::string_view text, size_t begin) {
  if (begin >= text.size()) return begin;
  if (text[begin] == '"' || text[begin] == '\'') return begin + 1;
  if (text[begin] != '|' && text[begin] != '>') return begin;
  const size_t newline = text.find('\n', begin);
  return newline == std::string_view::npos ? text.size() : newline + 1;
}

// Walks value and source side by side and calls visit(first byte of the value, bytes of it, begin, end) for each
// character. Folding and indentation add and take away blanks only: a run of blanks stands for a run of blanks, and the
// n-th character that is none is the n-th of the source.
template <class Visit>
void walk(std::string_view text, size_t begin, std::string_view value, Visit visit) {
  const char style = begin < text.size() ? text[begin] : '\0';
  size_t at = content_begin(text, begin);
  for (size_t i = 0; i < value.size() && at < text.size();) {
    const bool blank = is_blank(value[i]);
    Unit unit = unit_at(text, at, style);
    while ((blank ? unit.bytes == 0 : unit.blank) && unit.end < text.size()) {
      at = unit.end;
      unit = unit_at(text, at, style);
    }
    if (blank && !unit.blank) {  // more blanks than the source has
      visit(i++, 1, at, at);
      continue;
    }
    const size_t bytes = std::min(std::max<size_t>(unit.bytes, 1), value.size() - i);
    visit(i, bytes, at, unit.end);
    i += bytes;
    at = unit.end;
  }
}

ScalarExtent double_quoted(std::string_view text, size_t pos) {
  for (++pos; pos < text.size(); ++pos) {
    if (text[pos] == '\\')
      ++pos;
    else if (text[pos] == '"')
      return {pos + 1, true};
  }
  return {text.size(), false};
}

ScalarExtent single_quoted(std::string_view text, size_t pos) {
  for (++pos; pos < text.size(); ++pos) {
    if (text[pos] != '\'') continue;
    if (pos + 1 < text.size() && text[pos + 1] == '\'')
      ++pos;
    else
      return {pos + 1, true};
  }
  return {text.size(), false};
}

}  // namespace

ScalarExtent scalar_extent(std::string_view text, size_t begin, std::string_view value) {
  if (begin < text.size() && text[begin] == '"') return double_quoted(text, begin);
  if (begin < text.size() && text[begin] == '\'') return single_quoted(text, begin);
  size_t last = content_begin(text, begin);
  if (last == begin && text.substr(begin, value.size()) == value) return {begin + value.size(), true};
  walk(text, begin, value, [&](size_t i, size_t, size_t, size_t end) {
    if (!is_blank(value[i])) last = end;
  });
  return {last, true};
}

std::vector<Stretch> value_places(std::string_view text, size_t begin, std::string_view value) {
  const auto nowhere = static_cast<uint32_t>(std::min(begin, text.size()));
  std::vector<Stretch> places(value.size(), Stretch{nowhere, nowhere});
  walk(text, begin, value, [&](size_t i, size_t bytes, size_t from, size_t to) {
    const Stretch stretch{static_cast<uint32_t>(from), static_cast<uint32_t>(std::min(to, text.size()))};
    std::fill_n(places.begin() + static_cast<std::ptrdiff_t>(i), bytes, stretch);
  });
  return places;
}

}  // namespace hr::defs
