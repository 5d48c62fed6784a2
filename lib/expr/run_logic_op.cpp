#include "expr/batch.h"

namespace hr::expr {

namespace {

// && with `decides` = false, || with `decides` = true: one operand that is `decides` settles it, whatever the other is.
void connect(Arguments args, bool decides, Batch& out) {
  const auto settles = [&](const Batch& b, size_t i) {
    return b.states[i * b.step] == kValue && (b.booleans[i * b.step] != 0) == decides;
  };
  for (size_t i = 0; i < out.size(); ++i) {
    const bool settled = settles(*args[0], i) || settles(*args[1], i);
    out.states[i] = settled ? static_cast<uint8_t>(kValue) : worst_state(args, i);
    out.booleans[i] = settled == decides ? 1 : 0;
  }
}

void conditional(Arguments args, ValueType type, Batch& out) {
  const Batch& condition = *args[0];
  for (size_t i = 0; i < out.size(); ++i) {
    out.states[i] = condition.states[i * condition.step];
    if (out.states[i] != kValue) continue;
    const Batch& branch = condition.booleans[i * condition.step] != 0 ? *args[1] : *args[2];
    const size_t at = i * branch.step;
    out.states[i] = branch.states[at];
    if (type == ValueType::boolean) out.booleans[i] = branch.booleans[at];
    if (type == ValueType::number) out.numbers[i] = branch.numbers[at];
    if (type == ValueType::date) out.days[i] = branch.days[at];
    if (type == ValueType::text) out.texts[i] = branch.texts[at];
  }
}

// Whether the argument's state is `wanted`; failed stays failed.
void test_state(const Batch& x, State wanted, Batch& out) {
  for (size_t i = 0; i < out.size(); ++i) {
    const uint8_t state = x.states[i * x.step];
    out.states[i] = state == kFailed ? kFailed : kValue;
    out.booleans[i] = state == wanted ? 1 : 0;
  }
}

}  // namespace

void run_logic_op(const Instruction& instruction, Arguments args, Batch& out) {
  switch (instruction.op) {
    case Op::logical_not:
      for (size_t i = 0; i < out.size(); ++i) {
        out.states[i] = args[0]->states[i * args[0]->step];
        out.booleans[i] = args[0]->booleans[i * args[0]->step] != 0 ? 0 : 1;
      }
      return;
    case Op::logical_and:
      return connect(args, false, out);
    case Op::logical_or:
      return connect(args, true, out);
    case Op::conditional:
      return conditional(args, instruction.type, out);
    case Op::is_missing:
      return test_state(*args[0], kMissing, out);
    case Op::is_present:
      return test_state(*args[0], kValue, out);
    default:
      return;
  }
}

}  // namespace hr::expr
