// A mapping turns the headings and values of a real file into a canonical table (model/imported_table.h).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
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

// What is put right in a field before it is read.
struct Cleaning {
  bool blanks = false;     // of any kind, at the ends and more than one within
  bool width = false;      // full-width letters, digits and punctuation
  bool thousands = false;  // of numbers: 1,234
  bool currency = false;   // of numbers: $ ¥ 元 … before or behind

  bool any() const { return blanks || width || thousands || currency; }
  bool operator==(const Cleaning&) const = default;
};

// One part of a text: 销售部 of 营销中心/销售部.
struct Split {
  std::string by;
  int part = 1;  // from 1; negative: from the end
};

struct ColumnMapping {
  std::string column;  // canonical column, `attr.NAME`, or a KPI id (wide facts), a competency (wide feedback)
  std::vector<std::string> headers;           // the first that the file has
  std::vector<std::string> join;              // headings of fields that are put together, instead
  std::string with;                           // between them
  std::optional<Split> split;                 // of what stands there
  std::optional<Cleaning> clean;              // none: the mapping's
  DateFormats dates;                          // of columns of days and periods
  std::map<std::string, std::string> values;  // 男 → M
  std::string unit;                           // 万元 (×10000), percent (÷100), thousand, …; empty = as is
  std::optional<ScaleConversion> scale;       // of ratings that the file has on another scale
  std::optional<std::string> default_value;   // where the file has no such column, or an empty field
  bool exclusive = false;                     // of `to`: the day after the last
  std::string open;                           // of `to`: the value that says "still in force", 9999-01-01
  SourceSpan span;

  // Whether fields come out other than they stand in the file, but for a default.
  bool changes_fields() const;
};

// Some columns of a sheet.
struct ColumnChoice {
  std::string pattern;                // of headings (RE2, anywhere in them); or
  std::vector<std::string> headings;  // these; or
  std::string from, to;               // the first and the last of some that stand together
};

// Columns of a sheet that give a row each: its heading becomes one field of it, its cell another.
struct Unpivot {
  ColumnChoice columns;
  std::string name, value;  // what columns of the mapping call the heading and the cell
};

struct Mapping {
  std::string id;
  std::string table;                       // `for:`
  bool wide = false;                       // facts: one column per KPI; feedback: one column per competency
  std::string sheet;                       // name or number from 1, of a workbook; empty = the first visible one
  std::string encoding;                    // empty = found out
  char delimiter = 0;                      // 0 = found out
  std::optional<std::vector<int>> header;  // rows of the headings, ascending, from 1; empty: there are none
  int skip = 0;                            // rows below the headings that are no data
  std::vector<std::string> footers;        // how rows below the data begin: 合计
  std::vector<std::string> fill_down;      // headings of columns whose empty fields take the field above
  std::optional<Unpivot> unpivot;
  std::optional<ColumnChoice> drop;  // columns that are not read
  std::vector<std::string> missing;  // fields that say nothing: NA
  Cleaning clean;                    // of all columns
  std::vector<ColumnMapping> columns;
  SourceSpan span;

  // Whether rows are not simply one row of headings and the data below it.
  bool has_layout() const { return header || skip > 0 || !footers.empty() || !fill_down.empty(); }
  // Whether a row of the file may become a row of the table as it is, but for what single columns say.
  bool takes_rows_as_they_are() const { return !has_layout() && !unpivot && missing.empty() && !clean.any(); }
};

// What a mapping's `unit` multiplies by: 万元 → 10000, percent → 0.01. None: no such unit.
std::optional<Decimal> unit_factor(std::string_view unit);
bool is_percent(std::string_view unit);
// A time of day or a duration, HH:MM or HH:MM:SS, that is a number of hours.
bool is_clock(std::string_view unit);
// The hours of such a text, to nine decimals, half away from zero. None: it is none.
std::optional<Decimal> clock_hours(std::string_view text);

}  // namespace hr::model
