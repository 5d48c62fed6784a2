// What breaks the syntax of a YAML file, in words of our own.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "defs/yaml_tree.h"

namespace hr::defs {

struct Fault {  // thrown through the parser: nothing after it can be read
  std::string message;
  uint32_t begin = 0;
  uint32_t end = 0;
  std::vector<std::string> args;
  uint32_t related = kNoNode;  // where something begins that matters for it
};

// `said`: the parser's sentence; `at`: where it stood; `open`: the innermost [ or { that is still open, or null.
Fault fault_of(std::string_view said, uint32_t at, const Tree& tree, const Node* open);

// Where a bracket is never closed, the parser first makes up a key and a value: nobody wrote those.
bool is_made_up_by_a_cut(std::string_view message);

}  // namespace hr::defs
