// Text of an expression → tokens, by CEL's lexical rules.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "expr/problems.h"

namespace hr::expr {

enum class TokenKind : uint8_t { end, number, text, name, symbol };

struct Token {
  TokenKind kind = TokenKind::end;
  Range range;
  std::string_view source;  // as written; a view into the expression
  double number = 0;        // of number
  std::string text;         // of text: without quotes, escapes resolved
};

// The tokens, the last one `end`. Stops at the first problem: then problems.any() and the tokens are of no use.
std::vector<Token> lex(std::string_view text, Problems& problems);

}  // namespace hr::expr
