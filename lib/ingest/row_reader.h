// Records → rows of a frame: every field typed and checked; a row goes in whole or not at all.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/exact_sum.h"
#include "facts/frame.h"
#include "ingest/cleansing.h"
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
  // Both live as long as the reader. `keeps_changes`: take_changes() will be asked for.
  RowReader(const ColumnPlan& plan, model::TableId table, facts::Frame& frame, bool keeps_changes);

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
  // Of rows that could not be read, the numbers that could; by column, parallel to the plan's.
  const std::vector<ExactSum>& sums_aside() const { return sums_aside_; }
  const RuleCounts& changes() const { return changes_.counts(); }
  std::vector<CellChange> take_changes() { return changes_.take(); }

 private:
  // A cell that has been read and waits until the whole row is sound.
  struct Cell {
    bool missing = true;
    std::string_view text;  // into the record, `changes_`, `seen_` or a mapping
    Date day;
    Decimal number;
    std::string_view sign;                // of the currency, where a rule has taken it off
    Decimal written;                      // the number as the file has it, where it was
    const PlannedColumn* from = nullptr;  // converted from the scale of this column
  };

  std::string_view text_of(const FieldPart& part, const Record& record, size_t at) const;
  std::string_view text_in(const PlannedColumn& column, const Record& record, size_t at = 0);
  std::string_view split_off(const PlannedColumn& column, std::string_view text);
  bool says_nothing(std::string_view text) const;
  bool reads(const PlannedColumn& column, size_t field) const;
  std::string_view cleaned(const PlannedColumn& column, std::string_view text);
  bool put_right(const PlannedColumn& column, std::string_view& text, Cell& cell, ValueFault& fault);
  std::string_view replaced(const PlannedColumn& column, std::string_view raw, std::string_view text);
  std::optional<RowProblem> read_cell(const PlannedColumn& column, size_t at, std::string_view raw, Cell& cell);
  std::optional<RowProblem> read_typed(const PlannedColumn& column, size_t at, std::string_view text, Cell& cell);
  std::optional<RowProblem> read_unpivoted(const Record& record);
  std::optional<RowProblem> read_wide(const Record& record);
  std::optional<RowProblem> read_own_columns(const Record& record);
  std::optional<RowProblem> read_by_row(const Record& record, size_t at);
  bool is_by_row(size_t at) const;
  void sum_aside(const Record& record);
  bool read_text(const PlannedColumn& column, size_t at, std::string_view text, Cell& cell, ValueFault& fault);
  bool read_new_text(size_t at, std::string_view text, Cell& cell, ValueFault& fault);
  bool read_decimal(const PlannedColumn& column, std::string_view text, Cell& cell, ValueFault& fault);
  bool read_date(const PlannedColumn& column, std::string_view text, Cell& cell, ValueFault& fault);
  std::optional<RowProblem> check_sense() const;
  std::optional<RowProblem> problem(const PlannedColumn& column, std::string_view value, ValueFault fault) const;
  static bool convert(const model::ScaleConversion& scale, Cell& cell, ValueFault& fault);
  void count_conversion(const Cell& cell, uint32_t line);
  void append(uint32_t line);
  void append_cell(facts::Column& column, const Cell& cell);

  const ColumnPlan& plan_;
  const model::TableId table_;
  facts::Frame& frame_;
  std::vector<Cell> cells_;  // parallel to plan_.columns
  Changes changes_;
  struct Seen {  // texts that have been checked before, and what they became
    facts::Dictionary raw;
    std::deque<std::string> canonical;
  };
  struct Sign {  // what the numbers of a column are in
    std::string_view text;
    uint32_t line = 0;
  };
  std::map<const PlannedColumn*, Sign> signs_;
  uint32_t line_ = 0;                     // of the row
  std::vector<Seen> seen_;                // by column
  std::vector<Conversions> conversions_;  // of columns that are converted, as planned
  size_t hire_ = kNoField, termination_ = kNoField, from_ = kNoField, to_ = kNoField, currency_ = kNoField;
  size_t wide_id_ = kNoField, wide_value_ = kNoField;
  size_t row_columns_ = kNoField;
  EmptySpells empty_spells_;
  std::vector<ExactSum> sums_aside_;
};

}  // namespace hr::ingest
