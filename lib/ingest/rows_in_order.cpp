#include "ingest/rows_in_order.h"

#include <algorithm>

namespace hr::ingest {

RowsInOrder::RowsInOrder(std::unique_ptr<RecordSource> sheet, SourceSpan at)
    : sheet_(std::move(sheet)), span_(std::move(at)) {
  Record record;
  while (sheet_->next(record)) {
    Row row{record.line, record.fields.size(), {}, record.fault, record.fault_args, record.cell_faults};
    for (size_t i = 0; i < record.fields.size(); ++i) {
      if (!record.fields[i].empty()) row.filled.emplace_back(i, record.fields[i]);
    }
    rows_.push_back(std::move(row));
  }
  std::ranges::stable_sort(rows_, {}, &Row::line);
}

bool RowsInOrder::next(Record& record) {
  if (at_ == rows_.size()) return false;
  const Row& row = rows_[at_++];
  record.reset(row.line, 0);
  record.fields.resize(std::max(row.width, rows_.front().width));
  for (const auto& [field, text] : row.filled) record.fields[field] = text;
  record.cell_faults = row.cell_faults;
  if (row.fault.empty()) return true;
  record.set_fault(row.fault, row.line, 0);
  record.fault_args = row.fault_args;
  return true;
}

Diagnostics RowsInOrder::findings() const {
  Diagnostics found = sheet_->findings();
  const auto twice = std::ranges::adjacent_find(rows_, {}, &Row::line);
  if (twice != rows_.end()) found.push_back(make_error("bad-workbook/row-order", span_, {std::to_string(twice->line)}));
  return found;
}

bool rows_ascend(RecordSource& sheet) {
  Record record;
  for (uint32_t last = 0; sheet.next(record); last = record.line) {
    if (record.line <= last) return false;
  }
  return true;
}

}  // namespace hr::ingest
