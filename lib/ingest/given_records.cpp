#include "ingest/given_records.h"

namespace hr::ingest {

bool GivenRecords::next(Record& record) {
  if (at_ == rows_.size()) return false;
  const GivenRow& row = rows_[at_++];
  record.reset(row.line, 0);
  record.fields.assign(row.fields.begin(), row.fields.end());
  return true;
}

Place GivenRecords::place(const Record& record, size_t) const {
  return {record.line, 0, 0};
}

}  // namespace hr::ingest
