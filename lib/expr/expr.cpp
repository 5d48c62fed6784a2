#include "expr/expr.h"

#include <re2/re2.h>

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

std::optional<Program> compile(std::string_view text, const Schema& schema, std::optional<Type> wanted,
                               const SourceSpan& where, Diagnostics& diagnostics) {
  Problems problems(text, where, diagnostics);
  const Ast ast = parse(text, problems);
  if (problems.any()) return std::nullopt;
  std::unique_ptr<Program::Code> code = check(ast, schema, wanted, problems);
  if (!code) return std::nullopt;
  return Program(std::move(code));
}

}  // namespace hr::expr
