// Operators: what types they go with, and what they become.
#include <algorithm>
#include <iterator>

#include "expr/checker.h"
#include "expr/checker_class.h"

namespace hr::expr {

static bool is_comparison(const Node& node) {
  static constexpr std::string_view kComparisons[] = {"==", "!=", "<", "<=", ">", ">="};
  return node.kind == NodeKind::binary &&
         std::find(std::begin(kComparisons), std::end(kComparisons), node.text) != std::end(kComparisons);
}

static Relation relation_of(std::string_view op) {
  if (op == "==") return Relation::equal;
  if (op == "!=") return Relation::not_equal;
  if (op == "<") return Relation::less;
  if (op == "<=") return Relation::less_equal;
  return op == ">" ? Relation::greater : Relation::greater_equal;
}

uint32_t Checker::translate_unary(const Node& node) {
  const bool logical = node.text == "!";
  const ValueType wanted = logical ? ValueType::boolean : ValueType::number;
  const uint32_t x = as(part(node, 0), wanted);
  if (unknown({x})) return broken();
  if (type(x) != wanted)
    return fail("wrong-type", ast_[node.parts[0]].range, {node.text, named(wanted), named(type(x))});
  return add(logical ? Op::logical_not : Op::negate, wanted, {x});
}

uint32_t Checker::translate_binary(const Node& node) {
  uint32_t x = part(node, 0);
  uint32_t y = part(node, 1);
  if (unknown({x, y})) return broken();
  const std::string& op = node.text;
  if (op == "&&" || op == "||") return connect(node, x, y);
  if (op == "in") return membership(node, x, y);
  if (type(x) == ValueType::number || type(x) == ValueType::date) y = as(y, type(x));
  if (type(y) == ValueType::number || type(y) == ValueType::date) x = as(x, type(y));
  if (op == "==" || op == "!=" || op[0] == '<' || op[0] == '>') return compare(node, x, y);
  return arithmetic(node, x, y);
}

uint32_t Checker::connect(const Node& node, uint32_t x, uint32_t y) {
  for (const size_t i : {size_t{0}, size_t{1}}) {
    const ValueType t = type(i == 0 ? x : y);
    if (t != ValueType::boolean) return fail("wrong-type", ast_[node.parts[i]].range, {node.text, "boolean", named(t)});
  }
  return add(node.text == "&&" ? Op::logical_and : Op::logical_or, ValueType::boolean, {x, y});
}

uint32_t Checker::wrong_types(const Node& node, uint32_t x, uint32_t y) {
  return fail("wrong-types", node.range, {node.text, named(type(x)), named(type(y))});
}

uint32_t Checker::arithmetic(const Node& node, uint32_t x, uint32_t y) {
  constexpr ValueType kNumber = ValueType::number;
  constexpr ValueType kDate = ValueType::date;
  const char op = node.text[0];
  const ValueType a = type(x);
  const ValueType b = type(y);
  if (a == kNumber && b == kNumber) {
    const Op number_op = op == '+'   ? Op::add
                         : op == '-' ? Op::subtract
                         : op == '*' ? Op::multiply
                         : op == '/' ? Op::divide
                                     : Op::remainder;
    return add(number_op, kNumber, {x, y});
  }
  if (op == '+' && a == ValueType::text && b == ValueType::text) return add(Op::concatenate, ValueType::text, {x, y});
  if (op == '+' && a == kDate && b == kNumber) return add(Op::date_plus, kDate, {x, y});
  if (op == '+' && a == kNumber && b == kDate) return add(Op::date_plus, kDate, {y, x});
  if (op == '-' && a == kDate && b == kNumber) return add(Op::date_minus, kDate, {x, y});
  if (op == '-' && a == kDate && b == kDate) return add(Op::days_between, kNumber, {x, y});
  return wrong_types(node, x, y);
}

uint32_t Checker::compare(const Node& node, uint32_t x, uint32_t y) {
  const Relation relation = relation_of(node.text);
  const bool equality = relation == Relation::equal || relation == Relation::not_equal;
  if (type(x) == ValueType::null || type(y) == ValueType::null) {
    if (!equality) return wrong_types(node, x, y);
    return compare_with_null(type(x) == ValueType::null ? y : x, relation);
  }
  if (type(x) != type(y)) {
    const bool chained = type(x) == ValueType::boolean && is_comparison(ast_[node.parts[0]]);
    return chained ? fail("chained-comparison", node.range, {node.text}) : wrong_types(node, x, y);
  }
  if (type(x) == ValueType::list) return equality ? compare_lists(node, x, y, relation) : wrong_types(node, x, y);
  return add(Op::compare, ValueType::boolean, {x, y}, static_cast<uint32_t>(relation), type(x));
}

uint32_t Checker::compare_with_null(uint32_t x, Relation relation) {
  const bool equal = relation == Relation::equal;
  if (type(x) == ValueType::null || type(x) == ValueType::list) {  // null is null; a list is there
    const bool holds = (type(x) == ValueType::null) == equal;
    return add_constant(ValueType::boolean, {kValue, static_cast<uint8_t>(holds), 0, 0, {}});
  }
  return add(equal ? Op::is_missing : Op::is_present, ValueType::boolean, {x}, 0, type(x));
}

uint32_t Checker::compare_lists(const Node& node, uint32_t x, uint32_t y, Relation relation) {
  const std::vector<uint32_t> a = at(x).args;
  const std::vector<uint32_t> b = at(y).args;
  const ValueType element = at(x).operand;
  if (!a.empty() && !b.empty() && element != at(y).operand)
    return fail("wrong-types", node.range, {node.text, named(element), named(at(y).operand)});
  std::vector<uint32_t> pairs;
  for (size_t i = 0; i < std::min(a.size(), b.size()); ++i) pairs.insert(pairs.end(), {a[i], b[i]});
  const uint32_t choice =
      (a.size() != b.size() ? kListsDiffer : 0U) | (relation == Relation::not_equal ? kListNotEqual : 0U);
  return add(Op::list_equal, ValueType::boolean, std::move(pairs), choice, element);
}

uint32_t Checker::membership(const Node& node, uint32_t x, uint32_t y) {
  if (type(y) != ValueType::list) return fail("wrong-type", ast_[node.parts[1]].range, {"in", "list", named(type(y))});
  const std::vector<uint32_t> elements = at(y).args;
  const ValueType element = at(y).operand;
  x = as(x, element);
  if (!elements.empty() && type(x) != element)
    return fail("wrong-types", node.range, {"in", named(type(x)), named(element)});
  const bool literals =
      std::all_of(elements.begin(), elements.end(), [&](uint32_t e) { return at(e).op == Op::constant; });
  if (literals && !elements.empty()) {
    return add(Op::in_set, ValueType::boolean, {x}, add_set(elements), element);
  }
  std::vector<uint32_t> args{x};
  args.insert(args.end(), elements.begin(), elements.end());
  return add(Op::in_list, ValueType::boolean, std::move(args), 0, element);
}

uint32_t Checker::add_set(const std::vector<uint32_t>& elements) {
  Set set;
  for (const uint32_t e : elements) {
    const Constant& c = at(e).constant;
    if (type(e) == ValueType::text)
      set.texts.push_back(c.text);
    else
      set.numbers.push_back(type(e) == ValueType::date ? c.days : type(e) == ValueType::boolean ? c.boolean : c.number);
  }
  std::sort(set.numbers.begin(), set.numbers.end());
  std::sort(set.texts.begin(), set.texts.end());
  code_->sets.push_back(std::move(set));
  return static_cast<uint32_t>(code_->sets.size() - 1);
}

uint32_t Checker::translate_conditional(const Node& node) {
  const uint32_t condition = part(node, 0);
  uint32_t x = part(node, 1);
  uint32_t y = part(node, 2);
  if (unknown({condition, x, y})) return broken();
  if (type(condition) != ValueType::boolean) {
    return fail("wrong-type", ast_[node.parts[0]].range, {"?", "boolean", named(type(condition))});
  }
  if (type(x) == ValueType::null) x = add_constant(type(y), {kMissing, 0, 0, 0, {}});
  if (type(y) == ValueType::null) y = add_constant(type(x), {kMissing, 0, 0, 0, {}});
  if (type(x) != type(y) || type(x) == ValueType::list) return wrong_types(node, x, y);
  return add(Op::conditional, type(x), {condition, x, y}, 0, type(x));
}

}  // namespace hr::expr
