#include "expr/functions.h"

#include <iterator>

namespace hr::expr {

namespace {

constexpr ValueType kBoolean = ValueType::boolean;
constexpr ValueType kNumber = ValueType::number;
constexpr ValueType kText = ValueType::text;
constexpr ValueType kDate = ValueType::date;

// All arguments of one function may have the types in `takes`; minimum and maximum want the same for all.
constexpr Function kFunctions[] = {
    {"has", CallForm::global, 1, 1, "f", Op::is_present, kBoolean},
    {"size", CallForm::either, 1, 1, "tl", Op::text_size, kNumber},
    {"startsWith", CallForm::member, 2, 2, "t", Op::starts_with, kBoolean},
    {"endsWith", CallForm::member, 2, 2, "t", Op::ends_with, kBoolean},
    {"contains", CallForm::member, 2, 2, "t", Op::contains, kBoolean},
    {"matches", CallForm::either, 2, 2, "t", Op::matches, kBoolean},
    {"date", CallForm::global, 1, 1, "t", Op::text_to_date, kDate},
    {"double", CallForm::global, 1, 1, "nt", Op::text_to_number, kNumber},
    {"int", CallForm::global, 1, 1, "nt", Op::text_to_whole, kNumber},
    {"string", CallForm::global, 1, 1, "ntdb", Op::to_text, kText},
    {"abs", CallForm::global, 1, 1, "n", Op::absolute, kNumber},
    {"round", CallForm::global, 1, 2, "n", Op::round, kNumber},
    {"min", CallForm::global, 2, kManyArguments, "nd", Op::minimum},
    {"max", CallForm::global, 2, kManyArguments, "nd", Op::maximum},
    {"year", CallForm::global, 1, 1, "d", Op::date_part, kNumber, DatePart::year},
    {"month", CallForm::global, 1, 1, "d", Op::date_part, kNumber, DatePart::month},
    {"day", CallForm::global, 1, 1, "d", Op::date_part, kNumber, DatePart::day},
    {"getFullYear", CallForm::member, 1, 1, "d", Op::date_part, kNumber, DatePart::year},
    {"getMonth", CallForm::member, 1, 1, "d", Op::date_part, kNumber, DatePart::month_from_0},
    {"getDate", CallForm::member, 1, 1, "d", Op::date_part, kNumber, DatePart::day},
    {"getDayOfMonth", CallForm::member, 1, 1, "d", Op::date_part, kNumber, DatePart::day_from_0},
    {"getDayOfWeek", CallForm::member, 1, 1, "d", Op::date_part, kNumber, DatePart::weekday_from_0},
    {"getDayOfYear", CallForm::member, 1, 1, "d", Op::date_part, kNumber, DatePart::year_day_from_0},
};

}  // namespace

const Function* find_function(std::string_view name) {
  for (const Function& function : kFunctions) {
    if (function.name == name) return &function;
  }
  return nullptr;
}

std::vector<std::string> function_names() {
  std::vector<std::string> names;
  for (const Function& function : kFunctions) names.emplace_back(function.name);
  return names;
}

}  // namespace hr::expr
