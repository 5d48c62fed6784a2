// Records → rows of a frame: every field typed and checked; a row goes in whole or not at all.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/exact_sum.h"
#include "facts/frame.h"
#include "ingest/cell_reader.h"
#include "ingest/column_plan.h"
#include "ingest/records.h"

namespace hr::ingest {

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
  const CellReader& cells() const { return reader_; }
  const EmptySpells& empty_spells() const { return empty_spells_; }
  // Columns of days that a row must have in order; kNoField = not of this table.
  size_t hire() const { return hire_; }
  size_t termination() const { return termination_; }
  size_t from() const { return from_; }
  size_t to() const { return to_; }
  const std::vector<Conversions>& conversions() const { return conversions_; }
  // Of rows that could not be read, the numbers that could; by column, parallel to the plan's.
  const std::vector<ExactSum>& sums_aside() const { return sums_aside_; }
  const RuleCounts& changes() const { return reader_.texts().changes().counts(); }
  std::vector<CellChange> take_changes() { return reader_.texts().changes().take(); }

 private:
  std::optional<RowProblem> read_unpivoted(const Record& record);
  std::optional<RowProblem> read_wide(const Record& record);
  std::optional<RowProblem> read_own_columns(const Record& record, size_t& at);
  std::optional<RowProblem> read_by_row(const Record& record, size_t at);
  bool is_by_row(size_t at) const;
  void sum_aside(const Record& record, size_t faulty);
  std::optional<RowProblem> check_sense() const;
  void count_conversion(const Cell& cell, uint32_t line);
  void append(uint32_t line);
  void append_cell(facts::Column& column, const Cell& cell);

  const ColumnPlan& plan_;
  facts::Frame& frame_;
  std::vector<Cell> cells_;  // parallel to plan_.columns
  CellReader reader_;
  std::vector<Conversions> conversions_;  // of columns that are converted, as planned
  size_t hire_ = kNoField, termination_ = kNoField, from_ = kNoField, to_ = kNoField, currency_ = kNoField;
  size_t wide_id_ = kNoField, wide_value_ = kNoField;
  size_t row_columns_ = kNoField;
  EmptySpells empty_spells_;
  std::vector<ExactSum> sums_aside_;
};

}  // namespace hr::ingest
