// A mapping turns the headings and values of a real file into a canonical table (model/imported_table.h).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/diagnostic.h"

namespace hr::model {

// Numbers of one scale into another, in a straight line: the ends of one become the ends of the other.
struct ScaleConversion {
  Decimal from_low, from_high;  // low < high, in both
  Decimal to_low, to_high;

  // What `x` of the first scale is on the second, to nine decimals, half away from zero. None: it has too many digits.
  std::optional<Decimal> convert(Decimal x) const;
  bool covers(Decimal x) const { return from_low <= x && x <= from_high; }
  // Whole numbers at the ends of both, and fewer points on the second: different ratings would become the same.
  bool is_lossy() const;
};

struct ColumnMapping {
  std::string column;  // canonical column, `attr.NAME`, or a KPI id (wide facts), a competency (wide feedback)
  std::vector<std::string> headers;           // the first that the file has
  std::string format;                         // of dates, see base/date.h; empty = ISO
  std::map<std::string, std::string> values;  // 男 → M
  std::string unit;                           // 万元 (×10000), percent (÷100), thousand, …; empty = as is
  std::optional<ScaleConversion> scale;       // of ratings that the file has on another scale
  std::optional<std::string> default_value;   // where the file has no such column, or an empty field
  bool exclusive = false;                     // of `to`: the day after the last
  std::string open;                           // of `to`: the value that says "still in force", 9999-01-01
  SourceSpan span;
};

struct Mapping {
  std::string id;
  std::string table;  // `for:`
  bool wide = false;  // facts: one column per KPI; feedback: one column per competency
  std::vector<ColumnMapping> columns;
  SourceSpan span;
};

// What a mapping's `unit` multiplies by: 万元 → 10000, percent → 0.01. None: no such unit.
std::optional<Decimal> unit_factor(std::string_view unit);
bool is_percent(std::string_view unit);

}  // namespace hr::model
