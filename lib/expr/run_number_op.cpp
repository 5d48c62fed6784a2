#include <cmath>

#include "expr/batch.h"
#include "expr/number_text.h"

namespace hr::expr {

namespace {

// Missing and failed pass through; a result that is not finite is failed.
void put(Batch& out, size_t row, uint8_t state, double value) {
  if (state == kValue && !std::isfinite(value)) state = kFailed;
  out.states[row] = state;
  out.numbers[row] = state == kValue ? value : 0;
}

template <class Compute>
void unary(Arguments args, Batch& out, Compute compute) {
  const Batch& x = *args[0];
  for (size_t i = 0; i < out.size(); ++i) put(out, i, x.states[i * x.step], compute(x.numbers[i * x.step]));
}

// Folds all arguments of a row from the left.
template <class Compute>
void fold(Arguments args, Batch& out, Compute compute) {
  for (size_t i = 0; i < out.size(); ++i) {
    double value = args[0]->numbers[i * args[0]->step];
    for (const Batch* arg : args.subspan(1)) value = compute(value, arg->numbers[i * arg->step]);
    put(out, i, worst_state(args, i), value);
  }
}

// Beyond 2^53 the fraction is gone already, and with it what int() is asked for.
double whole_part(double x) {
  return std::fabs(x) <= kMaxWhole ? std::trunc(x) : INFINITY;
}

}  // namespace

void run_number_op(const Instruction& instruction, Arguments args, Batch& out) {
  switch (instruction.op) {
    case Op::negate:
      return unary(args, out, [](double x) { return -x; });
    case Op::absolute:
      return unary(args, out, [](double x) { return std::fabs(x); });
    case Op::to_whole:
      return unary(args, out, whole_part);
    case Op::round: {
      const int decimals = static_cast<int>(instruction.choice);
      return unary(args, out, [=](double x) { return round_number(x, decimals); });
    }
    case Op::add:
      return fold(args, out, [](double x, double y) { return x + y; });
    case Op::subtract:
      return fold(args, out, [](double x, double y) { return x - y; });
    case Op::multiply:
      return fold(args, out, [](double x, double y) { return x * y; });
    case Op::divide:
      return fold(args, out, [](double x, double y) { return x / y; });
    case Op::remainder:
      return fold(args, out, [](double x, double y) { return std::fmod(x, y); });
    case Op::minimum:
      return fold(args, out, [](double x, double y) { return y < x ? y : x; });
    case Op::maximum:
      return fold(args, out, [](double x, double y) { return x < y ? y : x; });
    case Op::list_size:
      for (size_t i = 0; i < out.size(); ++i) {  // a list with a missing element has a size all the same
        const bool failed = worst_state(args, i) == kFailed;
        put(out, i, failed ? kFailed : kValue, instruction.choice);
      }
      return;
    default:
      return;
  }
}

}  // namespace hr::expr
