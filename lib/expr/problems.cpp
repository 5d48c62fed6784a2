#include "expr/problems.h"

#include <algorithm>
#include <utility>

namespace hr::expr {

// A later line of the text is taken to begin in the column of the first, as the lines of a YAML block do.
SourceSpan Problems::span(Range range) const {
  SourceSpan span = where_;
  const std::string_view before = text_.substr(0, range.begin);
  const size_t newline = before.rfind('\n');
  const size_t line_begin = newline == std::string_view::npos ? 0 : newline + 1;
  if (span.line > 0) span.line += static_cast<int>(std::count(before.begin(), before.end(), '\n'));
  if (span.col > 0) span.col += static_cast<int>(range.begin - line_begin);
  const size_t line_end = std::min(text_.find('\n', range.begin), text_.size());
  const size_t end = std::min(range.end, line_end);
  span.len = end > range.begin ? static_cast<int>(end - range.begin) : 1;
  return span;
}

void Problems::add(std::string_view variant, Range range, std::vector<std::string> args, std::string suggestion) {
  any_ = true;
  Diagnostic d = make_error("bad-expression/" + std::string(variant), span(range), std::move(args));
  d.suggestion = std::move(suggestion);
  out_.push_back(std::move(d));
}

}  // namespace hr::expr
