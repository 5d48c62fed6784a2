#include "expr/expr.h"

#include <re2/re2.h>

#include <algorithm>
#include <utility>

#include "expr/checker.h"
#include "expr/code.h"
#include "expr/evaluator.h"
#include "expr/parser.h"

namespace hr::expr {

Program::Code::Code() = default;
Program::Code::~Code() = default;

Program::Program(std::unique_ptr<Code> code) : code_(std::move(code)) {}
Program::~Program() = default;
Program::Program(Program&&) noexcept = default;
Program& Program::operator=(Program&&) noexcept = default;

Type Program::type() const {
  return code_->type;
}

const std::vector<std::string>& Program::fields() const {
  return code_->fields;
}

Values Program::evaluate(std::span<const ColumnView> columns, size_t rows) const {
  return expr::evaluate(*code_, columns, rows);
}

// A later line of the text is taken to begin in the column of the first, as the lines of a YAML block do.
static SourceSpan place_in(std::string_view text, Range range, SourceSpan span) {
  const std::string_view before = text.substr(0, range.begin);
  const size_t newline = before.rfind('\n');
  const size_t line_begin = newline == std::string_view::npos ? 0 : newline + 1;
  if (span.line > 0) span.line += static_cast<int>(std::count(before.begin(), before.end(), '\n'));
  if (span.col > 0) span.col += static_cast<int>(range.begin - line_begin);
  const size_t end = std::min(range.end, std::min(text.find('\n', range.begin), text.size()));
  span.len = end > range.begin ? static_cast<int>(end - range.begin) : 1;
  return span;
}

std::optional<Program> compile(std::string_view text, const Schema& schema, std::optional<Type> wanted,
                               const SourceSpan& where, Diagnostics& diagnostics) {
  Suggester suggester;
  return compile(
      text, schema, wanted, [&](Range range) { return place_in(text, range, where); }, diagnostics, suggester);
}

std::optional<Program> compile(std::string_view text, const Schema& schema, std::optional<Type> wanted,
                               const PlaceOf& place_of, Diagnostics& diagnostics, Suggester& suggester) {
  Problems problems(place_of, diagnostics, suggester);
  const Ast ast = parse(text, problems);
  if (problems.any()) return std::nullopt;
  std::unique_ptr<Program::Code> code = check(ast, schema, wanted, problems);
  if (!code) return std::nullopt;
  return Program(std::move(code));
}

}  // namespace hr::expr
