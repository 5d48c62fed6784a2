#include "defs/what_if.h"

#include "defs/cursor.h"
#include "defs/yaml_tree.h"

namespace hr::defs {

// Everything from the key to the end of its value becomes blanks.
static void blank(std::string& text, const Node& key, const Node& value) {
  for (size_t i = key.begin; i < value.end && i < text.size(); ++i) {
    if (text[i] != '\n' && text[i] != '\r') text[i] = ' ';
  }
}

WhatIf read_what_if(const DefinitionFile& file) {
  WhatIf out;
  out.definitions = file;
  Diagnostics of_definitions;  // found again when they are loaded
  const Tree tree = read_yaml(file.path, file.text, of_definitions);
  if (!tree.readable || tree.root == kNoNode || tree.nodes[tree.root].kind != NodeKind::map) {
    out.diagnostics = of_definitions;
    if (!has_errors(out.diagnostics))
      out.diagnostics.push_back(make_error("no-definitions/what-if", {file.path, 1, 1, 0}));
    return out;
  }
  for (const auto& [key, value] : Cursor(tree, tree.root, out.diagnostics).entries()) {
    const std::string& name = key.node().text;
    if (name != "tables" && name != "what_if") continue;
    if (name == "tables") out.tables = read_table_texts(value);
    blank(out.definitions.text, key.node(), value.node());
  }
  return out;
}

}  // namespace hr::defs
