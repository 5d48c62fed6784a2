#include "expr/batch.h"

namespace hr::expr {

namespace {

// A test of values: with a missing one it is false, with a failed one failed.
template <class Holds>
void test(Arguments args, Batch& out, Holds holds) {
  for (size_t i = 0; i < out.size(); ++i) {
    const uint8_t worst = worst_state(args, i);
    out.states[i] = worst == kFailed ? kFailed : kValue;
    out.booleans[i] = worst == kValue && holds(i) ? 1 : 0;
  }
}

template <class T>
void compare_values(Arguments args, const std::vector<T>& x, const std::vector<T>& y, Relation relation, Batch& out) {
  const size_t xs = args[0]->step;
  const size_t ys = args[1]->step;
  switch (relation) {
    case Relation::equal:
      return test(args, out, [&](size_t i) { return x[i * xs] == y[i * ys]; });
    case Relation::not_equal:
      return test(args, out, [&](size_t i) { return x[i * xs] != y[i * ys]; });
    case Relation::less:
      return test(args, out, [&](size_t i) { return x[i * xs] < y[i * ys]; });
    case Relation::less_equal:
      return test(args, out, [&](size_t i) { return x[i * xs] <= y[i * ys]; });
    case Relation::greater:
      return test(args, out, [&](size_t i) { return x[i * xs] > y[i * ys]; });
    case Relation::greater_equal:
      return test(args, out, [&](size_t i) { return x[i * xs] >= y[i * ys]; });
  }
}

void compare(const Instruction& instruction, Arguments args, Batch& out) {
  const auto relation = static_cast<Relation>(instruction.choice);
  const Batch& x = *args[0];
  const Batch& y = *args[1];
  if (instruction.operand == ValueType::number) compare_values(args, x.numbers, y.numbers, relation, out);
  if (instruction.operand == ValueType::text) compare_values(args, x.texts, y.texts, relation, out);
  if (instruction.operand == ValueType::date) compare_values(args, x.days, y.days, relation, out);
  if (instruction.operand == ValueType::boolean) compare_values(args, x.booleans, y.booleans, relation, out);
}

// Whether both are values and the same.
bool equal_at(ValueType type, const Batch& x, const Batch& y, size_t row) {
  const size_t xi = row * x.step;
  const size_t yi = row * y.step;
  if (x.states[xi] != kValue || y.states[yi] != kValue) return false;
  if (type == ValueType::number) return x.numbers[xi] == y.numbers[yi];
  if (type == ValueType::text) return x.texts[xi] == y.texts[yi];
  if (type == ValueType::date) return x.days[xi] == y.days[yi];
  return x.booleans[xi] == y.booleans[yi];
}

void in_set(const Set& set, ValueType type, Arguments args, Batch& out) {
  const Batch& x = *args[0];
  const auto has_number = [&](double v) { return std::binary_search(set.numbers.begin(), set.numbers.end(), v); };
  const auto has_text = [&](std::string_view v) {
    return std::binary_search(set.texts.begin(), set.texts.end(), v, std::less<>{});
  };
  if (type == ValueType::text) return test(args, out, [&](size_t i) { return has_text(x.texts[i * x.step]); });
  if (type == ValueType::date) return test(args, out, [&](size_t i) { return has_number(x.days[i * x.step]); });
  if (type == ValueType::boolean) return test(args, out, [&](size_t i) { return has_number(x.booleans[i * x.step]); });
  return test(args, out, [&](size_t i) { return has_number(x.numbers[i * x.step]); });
}

// A missing element equals nothing; a failed one makes the list, and so the test, failed.
void in_list(ValueType type, Arguments args, Batch& out) {
  for (size_t i = 0; i < out.size(); ++i) {
    const bool failed = worst_state(args, i) == kFailed;
    out.states[i] = failed ? kFailed : kValue;
    const Arguments elements = args.subspan(1);
    out.booleans[i] = !failed && std::any_of(elements.begin(), elements.end(),
                                             [&](const Batch* e) { return equal_at(type, *args[0], *e, i); });
  }
}

void list_equal(const Instruction& instruction, Arguments args, Batch& out) {
  const bool differ = (instruction.choice & kListsDiffer) != 0;
  const bool negated = (instruction.choice & kListNotEqual) != 0;
  test(args, out, [&](size_t i) {
    bool equal = !differ;
    for (size_t k = 0; equal && k + 1 < args.size(); k += 2)
      equal = equal_at(instruction.operand, *args[k], *args[k + 1], i);
    return equal != negated;
  });
}

}  // namespace

void run_comparison_op(const Program::Code& code, const Instruction& instruction, Arguments args, Batch& out) {
  switch (instruction.op) {
    case Op::compare:
      return compare(instruction, args, out);
    case Op::in_set:
      return in_set(code.sets[instruction.choice], instruction.operand, args, out);
    case Op::in_list:
      return in_list(instruction.operand, args, out);
    case Op::list_equal:
      return list_equal(instruction, args, out);
    default:
      return;
  }
}

}  // namespace hr::expr
