#include "expr/checker.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "expr/checker_class.h"

namespace hr::expr {

// A help lists names up to so many.
static constexpr size_t kMostListed = 30;

std::string_view type_name(ValueType type) {
  constexpr std::array<std::string_view, 7> kNames{"boolean", "number", "text", "date", "list", "null", "unknown"};
  return kNames[static_cast<size_t>(type)];
}

std::string named(ValueType type) {
  return std::string(type_name(type));
}

std::unique_ptr<Program::Code> Checker::run(std::optional<Type> wanted) {
  for (uint32_t i = 0; i < ast_.size(); ++i) made_[i] = translate(ast_[i]);
  finish(wanted);
  return problems_.any() ? nullptr : std::move(code_);
}

uint32_t Checker::add(Instruction instruction) {
  instruction.reads = kNoField;
  for (const uint32_t arg : instruction.args) {
    const int32_t reads = at(arg).reads;
    if (reads == kNoField) continue;
    instruction.reads = instruction.reads == kNoField || instruction.reads == reads ? reads : kOtherFields;
  }
  code_->instructions.push_back(std::move(instruction));
  return static_cast<uint32_t>(code_->instructions.size() - 1);
}

uint32_t Checker::add(Op op, ValueType result, std::vector<uint32_t> args, uint32_t choice, ValueType operand) {
  Instruction instruction;
  instruction.op = op;
  instruction.type = result;
  instruction.operand = operand;
  instruction.choice = choice;
  instruction.args = std::move(args);
  return add(std::move(instruction));
}

uint32_t Checker::add_constant(ValueType type, Constant constant) {
  Instruction instruction;
  instruction.op = Op::constant;
  instruction.type = type;
  instruction.constant = std::move(constant);
  return add(std::move(instruction));
}

uint32_t Checker::fail(std::string_view variant, Range range, std::vector<std::string> args, std::string suggestion) {
  problems_.add(variant, range, std::move(args), std::move(suggestion));
  return broken();
}

uint32_t Checker::translate(const Node& node) {
  switch (node.kind) {
    case NodeKind::number:
      return add_constant(ValueType::number, {kValue, 0, node.number, 0, {}});
    case NodeKind::boolean:
      return add_constant(ValueType::boolean, {kValue, static_cast<uint8_t>(node.number != 0), 0, 0, {}});
    case NodeKind::text:
      return add_constant(ValueType::text, {kValue, 0, 0, 0, node.text});
    case NodeKind::null:
      return add_constant(ValueType::null, {kMissing, 0, 0, 0, {}});
    case NodeKind::name:
      return translate_name(node);
    case NodeKind::list:
      return translate_list(node);
    case NodeKind::unary:
      return translate_unary(node);
    case NodeKind::binary:
      return translate_binary(node);
    case NodeKind::conditional:
      return translate_conditional(node);
    case NodeKind::call:
      return translate_call(node);
  }
  return broken();
}

// The column of a field, new or used before.
uint32_t Checker::column_of(const std::string& name, Type type) {
  const auto it = std::find(code_->fields.begin(), code_->fields.end(), name);
  if (it != code_->fields.end()) return static_cast<uint32_t>(it - code_->fields.begin());
  code_->fields.push_back(name);
  code_->field_types.push_back(type);
  return static_cast<uint32_t>(code_->fields.size() - 1);
}

uint32_t Checker::add_field(Op op, ValueType result, uint32_t column) {
  const uint32_t instruction = add(op, result, {}, column);
  const bool text = code_->field_types[column] == Type::text;
  code_->instructions[instruction].reads = text ? static_cast<int32_t>(column) : kOtherFields;
  return instruction;
}

uint32_t Checker::translate_name(const Node& node) {
  if (const Field* field = schema_.find(node.text))
    return add_field(Op::field, value_type(field->type), column_of(node.text, field->type));
  if (schema_.any_attribute && node.text.starts_with("attr.")) {
    return add_field(Op::field, ValueType::text, column_of(node.text, Type::text));
  }
  if (names_.empty()) {
    for (const Field& field : schema_.fields) names_.push_back(field.name);
  }
  const bool few = !names_.empty() && names_.size() <= kMostListed;
  const char* variant = schema_.any_attribute ? "unknown-name/attribute" : few ? "unknown-name/listed" : "unknown-name";
  const std::string listed = few ? fmt::format("{}", fmt::join(names_, ", ")) : "";
  return fail(variant, node.range, {node.text, listed}, name_near(node.text));
}

// Of a name that is not there: atr.level is nearly attr.level.
std::string Checker::name_near(const std::string& name) {
  const size_t dot = name.find('.');
  if (schema_.any_attribute && dot != std::string::npos &&
      nearest(name.substr(0, dot), std::array{std::string("attr")}))
    return "attr" + name.substr(dot);
  return problems_.suggester().near(name, names_);
}

bool Checker::is_attribute(uint32_t instruction) const {
  return at(instruction).op == Op::field && at(instruction).type == ValueType::text &&
         code_->fields[at(instruction).choice].starts_with("attr.");
}

// An attribute beside a number or a date is read as one, because attributes have no type of their own.
uint32_t Checker::as(uint32_t instruction, ValueType wanted) {
  if (!is_attribute(instruction)) return instruction;
  if (wanted == ValueType::number) return add_field(Op::field_as_number, wanted, at(instruction).choice);
  if (wanted == ValueType::date) return add_field(Op::field_as_date, wanted, at(instruction).choice);
  return instruction;
}

bool Checker::unknown(std::initializer_list<uint32_t> instructions) const {
  return std::any_of(instructions.begin(), instructions.end(),
                     [&](uint32_t i) { return type(i) == ValueType::unknown; });
}

uint32_t Checker::translate_list(const Node& node) {
  ValueType element = ValueType::unknown;
  std::vector<uint32_t> args;
  for (const uint32_t p : node.parts) {
    const ValueType t = type(made_[p]);
    if (t == ValueType::list) return fail("nested-list", ast_[p].range);
    if (t == ValueType::null) return fail("null-in-list", ast_[p].range);
    if (t != ValueType::unknown && element == ValueType::unknown) element = t;
    if (t != ValueType::unknown && t != element) return fail("mixed-list", ast_[p].range, {named(element), named(t)});
    args.push_back(made_[p]);
  }
  return add(Op::list, ValueType::list, std::move(args), 0, element);
}

void Checker::finish(std::optional<Type> wanted) {
  if (problems_.any() || ast_.empty()) return;
  const uint32_t root = made_.back();
  const ValueType result = type(root);
  const Range all = ast_.back().range;
  if (result == ValueType::list || result == ValueType::null || (wanted && value_type(*wanted) != result)) {
    problems_.add("wrong-result", all, {wanted ? named(value_type(*wanted)) : std::string("value"), named(result)});
    return;
  }
  code_->type = static_cast<Type>(result);
  if (root + 1 != code_->instructions.size()) {  // the evaluator takes the last one: repeat the result there
    Instruction copy = at(root);
    code_->instructions.push_back(std::move(copy));
  }
}

std::unique_ptr<Program::Code> check(const Ast& ast, const Schema& schema, std::optional<Type> wanted,
                                     Problems& problems) {
  return Checker(ast, schema, problems).run(wanted);
}

}  // namespace hr::expr
