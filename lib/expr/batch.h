// A run of rows on its way through the evaluator: a value and a state a row. Internal to expr.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "expr/code.h"

namespace hr::expr {

// Where computed texts live as long as batches point to them. A deque never moves its elements.
using TextArena = std::deque<std::string>;

// One of the value vectors is used, by type. Where the state is not kValue the value is a placeholder.
struct Batch {
  size_t step = 1;  // 0: one element that stands for every row
  std::vector<uint8_t> states;
  std::vector<uint8_t> booleans;
  std::vector<double> numbers;
  std::vector<int32_t> days;
  std::vector<std::string_view> texts;

  size_t size() const { return states.size(); }
  void resize(ValueType type, size_t n);  // all kValue
};

using Arguments = std::span<const Batch* const>;

// Elements that a result of these arguments has: 1 when all are the same in every row.
inline size_t result_size(Arguments args, size_t rows) {
  const bool varies = std::any_of(args.begin(), args.end(), [](const Batch* b) { return b->step != 0; });
  return varies ? rows : std::min<size_t>(rows, 1);
}

// Executes an instruction that is no constant, field or list. `out` has its size, type and step already.
void run_op(const Program::Code& code, const Instruction& instruction, Arguments args, Batch& out, TextArena& arena);

// Its parts, a family of operations each.
void run_number_op(const Instruction& instruction, Arguments args, Batch& out);
void run_date_op(const Instruction& instruction, Arguments args, Batch& out);
void run_text_op(const Program::Code& code, const Instruction& instruction, Arguments args, Batch& out,
                 TextArena& arena);
void run_logic_op(const Instruction& instruction, Arguments args, Batch& out);
void run_comparison_op(const Program::Code& code, const Instruction& instruction, Arguments args, Batch& out);

// The worst of the arguments' states in a row.
inline uint8_t worst_state(Arguments args, size_t row) {
  uint8_t worst = kValue;
  for (const Batch* arg : args) worst = std::max(worst, arg->states[row * arg->step]);
  return worst;
}

}  // namespace hr::expr
