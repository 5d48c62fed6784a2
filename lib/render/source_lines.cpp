#include "render/source_lines.h"

#include <algorithm>

#include "base/text.h"

namespace hr::render {

const SourceLines::File* SourceLines::open(const std::string& file) {
  const auto [it, is_new] = files_.try_emplace(file);
  std::optional<File>& entry = it->second;
  if (!is_new) return entry ? &*entry : nullptr;
  const std::optional<std::string_view> text = file_text_ ? file_text_(file) : std::nullopt;
  if (!text) return nullptr;
  entry.emplace();
  entry->text = *text;
  if (entry->text.starts_with("\xEF\xBB\xBF")) entry->text.remove_prefix(3);
  entry->starts.push_back(0);
  for (size_t at = 0; (at = entry->text.find('\n', at)) != std::string_view::npos;) entry->starts.push_back(++at);
  return &*entry;
}

std::optional<std::string_view> SourceLines::line(const std::string& file, int number) {
  if (number < 1 || file.empty()) return std::nullopt;
  const File* f = open(file);
  const auto index = static_cast<size_t>(number) - 1;
  if (!f || index >= f->starts.size()) return std::nullopt;
  const size_t begin = f->starts[index];
  std::string_view line = f->text.substr(begin, f->text.find('\n', begin) - begin);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

static bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

Marked marked_bytes(std::string_view line, const SourceSpan& span) {
  const auto at_most = [&](int n) { return std::min(line.size(), n > 0 ? static_cast<size_t>(n) : 0); };
  Marked m;
  m.begin = at_most(span.col - 1);
  m.end = std::min(line.size(), m.begin + at_most(span.len));
  while (m.begin > 0 && m.begin < line.size() && is_continuation(line[m.begin])) --m.begin;
  while (m.end > m.begin && m.end < line.size() && is_continuation(line[m.end])) ++m.end;
  return m;
}

size_t count_characters(std::string_view text) {
  size_t n = 0;
  while (const auto bad = invalid_utf8_at(text)) {
    n += count_characters(text.substr(0, *bad)) + 1;
    text.remove_prefix(*bad + 1);
  }
  return n + static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) { return !is_continuation(c); }));
}

size_t count_utf16(std::string_view text) {
  const auto beyond_bmp = [](char c) { return static_cast<unsigned char>(c) >= 0xF0; };
  const size_t pairs = static_cast<size_t>(std::count_if(text.begin(), text.end(), beyond_bmp));
  return count_characters(text) + (invalid_utf8_at(text) ? 0 : pairs);
}

Position position_by(size_t (*count)(std::string_view), std::optional<std::string_view> line, const SourceSpan& span) {
  if (span.line < 1 || span.col < 1) return {};
  if (!line) return {span.col, std::max(0, span.len)};
  const Marked m = marked_bytes(*line, span);
  return {static_cast<int>(count(line->substr(0, m.begin))) + 1,
          static_cast<int>(count(line->substr(m.begin, m.end - m.begin)))};
}

}  // namespace hr::render
