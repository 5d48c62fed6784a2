#include "expr/checker.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/date.h"
#include "base/text.h"
#include "expr/functions.h"

namespace hr::expr {

std::string_view type_name(ValueType type) {
  constexpr std::array<std::string_view, 7> kNames{"boolean", "number", "text", "date", "list", "null", "unknown"};
  return kNames[static_cast<size_t>(type)];
}

namespace {

std::string named(ValueType type) {
  return std::string(type_name(type));
}

ValueType type_of_letter(char letter) {
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

// A help lists names up to so many.
constexpr size_t kMostListed = 30;

// Walks the nodes in order and appends an instruction for each. A node with a problem becomes one of type unknown, of
// which nothing more is said.
class Checker {
 public:
  Checker(const Ast& ast, const Schema& schema, Problems& problems)
      : ast_(ast), schema_(schema), problems_(problems), code_(std::make_unique<Program::Code>()), made_(ast.size()) {}

  std::unique_ptr<Program::Code> run(std::optional<Type> wanted) {
    for (uint32_t i = 0; i < ast_.size(); ++i) made_[i] = translate(ast_[i]);
    finish(wanted);
    return problems_.any() ? nullptr : std::move(code_);
  }

 private:
  const Instruction& at(uint32_t instruction) const { return code_->instructions[instruction]; }
  ValueType type(uint32_t instruction) const { return at(instruction).type; }
  uint32_t part(const Node& node, size_t i) const { return made_[node.parts[i]]; }

  uint32_t add(Instruction instruction) {
    instruction.reads = kNoField;
    for (const uint32_t arg : instruction.args) {
      const int32_t reads = at(arg).reads;
      if (reads == kNoField) continue;
      instruction.reads = instruction.reads == kNoField || instruction.reads == reads ? reads : kOtherFields;
    }
    code_->instructions.push_back(std::move(instruction));
    return static_cast<uint32_t>(code_->instructions.size() - 1);
  }

  uint32_t add(Op op, ValueType result, std::vector<uint32_t> args, uint32_t choice = 0,
               ValueType operand = ValueType::unknown) {
    Instruction instruction;
    instruction.op = op;
    instruction.type = result;
    instruction.operand = operand;
    instruction.choice = choice;
    instruction.args = std::move(args);
    return add(std::move(instruction));
  }

  uint32_t add_constant(ValueType type, Constant constant) {
    Instruction instruction;
    instruction.op = Op::constant;
    instruction.type = type;
    instruction.constant = std::move(constant);
    return add(std::move(instruction));
  }

  uint32_t broken() { return add_constant(ValueType::unknown, {kMissing, 0, 0, 0, {}}); }

  uint32_t fail(std::string_view variant, Range range, std::vector<std::string> args = {},
                std::string suggestion = {}) {
    problems_.add(variant, range, std::move(args), std::move(suggestion));
    return broken();
  }

  uint32_t translate(const Node& node) {
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
  uint32_t column_of(const std::string& name, Type type) {
    const auto it = std::find(code_->fields.begin(), code_->fields.end(), name);
    if (it != code_->fields.end()) return static_cast<uint32_t>(it - code_->fields.begin());
    code_->fields.push_back(name);
    code_->field_types.push_back(type);
    return static_cast<uint32_t>(code_->fields.size() - 1);
  }

  uint32_t add_field(Op op, ValueType result, uint32_t column) {
    const uint32_t instruction = add(op, result, {}, column);
    const bool text = code_->field_types[column] == Type::text;
    code_->instructions[instruction].reads = text ? static_cast<int32_t>(column) : kOtherFields;
    return instruction;
  }

  uint32_t translate_name(const Node& node) {
    if (const Field* field = schema_.find(node.text))
      return add_field(Op::field, value_type(field->type), column_of(node.text, field->type));
    if (schema_.any_attribute && node.text.starts_with("attr.")) {
      return add_field(Op::field, ValueType::text, column_of(node.text, Type::text));
    }
    if (names_.empty()) {
      for (const Field& field : schema_.fields) names_.push_back(field.name);
    }
    const bool few = !names_.empty() && names_.size() <= kMostListed;
    const char* variant = schema_.any_attribute ? "unknown-name/attribute"
                          : few                 ? "unknown-name/listed"
                                                : "unknown-name";
    const std::string listed = few ? fmt::format("{}", fmt::join(names_, ", ")) : "";
    return fail(variant, node.range, {node.text, listed}, name_near(node.text));
  }

  // Of a name that is not there: atr.level is nearly attr.level.
  std::string name_near(const std::string& name) {
    const size_t dot = name.find('.');
    if (schema_.any_attribute && dot != std::string::npos &&
        nearest(name.substr(0, dot), std::array{std::string("attr")}))
      return "attr" + name.substr(dot);
    return problems_.suggester().near(name, names_);
  }

  bool is_attribute(uint32_t instruction) const {
    return at(instruction).op == Op::field && at(instruction).type == ValueType::text &&
           code_->fields[at(instruction).choice].starts_with("attr.");
  }

  // An attribute beside a number or a date is read as one, because attributes have no type of their own.
  uint32_t as(uint32_t instruction, ValueType wanted) {
    if (!is_attribute(instruction)) return instruction;
    if (wanted == ValueType::number) return add_field(Op::field_as_number, wanted, at(instruction).choice);
    if (wanted == ValueType::date) return add_field(Op::field_as_date, wanted, at(instruction).choice);
    return instruction;
  }

  bool unknown(std::initializer_list<uint32_t> instructions) const {
    return std::any_of(instructions.begin(), instructions.end(),
                       [&](uint32_t i) { return type(i) == ValueType::unknown; });
  }

  uint32_t translate_list(const Node& node) {
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

  uint32_t translate_unary(const Node& node) {
    const bool logical = node.text == "!";
    const ValueType wanted = logical ? ValueType::boolean : ValueType::number;
    const uint32_t x = as(part(node, 0), wanted);
    if (unknown({x})) return broken();
    if (type(x) != wanted)
      return fail("wrong-type", ast_[node.parts[0]].range, {node.text, named(wanted), named(type(x))});
    return add(logical ? Op::logical_not : Op::negate, wanted, {x});
  }

  uint32_t translate_binary(const Node& node) {
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

  uint32_t connect(const Node& node, uint32_t x, uint32_t y) {
    for (const size_t i : {size_t{0}, size_t{1}}) {
      const ValueType t = type(i == 0 ? x : y);
      if (t != ValueType::boolean)
        return fail("wrong-type", ast_[node.parts[i]].range, {node.text, "boolean", named(t)});
    }
    return add(node.text == "&&" ? Op::logical_and : Op::logical_or, ValueType::boolean, {x, y});
  }

  uint32_t wrong_types(const Node& node, uint32_t x, uint32_t y) {
    return fail("wrong-types", node.range, {node.text, named(type(x)), named(type(y))});
  }

  uint32_t arithmetic(const Node& node, uint32_t x, uint32_t y) {
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

  uint32_t compare(const Node& node, uint32_t x, uint32_t y) {
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

  uint32_t compare_with_null(uint32_t x, Relation relation) {
    const bool equal = relation == Relation::equal;
    if (type(x) == ValueType::null || type(x) == ValueType::list) {  // null is null; a list is there
      const bool holds = (type(x) == ValueType::null) == equal;
      return add_constant(ValueType::boolean, {kValue, static_cast<uint8_t>(holds), 0, 0, {}});
    }
    return add(equal ? Op::is_missing : Op::is_present, ValueType::boolean, {x}, 0, type(x));
  }

  uint32_t compare_lists(const Node& node, uint32_t x, uint32_t y, Relation relation) {
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

  uint32_t membership(const Node& node, uint32_t x, uint32_t y) {
    if (type(y) != ValueType::list)
      return fail("wrong-type", ast_[node.parts[1]].range, {"in", "list", named(type(y))});
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

  uint32_t add_set(const std::vector<uint32_t>& elements) {
    Set set;
    for (const uint32_t e : elements) {
      const Constant& c = at(e).constant;
      if (type(e) == ValueType::text)
        set.texts.push_back(c.text);
      else
        set.numbers.push_back(type(e) == ValueType::date      ? c.days
                              : type(e) == ValueType::boolean ? c.boolean
                                                              : c.number);
    }
    std::sort(set.numbers.begin(), set.numbers.end());
    std::sort(set.texts.begin(), set.texts.end());
    code_->sets.push_back(std::move(set));
    return static_cast<uint32_t>(code_->sets.size() - 1);
  }

  uint32_t translate_conditional(const Node& node) {
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

  uint32_t translate_call(const Node& node) {
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
    if (std::any_of(args.begin(), args.end(), [&](uint32_t a) { return type(a) == ValueType::unknown; }))
      return broken();
    if (!check_arguments(node, *function, args)) return broken();
    return call(node, *function, std::move(args));
  }

  bool check_arguments(const Node& node, const Function& function, std::vector<uint32_t>& args) {
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

  uint32_t call(const Node& node, const Function& function, std::vector<uint32_t> args) {
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

  uint32_t list_size(uint32_t list) {
    std::vector<uint32_t> elements = at(list).args;
    const auto n = static_cast<uint32_t>(elements.size());
    return add(Op::list_size, ValueType::number, std::move(elements), n);
  }

  uint32_t matches(const Node& node, const std::vector<uint32_t>& args) {
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
  uint32_t date_call(const Node& node, const std::vector<uint32_t>& args) {
    if (at(args[0]).op != Op::constant) return add(Op::text_to_date, ValueType::date, args);
    const std::string text = at(args[0]).constant.text;
    const auto day = parse_date(text);
    if (!day) return fail("bad-date", ast_[node.parts[0]].range, {escape_controls(text)});
    return add_constant(ValueType::date, {kValue, 0, 0, day->days, {}});
  }

  uint32_t round_call(const Node& node, const std::vector<uint32_t>& args) {
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

  void finish(std::optional<Type> wanted) {
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

  const Ast& ast_;
  const Schema& schema_;
  Problems& problems_;
  std::unique_ptr<Program::Code> code_;
  std::vector<uint32_t> made_;      // the instruction of each node
  std::vector<std::string> names_;  // of the schema, once one was not found
};

}  // namespace

std::unique_ptr<Program::Code> check(const Ast& ast, const Schema& schema, std::optional<Type> wanted,
                                     Problems& problems) {
  return Checker(ast, schema, problems).run(wanted);
}

}  // namespace hr::expr
