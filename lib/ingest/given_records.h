// Rows that are at hand instead of in a file, as records: those that were set aside and are tried again.
#pragma once

#include "ingest/read.h"
#include "ingest/records.h"

namespace hr::ingest {

class GivenRecords final : public RecordSource {
 public:
  explicit GivenRecords(const GivenRows& given) : rows_(given.rows) {}  // which outlives this

  bool next(Record& record) override;
  // The line alone: where the field stood in it nobody knows any more.
  Place place(const Record& record, size_t field) const override;
  uint32_t line() const override { return at_ < rows_.size() ? rows_[at_].line : 0; }

 private:
  const std::vector<GivenRow>& rows_;
  size_t at_ = 0;
};

}  // namespace hr::ingest
