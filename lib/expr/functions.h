// The functions of the language: names, ways to call them, arguments. docs/spec/expressions.md lists them for people.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "expr/code.h"

namespace hr::expr {

enum class CallForm : uint8_t { global, member, either };  // f(x), x.f(), both

struct Function {
  std::string_view name;
  CallForm form = CallForm::global;
  size_t least = 1;  // arguments, the receiver counted
  size_t most = 1;
  std::string_view
      takes;  // a letter a type that each argument may have: n number, t text, d date, b boolean, l list, f a field
  Op op = Op::constant;                   // by the first argument's type where it has several
  ValueType result = ValueType::unknown;  // unknown: that of the first argument
  DatePart part = DatePart::year;
};

inline constexpr size_t kManyArguments = 64;

const Function* find_function(std::string_view name);
std::vector<std::string> function_names();

}  // namespace hr::expr
