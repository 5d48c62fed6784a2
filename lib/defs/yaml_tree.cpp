#include "defs/yaml_tree.h"

#include <algorithm>

namespace hr::defs {

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
