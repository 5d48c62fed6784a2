// The text of a field → a typed and checked cell of one column, or what is wrong with it.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/frame.h"
#include "ingest/column_plan.h"
#include "ingest/field_texts.h"
#include "ingest/values.h"

namespace hr::ingest {

// What is wrong with a row: a message with all its arguments, and the field it lies in (kNoField: the whole row).
struct RowProblem {
  ValueFault fault;
  size_t field = kNoField;
  std::string heading;
  std::string value;
};

// A fault of this column's value; the value and what the column is called become its first arguments.
RowProblem problem_of(const PlannedColumn& column, std::string_view value, ValueFault fault);

// A cell that has been read and waits until the whole row is sound.
struct Cell {
  bool missing = true;
  std::string_view text;  // into the record, the reader or a mapping; until the next row begins
  Date day;
  Decimal number;
  std::string_view sign;                // of the currency, where a rule has taken it off
  Decimal written;                      // the number as the file has it, where it was
  const PlannedColumn* from = nullptr;  // converted from the scale of this column
};

class CellReader {
 public:
  // The plan lives as long as the reader. `keeps_changes`: see FieldTexts.
  CellReader(const ColumnPlan& plan, model::TableId table, bool keeps_changes);

  // `column`: plan.columns[at], or one of a wide file that gives its cells.
  std::optional<RowProblem> read(const PlannedColumn& column, size_t at, std::string_view raw, Cell& cell);
  // The canonical form of a text of the column, which no mapping changes; none when it is not sound.
  std::optional<std::string> canonical(const PlannedColumn& column, std::string_view text, ValueFault& fault) const;

  FieldTexts& texts() { return texts_; }
  const FieldTexts& texts() const { return texts_; }

 private:
  struct Seen {  // texts that have been checked before, and what they became
    facts::Dictionary raw;
    std::deque<std::string> canonical;
  };

  std::optional<RowProblem> read_typed(const PlannedColumn& column, size_t at, std::string_view text, Cell& cell);
  bool read_text(const PlannedColumn& column, size_t at, std::string_view text, Cell& cell, ValueFault& fault);
  bool read_new_text(const PlannedColumn& column, size_t at, std::string_view text, Cell& cell, ValueFault& fault);
  bool read_decimal(const PlannedColumn& column, std::string_view text, Cell& cell, ValueFault& fault);
  bool read_date(const PlannedColumn& column, std::string_view text, Cell& cell, ValueFault& fault);

  const model::TableId table_;
  FieldTexts texts_;
  std::vector<Seen> seen_;  // by column
};

}  // namespace hr::ingest
