#include <algorithm>

#include "ingest/column_plan.h"
#include "ingest/read.h"
#include "ingest/row_reader.h"

namespace hr::ingest {

static bool is_key(model::TableId table, const std::string& column) {
  const auto& columns = model::imported_table(table).columns;
  return std::any_of(columns.begin(), columns.end(),
                     [&](const model::CanonicalColumn& c) { return c.key && c.name == column; });
}

facts::Frame read_keys(const std::string& file, const ReadOptions& options) {
  Diagnostics ignored;  // whoever read the file has told them
  ColumnPlan plan = plan_columns(
      options.given->headings, options, file,
      [&](size_t) {
        return SourceSpan{file, 0, 0, 0};
      },
      ignored);
  facts::Frame frame;
  if (has_errors(ignored) || !plan.wide.empty() || !plan.unpivoted.empty()) return frame;
  std::erase_if(plan.columns, [&](const PlannedColumn& c) { return !is_key(options.table, c.name); });
  for (const PlannedColumn& planned : plan.columns) {
    frame.columns.emplace_back();
    frame.columns.back().name = planned.name;
    frame.columns.back().storage = facts::storage_of(planned.spec.type);
  }
  RowReader reader(plan, options.table, frame, false);
  Record record;
  for (size_t i = 0; i < options.given->rows.size(); ++i) {
    const std::vector<std::string>& fields = options.given->rows[i].fields;
    record.reset(static_cast<uint32_t>(i), 0);
    record.fields.assign(fields.begin(), fields.end());
    reader.read(record);
  }
  return frame;
}

}  // namespace hr::ingest
