// Walks the nodes of an Ast in order and appends an instruction for each; internal to check(). A node with a problem
// becomes one of type unknown, of which nothing more is said. Operators are in check_operators.cpp, calls in
// check_calls.cpp.
#pragma once

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "expr/ast.h"
#include "expr/code.h"
#include "expr/functions.h"
#include "expr/problems.h"

namespace hr::expr {

class Checker {
 public:
  Checker(const Ast& ast, const Schema& schema, Problems& problems)
      : ast_(ast), schema_(schema), problems_(problems), code_(std::make_unique<Program::Code>()), made_(ast.size()) {}

  std::unique_ptr<Program::Code> run(std::optional<Type> wanted);

 private:
  const Instruction& at(uint32_t instruction) const { return code_->instructions[instruction]; }
  ValueType type(uint32_t instruction) const { return at(instruction).type; }
  uint32_t part(const Node& node, size_t i) const { return made_[node.parts[i]]; }

  uint32_t add(Instruction instruction);
  uint32_t add(Op op, ValueType result, std::vector<uint32_t> args, uint32_t choice = 0,
               ValueType operand = ValueType::unknown);
  uint32_t add_constant(ValueType type, Constant constant);
  uint32_t broken() { return add_constant(ValueType::unknown, {kMissing, 0, 0, 0, {}}); }
  uint32_t fail(std::string_view variant, Range range, std::vector<std::string> args = {}, std::string suggestion = {});
  uint32_t translate(const Node& node);
  // The column of a field, new or used before.
  uint32_t column_of(const std::string& name, Type type);
  uint32_t add_field(Op op, ValueType result, uint32_t column);
  uint32_t translate_name(const Node& node);
  // Of a name that is not there: atr.level is nearly attr.level.
  std::string name_near(const std::string& name);
  bool is_attribute(uint32_t instruction) const;
  // An attribute beside a number or a date is read as one, because attributes have no type of their own.
  uint32_t as(uint32_t instruction, ValueType wanted);
  bool unknown(std::initializer_list<uint32_t> instructions) const;
  uint32_t translate_list(const Node& node);
  void finish(std::optional<Type> wanted);

  uint32_t translate_unary(const Node& node);
  uint32_t translate_binary(const Node& node);
  uint32_t connect(const Node& node, uint32_t x, uint32_t y);
  uint32_t wrong_types(const Node& node, uint32_t x, uint32_t y);
  uint32_t arithmetic(const Node& node, uint32_t x, uint32_t y);
  uint32_t compare(const Node& node, uint32_t x, uint32_t y);
  uint32_t compare_with_null(uint32_t x, Relation relation);
  uint32_t compare_lists(const Node& node, uint32_t x, uint32_t y, Relation relation);
  uint32_t membership(const Node& node, uint32_t x, uint32_t y);
  uint32_t add_set(const std::vector<uint32_t>& elements);
  uint32_t translate_conditional(const Node& node);

  uint32_t translate_call(const Node& node);
  bool check_arguments(const Node& node, const Function& function, std::vector<uint32_t>& args);
  uint32_t call(const Node& node, const Function& function, std::vector<uint32_t> args);
  uint32_t list_size(uint32_t list);
  uint32_t matches(const Node& node, const std::vector<uint32_t>& args);
  // A literal day is checked here and becomes a constant; a text of a column is read row by row.
  uint32_t date_call(const Node& node, const std::vector<uint32_t>& args);
  uint32_t round_call(const Node& node, const std::vector<uint32_t>& args);

  const Ast& ast_;
  const Schema& schema_;
  Problems& problems_;
  std::unique_ptr<Program::Code> code_;
  std::vector<uint32_t> made_;      // the instruction of each node
  std::vector<std::string> names_;  // of the schema, once one was not found
};

}  // namespace hr::expr
