// An expression as written in a definition file, with where it stands. expr compiles it; see docs/spec/expressions.md.
#pragma once

#include <cstdint>
#include <string>

#include "base/diagnostic.h"

namespace hr::model {

struct Expression {
  std::string text;
  SourceSpan span;      // of the first character of the text, inside quotes if quoted
  uint32_t scalar = 0;  // where its YAML scalar begins, quotes and all: bytes from the beginning of the file

  bool empty() const { return text.empty(); }
};

}  // namespace hr::model
