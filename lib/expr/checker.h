// Ast → instructions: names, types, numbers of arguments, literal patterns and dates. Reports every problem.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "expr/ast.h"
#include "expr/code.h"
#include "expr/problems.h"

namespace hr::expr {

// None when there were problems.
std::unique_ptr<Program::Code> check(const Ast& ast, const Schema& schema, std::optional<Type> wanted,
                                     Problems& problems);

// The name of a type: type/NAME of the message table.
std::string_view type_name(ValueType type);
std::string named(ValueType type);

}  // namespace hr::expr
