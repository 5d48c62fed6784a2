#include "render/source_lines.h"

#include <algorithm>

#include "base/text.h"

namespace hr::render {

SourceLines::File* SourceLines::open(const std::string& file) {
  const auto [it, is_new] = files_.try_emplace(file);
  std::optional<File>& entry = it->second;
  if (!is_new) return entry ? &*entry : nullptr;
  const std::optional<FileLines> lines = file_text_ ? file_text_(file) : std::nullopt;
  if (!lines) return nullptr;
  entry.emplace();
  entry->text = lines->text;
  entry->some = lines->some;
  if (entry->text.starts_with("\xEF\xBB\xBF")) entry->text.remove_prefix(3);
  entry->starts.push_back(0);
  for (size_t at = 0; (at = entry->text.find('\n', at)) != std::string_view::npos;) entry->starts.push_back(++at);
  return &*entry;
}

std::optional<std::string_view> SourceLines::line(const std::string& file, int number) {
  if (number < 1 || file.empty()) return std::nullopt;
  const File* f = open(file);
  if (f && f->some) {
    const auto found = f->some->find(number);
    return found == f->some->end() ? std::nullopt : std::optional<std::string_view>(found->second);
  }
  const auto index = static_cast<size_t>(number) - 1;
  if (!f || index >= f->starts.size()) return std::nullopt;
  const size_t begin = f->starts[index];
  const bool last = index + 1 == f->starts.size();
  std::string_view line = f->text.substr(begin, last ? std::string_view::npos : f->starts[index + 1] - 1 - begin);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

static bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

size_t edge_before(std::string_view line, size_t at) {
  for (int n = 0; n < 3 && at > 0 && at < line.size() && is_continuation(line[at]); ++n) --at;
  return at;
}

size_t edge_after(std::string_view line, size_t at) {
  for (int n = 0; n < 3 && at < line.size() && is_continuation(line[at]); ++n) ++at;
  return at;
}

Marked marked_bytes(std::string_view line, const SourceSpan& span) {
  const auto at_most = [&](int n) { return std::min(line.size(), n > 0 ? static_cast<size_t>(n) : 0); };
  Marked m;
  m.begin = at_most(span.col - 1);
  m.end = std::min(line.size(), m.begin + at_most(span.len));
  m.begin = edge_before(line, m.begin);
  if (m.end > m.begin) m.end = edge_after(line, m.end);
  return m;
}

static size_t count_characters(std::string_view text) {
  size_t n = 0;
  while (const auto bad = invalid_utf8_at(text)) {
    n += count_characters(text.substr(0, *bad)) + 1;
    text.remove_prefix(*bad + 1);
  }
  return n + static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) { return !is_continuation(c); }));
}

static size_t count_units(std::string_view text, Unit unit) {
  const auto beyond_bmp = [](char c) { return static_cast<unsigned char>(c) >= 0xF0; };
  const bool pairs = unit == Unit::utf16 && !invalid_utf8_at(text);
  return count_characters(text) +
         (pairs ? static_cast<size_t>(std::count_if(text.begin(), text.end(), beyond_bmp)) : 0);
}

// Thousands of problems may stand in one line: each is counted from a place nearby, not from the line's beginning.
size_t SourceLines::count_before(File& file, int number, std::string_view line, size_t bytes, Unit unit) {
  constexpr size_t kStep = 4096;
  if (bytes < kStep) return count_units(line.substr(0, bytes), unit);
  std::vector<Count>& counts = file.counts[number];
  if (counts.empty()) counts.emplace_back();
  while (counts.back().bytes + kStep <= bytes) {
    const Count& last = counts.back();
    const size_t end = std::max(edge_before(line, last.bytes + kStep), last.bytes + 1);
    const std::string_view piece = line.substr(last.bytes, end - last.bytes);
    counts.push_back(
        {end, {last.units[0] + count_units(piece, Unit::characters), last.units[1] + count_units(piece, Unit::utf16)}});
  }
  const auto next = std::upper_bound(counts.begin(), counts.end(), bytes,
                                     [](size_t wanted, const Count& count) { return wanted < count.bytes; });
  const Count& nearby = *(next - 1);
  return nearby.units[static_cast<size_t>(unit)] + count_units(line.substr(nearby.bytes, bytes - nearby.bytes), unit);
}

Position SourceLines::position(const SourceSpan& span, Unit unit) {
  if (span.line < 1 || span.col < 1) return {};
  if (!span.sheet.empty()) return {span.col, 0};
  const auto text = line(span.file, span.line);
  if (!text) return {span.col, std::max(0, span.len)};
  const Marked m = marked_bytes(*text, span);
  const size_t before = count_before(*open(span.file), span.line, *text, m.begin, unit);
  return {static_cast<int>(before) + 1, static_cast<int>(count_units(text->substr(m.begin, m.end - m.begin), unit))};
}

}  // namespace hr::render
