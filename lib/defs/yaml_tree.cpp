#include "defs/yaml_tree.h"

#include <algorithm>

namespace hr::defs {

SourceSpan Tree::span(uint32_t begin, uint32_t end) const {
  const auto next = std::upper_bound(lines.begin(), lines.end(), begin);
  const auto index = static_cast<size_t>(next - lines.begin()) - 1;
  size_t line_end = next == lines.end() ? text.size() : *next;
  while (line_end > begin && (text[line_end - 1] == '\n' || text[line_end - 1] == '\r')) --line_end;
  const size_t stop = std::max<size_t>(std::min<size_t>(end, line_end), begin);
  return {file, static_cast<int>(index) + 1, static_cast<int>(begin - lines[index]) + 1,
          static_cast<int>(stop - begin)};
}

std::string Tree::path(uint32_t node) const {
  std::vector<std::string> steps;
  for (; node != kNoNode && nodes[node].parent != kNoNode; node = nodes[node].parent) {
    if (nodes[node].key != kNoNode) {
      steps.push_back("." + nodes[nodes[node].key].text);
      continue;
    }
    const std::vector<uint32_t>& siblings = nodes[nodes[node].parent].children;
    const auto at = std::find(siblings.begin(), siblings.end(), node);
    if (nodes[nodes[node].parent].kind == NodeKind::list)
      steps.push_back("[" + std::to_string(at - siblings.begin() + 1) + "]");
  }
  std::string path;
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) path += *step;
  return path.starts_with('.') ? path.substr(1) : path;
}

}  // namespace hr::defs
