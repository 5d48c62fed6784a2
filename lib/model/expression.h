// An expression as written in a definition file, with where it stands. expr compiles it; see docs/spec/expressions.md.
#pragma once

#include <string>

#include "base/diagnostic.h"

namespace hr::model {

struct Expression {
  std::string text;
  SourceSpan span;  // of the first character of the text, inside quotes if quoted

  bool empty() const { return text.empty(); }
};

}  // namespace hr::model
