#include "defs/source_text.h"

#include <algorithm>
#include <utility>

namespace hr::defs {

uint32_t mark_size(std::string_view text) {
  return text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
}

SourceText::SourceText(std::string name, std::string_view content) : file(std::move(name)), text(content) {
  lines.push_back(mark_size(text));
  for (size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    lines.push_back(static_cast<uint32_t>(at + 1));
  }
}

SourceSpan SourceText::span(uint32_t begin, uint32_t end) const {
  begin = std::max(begin, lines.front());
  const auto next = std::upper_bound(lines.begin(), lines.end(), begin);
  const auto index = static_cast<size_t>(next - lines.begin()) - 1;
  size_t line_end = next == lines.end() ? text.size() : *next;
  while (line_end > begin && (text[line_end - 1] == '\n' || text[line_end - 1] == '\r')) --line_end;
  const size_t stop = std::max<size_t>(std::min<size_t>(end, line_end), begin);
  return {file, static_cast<int>(index) + 1, static_cast<int>(begin - lines[index]) + 1,
          static_cast<int>(stop - begin)};
}

}  // namespace hr::defs
