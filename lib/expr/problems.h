// Turns byte ranges of an expression into diagnostics with the place in the file that it stands in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace hr::expr {

// Bytes [begin, end) of the expression's text.
struct Range {
  size_t begin = 0;
  size_t end = 0;
};

class Problems {
 public:
  // `text` is the expression, `where` the place of its first character; both and `out` outlive this.
  Problems(std::string_view text, const SourceSpan& where, Diagnostics& out) : text_(text), where_(where), out_(out) {}

  // Adds bad-expression/`variant` at `range`.
  void add(std::string_view variant, Range range, std::vector<std::string> args = {}, std::string suggestion = {});
  bool any() const { return any_; }

 private:
  SourceSpan span(Range range) const;

  std::string_view text_;
  const SourceSpan& where_;
  Diagnostics& out_;
  bool any_ = false;
};

}  // namespace hr::expr
