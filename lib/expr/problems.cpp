#include "expr/problems.h"

#include <utility>

namespace hr::expr {

void Problems::add(std::string_view variant, Range range, std::vector<std::string> args, std::string suggestion) {
  any_ = true;
  Diagnostic d = make_error("bad-expression/" + std::string(variant), place_of_(range), std::move(args));
  d.suggestion = std::move(suggestion);
  out_.push_back(std::move(d));
}

}  // namespace hr::expr
