// Turns byte ranges of an expression into diagnostics with the place in the file that it stands in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/suggester.h"
#include "expr/expr.h"

namespace hr::expr {

class Problems {
 public:
  // All outlive this.
  Problems(const PlaceOf& place_of, Diagnostics& out, Suggester& suggester)
      : place_of_(place_of), out_(out), suggester_(suggester) {}

  // Adds bad-expression/`variant` at `range`.
  void add(std::string_view variant, Range range, std::vector<std::string> args = {}, std::string suggestion = {});
  bool any() const { return any_; }
  Suggester& suggester() { return suggester_; }

 private:
  const PlaceOf& place_of_;
  Diagnostics& out_;
  Suggester& suggester_;
  bool any_ = false;
};

}  // namespace hr::expr
