// The tables that can be imported: their canonical columns, types and keys. The only list of them: the reader, the
// store, `export`, the help and the docs follow it.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace hr::model {

enum class TableId {
  employees,
  assignments,
  org_units,
  facts,
  targets,
  objectives,
  key_results,
  checkins,
  feedback,
  leaves,
  recognitions,
};
inline constexpr int kTables = 11;

enum class ColumnType {
  id,       // up to 64 characters, no blanks at the ends, no control characters, no ':'
  subject,  // an id, `unit:ID`; in targets also `job:ID`; of objectives and key results also `company`
  text,
  date,      // a day; in files YYYY-MM-DD unless a mapping gives a format
  last_day,  // `to`: in files the last day, inclusive (or exclusive by mapping); held as the day after it
  period,    // 2026-03, 2026Q1, 2026H1, 2026, a day
  decimal,   // exact
  money,     // exact, at most two decimals unless the currency has more; not negative
  count,     // a whole number ≥ 0
  choice,    // one of `choices`
};

struct CanonicalColumn {
  std::string_view name;
  ColumnType type = ColumnType::text;
  bool required = false;          // the column must be there and no field of it empty
  bool key = false;               // part of the natural key: two rows with equal keys are the same record
  std::string_view choices = {};  // separated by '|'
};

struct ImportedTable {
  TableId id;
  std::string_view name;
  std::span<const CanonicalColumn> columns;
  bool keeps_other_columns;  // as attributes, `attr.NAME`
};

// A sheet of a workbook that explains another one and holds no records, in English and Chinese: `template` writes it,
// and import looks for records elsewhere.
inline constexpr std::string_view kExplanationSheets[] = {"Explanation", "填写说明"};

const ImportedTable& imported_table(TableId id);
bool is_organisation(TableId id);  // people, their places and the units
std::span<const ImportedTable> imported_tables();
std::optional<TableId> find_imported_table(std::string_view name);

}  // namespace hr::model
