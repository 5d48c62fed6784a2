// A checked expression: typed instructions in a row, each behind its arguments. Internal to expr.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "expr/expr.h"

namespace re2 {
class RE2;
}

namespace hr::expr {

// The first five are Type's.
enum class ValueType : uint8_t { boolean, number, text, date, list, null, unknown };

inline ValueType value_type(Type type) {
  return static_cast<ValueType>(type);
}

// Ordered: of several inputs the worst state is the result's.
enum State : uint8_t { kValue = 0, kMissing = 1, kFailed = 2 };

enum class Op : uint8_t {
  constant,
  field,
  field_as_number,  // an attribute compared with a number or a date: missing where the text is none
  field_as_date,
  list,  // never executed: its users read its elements
  negate,
  logical_not,
  logical_and,
  logical_or,
  conditional,
  add,
  subtract,
  multiply,
  divide,
  remainder,
  concatenate,
  date_plus,     // date, days
  date_minus,    // date, days
  days_between,  // date − date
  compare,       // choice: Relation
  is_missing,
  is_present,
  in_set,      // choice: index of a Set
  in_list,     // x, elements
  list_equal,  // elements of both lists, in pairs; choice: bits of ListEqual
  list_size,   // elements; choice: their number
  starts_with,
  ends_with,
  contains,
  matches,  // choice: index of a pattern
  text_size,
  date_part,  // choice: DatePart
  text_to_date,
  text_to_number,
  text_to_whole,
  to_whole,
  to_text,
  absolute,
  minimum,
  maximum,
  round,  // choice: decimals
};

enum class Relation : uint32_t { equal, not_equal, less, less_equal, greater, greater_equal };
enum class DatePart : uint32_t { year, month, day, month_from_0, day_from_0, weekday_from_0, year_day_from_0 };
inline constexpr uint32_t kListsDiffer = 1;   // of list_equal: not of one length
inline constexpr uint32_t kListNotEqual = 2;  // of list_equal: it is !=

struct Constant {
  State state = kValue;
  uint8_t boolean = 0;
  double number = 0;
  int32_t days = 0;
  std::string text;
};

// Literals that stand behind `in`, sorted; one of them is used.
struct Set {
  std::vector<double> numbers;  // of dates too, as days
  std::vector<std::string> texts;
};

inline constexpr int32_t kNoField = -1;      // Instruction::reads: nothing, it is constant
inline constexpr int32_t kOtherFields = -2;  // several fields, or one that is not text

struct Instruction {
  Op op = Op::constant;
  ValueType type = ValueType::unknown;
  ValueType operand = ValueType::unknown;  // compare, in_*, minimum, to_text, is_*: type of the first argument
  uint32_t choice = 0;                     // see Op; of field*: the index of the column
  int32_t reads = kNoField;                // the one text column that it depends on, or one of the above
  std::vector<uint32_t> args;
  Constant constant;
};

struct Program::Code {
  std::vector<Instruction> instructions;  // the last one is the result
  std::vector<std::string> fields;
  std::vector<Type> field_types;
  std::vector<Set> sets;
  std::vector<std::unique_ptr<re2::RE2>> patterns;
  Type type = Type::boolean;

  Code();
  ~Code();
};

}  // namespace hr::expr
