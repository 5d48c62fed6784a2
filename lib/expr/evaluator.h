// Runs instructions over columns, a thousand rows at a time.
#pragma once

#include <span>

#include "expr/code.h"

namespace hr::expr {

Values evaluate(const Program::Code& code, std::span<const ColumnView> columns, size_t rows);
// The value of an instruction that reads no field.
Constant evaluate_constant(const Program::Code& code, uint32_t instruction);

}  // namespace hr::expr
