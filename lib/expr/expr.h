// The expression language of definitions and of --where: a typed subset of CEL syntax (docs/spec/expressions.md).
// Compiled once, evaluated over columns. All numbers are doubles; a comparison with a missing value is false.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/suggester.h"

namespace hr::expr {

enum class Type : uint8_t { boolean, number, text, date, list };

struct Field {
  std::string name;  // job, attr.NAME, a KPI id
  Type type = Type::text;
};

// What names an expression may use.
struct Schema {
  std::vector<Field> fields;
  bool any_attribute = true;  // attr.NAME and attr["NAME"] are texts even where not listed
  bool sorted = false;        // fields ascend by name: worth it where there are thousands

  const Field* find(std::string_view name) const;  // none = null
};

// The schema of an employee's spell (applies_to, eligibility.when): employee_id, name, …, attr.*.
const Schema& assignment_schema();

// One column of input: exactly one span is used, by type. Texts are codes into `dictionary`.
struct ColumnView {
  Type type = Type::text;
  std::span<const double> numbers;
  std::span<const int32_t> days;
  std::span<const uint32_t> codes;  // 0xFFFFFFFF = missing
  std::span<const std::string_view> dictionary;
  std::span<const uint8_t> booleans;
  std::span<const uint8_t> present;  // a byte a row, 0 = missing; empty = all present
};

// Result of an evaluation, a value a row, by the program's type.
struct Values {
  Type type = Type::boolean;
  std::vector<uint8_t> booleans;
  std::vector<double> numbers;
  std::vector<int32_t> days;
  std::vector<std::string> texts;
  std::vector<uint8_t> present;  // 0 = missing (a missing boolean is false)
  std::vector<uint8_t> failed;   // 1 = not computable: division by zero, overflow
};

class Program {
 public:
  ~Program();
  Program(Program&&) noexcept;
  Program& operator=(Program&&) noexcept;

  Type type() const;
  // Names of the fields that it reads, each once, in order of appearance: the inputs of evaluate().
  const std::vector<std::string>& fields() const;
  // `columns` parallel to fields(), each with `rows` rows. Const and re-entrant.
  Values evaluate(std::span<const ColumnView> columns, size_t rows) const;

  struct Code;
  explicit Program(std::unique_ptr<Code> code);

 private:
  std::unique_ptr<Code> code_;
};

// Bytes [begin, end) of an expression's text.
struct Range {
  size_t begin = 0;
  size_t end = 0;
};

// Where a part of an expression stands in the file that holds it.
using PlaceOf = std::function<SourceSpan(Range)>;

// Compiles `text`. Problems go to `diagnostics` (code bad-expression), each where `place_of` says. `wanted`: the type
// it must have, none = any. At most 4 KiB of text, nested at most 64 deep. `suggester`: its budget is shared by what is
// compiled with it.
std::optional<Program> compile(std::string_view text, const Schema& schema, std::optional<Type> wanted,
                               const PlaceOf& place_of, Diagnostics& diagnostics, Suggester& suggester);
// The same for a text that stands as it is, its first character at `where`.
std::optional<Program> compile(std::string_view text, const Schema& schema, std::optional<Type> wanted,
                               const SourceSpan& where, Diagnostics& diagnostics);

}  // namespace hr::expr
