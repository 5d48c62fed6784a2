// The rows of a sheet by their numbers, where its file has them in another order: some programs write them so.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ingest/records.h"

namespace hr::ingest {

class RowsInOrder final : public RecordSource {
 public:
  // Keeps all rows of `sheet`, whose records come in any order. `at`: the sheet, for its findings.
  RowsInOrder(std::unique_ptr<RecordSource> sheet, SourceSpan at);

  // As XlsxRecords: as many fields as the first one, or more.
  bool next(Record& record) override;
  Place place(const Record& record, size_t field) const override { return sheet_->place(record, field); }
  uint32_t line() const override { return at_ < rows_.size() ? rows_[at_].line : 0; }
  Diagnostics findings() const override;

 private:
  struct Row {
    uint32_t line = 0;
    size_t width = 0;
    std::vector<std::pair<size_t, std::string>> filled;  // field and text; most of a wide row may be empty
    std::string_view fault;
    std::vector<std::string> fault_args;
    std::vector<CellFault> cell_faults;
  };

  std::unique_ptr<RecordSource> sheet_;
  const SourceSpan span_;
  std::vector<Row> rows_;
  size_t at_ = 0;
};

// Whether the rows that are left ascend.
bool rows_ascend(RecordSource& sheet);

}  // namespace hr::ingest
