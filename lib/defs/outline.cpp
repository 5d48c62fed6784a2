#include "defs/outline.h"

#include "defs/yaml_tree.h"

namespace hr::defs {

namespace {

std::string scalar_of(const Node& node) {
  return node.kind == NodeKind::null ? std::string("~") : node.text;
}

// The text of `key` in a map, or empty.
std::string member_text(const Tree& tree, const Node& map, std::string_view key) {
  for (size_t i = 0; i + 1 < map.children.size(); i += 2) {
    if (tree.nodes[map.children[i]].text == key) return tree.nodes[map.children[i + 1]].text;
  }
  return {};
}

// What names an item of a list: its id, its KPI, the day it begins; else its number from 1.
std::string item_name(const Tree& tree, const Node& item, size_t number) {
  if (item.kind == NodeKind::map) {
    for (const char* key : {"id", "kpi", "from"}) {
      std::string name = member_text(tree, item, key);
      if (!name.empty()) return name;
    }
  }
  return std::to_string(number + 1);
}

// Flattens one item of a top-level list.
class Flattener {
 public:
  Flattener(const Tree& tree, std::string kind, std::string id, std::vector<OutlineEntry>& out)
      : tree_(tree), kind_(std::move(kind)), id_(std::move(id)), out_(out) {}

  void walk(uint32_t index, const std::string& key) {
    const Node& node = tree_.nodes[index];
    if (node.kind == NodeKind::map) {
      for (size_t i = 0; i + 1 < node.children.size(); i += 2) {
        const std::string& name = tree_.nodes[node.children[i]].text;
        walk(node.children[i + 1], key.empty() ? name : key + "." + name);
      }
    } else if (node.kind == NodeKind::list) {
      for (size_t i = 0; i < node.children.size(); ++i) {
        const Node& item = tree_.nodes[node.children[i]];
        walk(node.children[i], key + "[" + item_name(tree_, item, i) + "]");
      }
    } else {
      out_.push_back({kind_, id_, key, scalar_of(node), tree_.span(index)});
    }
  }

 private:
  const Tree& tree_;
  std::string kind_;
  std::string id_;
  std::vector<OutlineEntry>& out_;
};

}  // namespace

std::vector<OutlineEntry> outline(const std::vector<DefinitionFile>& files) {
  std::vector<OutlineEntry> out;
  for (const DefinitionFile& file : files) {
    Diagnostics ignored;
    const Tree tree = read_yaml(file.path, file.text, ignored);
    if (!tree.readable || tree.root == kNoNode || tree.nodes[tree.root].kind != NodeKind::map) continue;
    const Node& root = tree.nodes[tree.root];
    for (size_t i = 0; i + 1 < root.children.size(); i += 2) {
      const Node& list = tree.nodes[root.children[i + 1]];
      if (list.kind != NodeKind::list) continue;
      for (size_t n = 0; n < list.children.size(); ++n) {
        const Node& item = tree.nodes[list.children[n]];
        Flattener(tree, tree.nodes[root.children[i]].text, item_name(tree, item, n), out).walk(list.children[n], "");
      }
    }
  }
  return out;
}

}  // namespace hr::defs
