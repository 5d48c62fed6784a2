// Records → rows of a frame: every field typed and checked; a row goes in whole or not at all.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/frame.h"
#include "ingest/column_plan.h"
#include "ingest/records.h"
#include "ingest/values.h"

namespace hr::ingest {

// What is wrong with a row: a message with all its arguments, and the field it lies in (kNoField: the whole row).
struct RowProblem {
  ValueFault fault;
  size_t field = kNoField;
  std::string heading;
  std::string value;
};

// Numbers of a column that came from another scale.
struct Conversions {
  const PlannedColumn* column = nullptr;  // with a mapping that has a scale
  uint64_t count = 0;                     // of accepted rows
  uint32_t first_line = 0;                // of the first of them
  Decimal before, after;                  // its number

  void add(const Conversions& other);
};

// Accepted rows that are in force on no day.
struct EmptySpells {
  uint64_t count = 0;
  uint32_t first_line = 0;

  void add(const EmptySpells& other);
};

class RowReader {
 public:
  // Both live as long as the reader.
  RowReader(const ColumnPlan& plan, model::TableId table, facts::Frame& frame);

  // Appends the record's row (or rows, of a wide file), or says why not.
  std::optional<RowProblem> read(const Record& record);
  // Of a workbook: a cell that is needed and has an error or no value, where no mapping says what that means.
  std::optional<RowProblem> cell_fault(const Record& record) const;
  // The canonical form of a text of columns.[at], which no mapping changes; none when it is not sound.
  std::optional<std::string> canonical(size_t at, std::string_view text, ValueFault& fault) const;
  const EmptySpells& empty_spells() const { return empty_spells_; }
  // Columns of days that a row must have in order; kNoField = not of this table.
  size_t hire() const { return hire_; }
  size_t termination() const { return termination_; }
  size_t from() const { return from_; }
  size_t to() const { return to_; }
  const std::vector<Conversions>& conversions() const { return conversions_; }

 private:
  // A cell that has been read and waits until the whole row is sound.
  struct Cell {
    bool missing = true;
    std::string_view text;  // into the record, `owned_` or a mapping
    Date day;
    Decimal number;
    Decimal written;                      // the number as the file has it, where it was
    const PlannedColumn* from = nullptr;  // converted from the scale of this column
  };

  std::optional<RowProblem> read_cell(const PlannedColumn& column, size_t at, std::string_view raw, Cell& cell);
  bool read_text(const PlannedColumn& column, size_t at, std::string_view text, Cell& cell, ValueFault& fault);
  bool read_decimal(const PlannedColumn& column, std::string_view text, Cell& cell, ValueFault& fault) const;
  bool read_date(const PlannedColumn& column, std::string_view text, Cell& cell, ValueFault& fault) const;
  std::optional<RowProblem> check_sense() const;
  std::optional<RowProblem> problem(const PlannedColumn& column, std::string_view value, ValueFault fault) const;
  static bool convert(const model::ScaleConversion& scale, Cell& cell, ValueFault& fault);
  void count_conversion(const Cell& cell, uint32_t line);
  void append(uint32_t line);
  void append_cell(facts::Column& column, const Cell& cell);

  const ColumnPlan& plan_;
  const model::TableId table_;
  facts::Frame& frame_;
  std::vector<Cell> cells_;         // parallel to plan_.columns
  std::vector<std::string> owned_;  // canonical texts that differ from the file's, by column
  struct Seen {                     // texts that have been checked before, and what they became
    facts::Dictionary raw;
    std::vector<std::string> canonical;
  };
  std::vector<Seen> seen_;                // by column
  std::vector<Conversions> conversions_;  // of columns that are converted, as planned
  size_t hire_ = kNoField, termination_ = kNoField, from_ = kNoField, to_ = kNoField, currency_ = kNoField;
  size_t wide_id_ = kNoField, wide_value_ = kNoField;
  size_t row_columns_ = kNoField;
  EmptySpells empty_spells_;
};

}  // namespace hr::ingest
