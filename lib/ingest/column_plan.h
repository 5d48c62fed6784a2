// Which field of a file becomes which column of a table, and how: from a mapping or from the headings alone.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/diagnostic.h"
#include "ingest/heading_fields.h"
#include "ingest/read.h"
#include "ingest/records.h"
#include "model/imported_table.h"
#include "model/mapping.h"

namespace hr::ingest {

// Between which numbers a column lies, whatever the table.
struct Bounds {
  std::string_view column;
  Decimal least;
  std::optional<Decimal> most;
};

// What a column reads of a record.
enum class FieldOf : uint8_t {
  column,           // its own field
  unpivoted_name,   // the heading of each unpivoted column
  unpivoted_value,  // its cell
};

// One of several fields that make a column.
struct FieldPart {
  FieldOf of = FieldOf::column;
  size_t field = kNoField;  // of a column
};

// One column of the frame and where its cells come from.
struct PlannedColumn {
  std::string name;             // canonical, or attr.NAME
  model::CanonicalColumn spec;  // type and choices
  size_t field = kNoField;      // of a record; kNoField: the mapping says what it holds, or columns of a wide file do
  std::string heading;          // as the file has it, for messages
  const model::ColumnMapping* mapping = nullptr;
  FieldOf field_of = FieldOf::column;
  std::vector<FieldPart> joined;  // what is put together; empty = one field alone
  model::Cleaning clean;
  std::optional<Decimal> factor;  // of the mapping's unit
  bool percent = false;
  const Bounds* bounds = nullptr;  // of a number; none: any

  // As people know it.
  const std::string& called() const { return heading.empty() ? name : heading; }
  bool is_id() const { return spec.type == model::ColumnType::id || spec.type == model::ColumnType::subject; }
  bool is_number() const { return facts::storage_of(spec.type) == facts::Storage::decimal; }
};

// A column of a wide file that gives a row of its own: a KPI or a competency.
struct WideColumn {
  std::string id;
  PlannedColumn cell;
};

struct ColumnPlan {
  const model::Mapping* mapping = nullptr;  // none: headings alone
  std::vector<PlannedColumn> columns;  // those that are there: canonical ones in the table's order, then attributes
  std::vector<WideColumn> wide;
  std::vector<size_t> unpivoted;           // fields that give a row each
  std::vector<std::string> unpivot_names;  // their headings
  std::vector<std::string> ignored;        // headings that become nothing
  std::vector<size_t> unnamed;             // fields whose heading is empty
};

// Faults of the header go to `diagnostics`. `place(field)` tells where a heading stands.
ColumnPlan plan_columns(const std::vector<std::string>& headings, const ReadOptions& options, const std::string& file,
                        const std::function<SourceSpan(size_t field)>& place, Diagnostics& diagnostics);

// Whether a column reads this field of a record, and whether one that is a number does.
bool reads(const ColumnPlan& plan, const PlannedColumn& column, size_t field);
bool reads_number(const ColumnPlan& plan, size_t field);

// _line _column _code _reason _surplus: what rejects_csv() adds.
bool is_reject_note(std::string_view heading);

}  // namespace hr::ingest
