// A text as an expression over an employee's spell: compiled or refused, and what compiles is evaluated over rows with
// and without values.
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>

#include "expr/expr.h"

using namespace hr;

namespace {

constexpr size_t kRows = 4;
constexpr std::array<double, kRows> kNumbers{0, 1.5, -3, 1e300};
constexpr std::array<int32_t, kRows> kDays{0, 19'723, 20'088, -1};
constexpr std::array<uint32_t, kRows> kCodes{0, 1, 0xFFFFFFFFU, 2};
constexpr std::array<std::string_view, 3> kTexts{"Sales Rep", "", "销售"};
constexpr std::array<uint8_t, kRows> kBooleans{0, 1, 1, 0};
constexpr std::array<uint8_t, kRows> kPresent{1, 1, 0, 1};

// All views at once: a program looks at the one of the field's type.
expr::ColumnView column_of(expr::Type type) {
  return {type, kNumbers, kDays, kCodes, kTexts, kBooleans, kPresent};
}

expr::Type type_of(const std::string& name) {
  const expr::Field* field = expr::assignment_schema().find(name);
  return field == nullptr ? expr::Type::text : field->type;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Diagnostics diagnostics;
  const auto program = expr::compile(text, expr::assignment_schema(), std::nullopt, {"x", 1, 1, 1}, diagnostics);
  if (!program && diagnostics.empty()) std::abort();  // refused, and nobody says why
  if (!program) return 0;
  std::vector<expr::ColumnView> columns;
  for (const std::string& name : program->fields()) columns.push_back(column_of(type_of(name)));
  const expr::Values values = program->evaluate(columns, kRows);
  for (size_t row = 0; row < values.numbers.size(); ++row) {
    const bool told = !values.present.empty() && values.present[row] == 0;
    if (!told && values.failed[row] == 0 && !std::isfinite(values.numbers[row])) std::abort();
  }
  return 0;
}
