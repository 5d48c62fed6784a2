// What the parser makes of an expression: nodes in a row, each behind its parts, so that nothing that walks it
// recurses.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "expr/problems.h"

namespace hr::expr {

enum class NodeKind : uint8_t { number, text, boolean, null, name, list, unary, binary, conditional, call };

struct Node {
  NodeKind kind = NodeKind::null;
  Range range;
  // name: employee_id, attr.NAME (for attr["NAME"] too); text: the literal; unary, binary: the operator; call:
  // function.
  std::string text;
  double number = 0;            // of number; 1 or 0 of boolean
  bool member = false;          // call: written as first.function(rest)
  Range name_range;             // of call: the function's name
  std::vector<uint32_t> parts;  // indices of nodes, all smaller than this one's
};

using Ast = std::vector<Node>;  // the last one is the whole expression

}  // namespace hr::expr
