// Tokens → Ast, by CEL's grammar without maps, messages, indexing and macros.
#pragma once

#include <string_view>

#include "expr/ast.h"
#include "expr/problems.h"

namespace hr::expr {

inline constexpr size_t kMaxText = 4096;  // bytes
inline constexpr int kMaxDepth = 64;      // of parentheses, lists and calls within each other

// Stops at the first problem: then problems.any() and the result is of no use.
Ast parse(std::string_view text, Problems& problems);

}  // namespace hr::expr
