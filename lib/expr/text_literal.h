// Text literals of CEL: 'a' "a" '''a''' """a""", raw with r in front, and their escapes.
#pragma once

#include <string>
#include <string_view>

namespace hr::expr {

// Where in the literal an escape is wrong.
struct TextLiteralFault {
  size_t begin = 0;
  size_t end = 0;
};

bool is_triple_quoted(std::string_view text, size_t quote);
// The offset behind the closing quotes of the literal whose first quote stands at `quote`, or npos.
size_t end_of_text_literal(std::string_view text, size_t quote, bool raw);
// `literal` with prefix and quotes. False and `fault` when an escape is wrong.
bool decode_text_literal(std::string_view literal, std::string& decoded, TextLiteralFault& fault);

}  // namespace hr::expr
