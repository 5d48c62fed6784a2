// Calls of functions: their names, the number and the types of what they are given, literal patterns and days.
#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>

#include "base/date.h"
#include "base/text.h"
#include "expr/checker.h"
#include "expr/checker_class.h"

namespace hr::expr {

static ValueType type_of_letter(char letter) {
  switch (letter) {
    case 'n':
      return ValueType::number;
    case 't':
      return ValueType::text;
    case 'd':
      return ValueType::date;
    case 'b':
      return ValueType::boolean;
    case 'l':
      return ValueType::list;
    default:
      return ValueType::unknown;
  }
}

uint32_t Checker::translate_call(const Node& node) {
  const Function* function = find_function(node.text);
  if (!function) {
    const std::vector<std::string> names = function_names();
    return fail("unknown-function", node.name_range, {node.text, fmt::format("{}", fmt::join(names, ", "))},
                nearest(node.text, names).value_or(std::string()));
  }
  const bool right_form = function->form == CallForm::either || (function->form == CallForm::member) == node.member;
  if (!right_form) return fail(node.member ? "call-as-function" : "call-as-member", node.name_range, {node.text});
  if (const size_t n = node.parts.size(); n < function->least || n > function->most) {
    const bool few = n < function->least;
    return fail(few ? "too-few-arguments" : "too-many-arguments", node.range,
                {node.text, std::to_string(n), std::to_string(few ? function->least : function->most)});
  }
  std::vector<uint32_t> args;
  for (const uint32_t p : node.parts) args.push_back(made_[p]);
  if (std::any_of(args.begin(), args.end(), [&](uint32_t a) { return type(a) == ValueType::unknown; })) return broken();
  if (!check_arguments(node, *function, args)) return broken();
  return call(node, *function, std::move(args));
}

bool Checker::check_arguments(const Node& node, const Function& function, std::vector<uint32_t>& args) {
  for (size_t i = 0; i < args.size(); ++i) {
    const Range range = ast_[node.parts[i]].range;
    if (function.takes == "f") {
      if (at(args[i]).op != Op::field) return fail("not-a-field", range, {node.text}), false;
      continue;
    }
    const auto fits = [&](uint32_t a) {
      return std::any_of(function.takes.begin(), function.takes.end(),
                         [&](char letter) { return type_of_letter(letter) == type(a); });
    };
    if (!fits(args[i])) args[i] = as(args[i], type_of_letter(function.takes[0]));
    if (!fits(args[i]))
      return fail("wrong-type", range, {node.text, named(type_of_letter(function.takes[0])), named(type(args[i]))}),
             false;
    const bool alike = function.op == Op::minimum || function.op == Op::maximum;
    if (alike && type(args[i]) != type(args[0]))
      return fail("wrong-types", range, {node.text, named(type(args[0])), named(type(args[i]))}), false;
  }
  return true;
}

uint32_t Checker::call(const Node& node, const Function& function, std::vector<uint32_t> args) {
  const ValueType first = type(args[0]);
  const ValueType result = function.result == ValueType::unknown ? first : function.result;
  switch (function.op) {
    case Op::text_size:
      if (first == ValueType::list) return list_size(args[0]);
      break;
    case Op::matches:
      return matches(node, args);
    case Op::text_to_date:
      return date_call(node, args);
    case Op::text_to_number:
      if (first == ValueType::number) return args[0];
      break;
    case Op::text_to_whole:
      if (first == ValueType::number) return add(Op::to_whole, result, std::move(args));
      break;
    case Op::to_text:
      if (first == ValueType::text) return args[0];
      break;
    case Op::round:
      return round_call(node, args);
    default:
      break;
  }
  const uint32_t choice = function.op == Op::date_part ? static_cast<uint32_t>(function.part) : 0;
  return add(function.op, result, std::move(args), choice, first);
}

uint32_t Checker::list_size(uint32_t list) {
  std::vector<uint32_t> elements = at(list).args;
  const auto n = static_cast<uint32_t>(elements.size());
  return add(Op::list_size, ValueType::number, std::move(elements), n);
}

uint32_t Checker::matches(const Node& node, const std::vector<uint32_t>& args) {
  const Range range = ast_[node.parts[1]].range;
  if (at(args[1]).op != Op::constant) return fail("pattern-not-literal", range);
  re2::RE2::Options options(re2::RE2::Quiet);
  options.set_max_mem(8 << 20);
  auto pattern = std::make_unique<re2::RE2>(at(args[1]).constant.text, options);
  if (!pattern->ok()) return fail("bad-pattern", range, {escape_controls(pattern->error())});
  code_->patterns.push_back(std::move(pattern));
  return add(Op::matches, ValueType::boolean, {args[0]}, static_cast<uint32_t>(code_->patterns.size() - 1));
}

// A literal day is checked here and becomes a constant; a text of a column is read row by row.
uint32_t Checker::date_call(const Node& node, const std::vector<uint32_t>& args) {
  if (at(args[0]).op != Op::constant) return add(Op::text_to_date, ValueType::date, args);
  const std::string text = at(args[0]).constant.text;
  const auto day = parse_date(text);
  if (!day) return fail("bad-date", ast_[node.parts[0]].range, {escape_controls(text)});
  return add_constant(ValueType::date, {kValue, 0, 0, day->days, {}});
}

uint32_t Checker::round_call(const Node& node, const std::vector<uint32_t>& args) {
  uint32_t decimals = 0;
  if (args.size() == 2) {
    const Instruction& given = at(args[1]);
    const double n = given.constant.number;
    if (given.op != Op::constant || !(n >= 0 && n <= 9) || n != static_cast<double>(static_cast<uint32_t>(n))) {
      return fail("decimals-not-literal", ast_[node.parts[1]].range);
    }
    decimals = static_cast<uint32_t>(n);
  }
  return add(Op::round, ValueType::number, {args[0]}, decimals);
}

}  // namespace hr::expr
