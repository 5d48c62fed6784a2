#include "expr/batch.h"

namespace hr::expr {

void run_op(const Program::Code& code, const Instruction& instruction, Arguments args, Batch& out, TextArena& arena) {
  switch (instruction.op) {
    case Op::constant:
    case Op::field:
    case Op::field_as_number:
    case Op::field_as_date:
    case Op::list:
      return;
    case Op::negate:
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::remainder:
    case Op::to_whole:
    case Op::absolute:
    case Op::round:
    case Op::list_size:
      return run_number_op(instruction, args, out);
    case Op::minimum:
    case Op::maximum:
      return instruction.type == ValueType::date ? run_date_op(instruction, args, out)
                                                 : run_number_op(instruction, args, out);
    case Op::date_plus:
    case Op::date_minus:
    case Op::days_between:
    case Op::date_part:
      return run_date_op(instruction, args, out);
    case Op::concatenate:
    case Op::starts_with:
    case Op::ends_with:
    case Op::contains:
    case Op::matches:
    case Op::text_size:
    case Op::text_to_date:
    case Op::text_to_number:
    case Op::text_to_whole:
    case Op::to_text:
      return run_text_op(code, instruction, args, out, arena);
    case Op::logical_not:
    case Op::logical_and:
    case Op::logical_or:
    case Op::conditional:
    case Op::is_missing:
    case Op::is_present:
      return run_logic_op(instruction, args, out);
    case Op::compare:
    case Op::in_set:
    case Op::in_list:
    case Op::list_equal:
      return run_comparison_op(code, instruction, args, out);
  }
}

}  // namespace hr::expr
