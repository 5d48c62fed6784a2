// Rows again as they stand in their file, for findings of later steps. Internal to ingest.
#pragma once

#include <string>
#include <vector>

#include "ingest/pieces.h"
#include "ingest/read.h"
#include "ingest/records.h"

namespace hr::ingest {

class RawRows {
 public:
  // `wanted` ascends by line and lives as long as this.
  RawRows(const std::string& file, const std::vector<RowPlace>& wanted);

  // Those that lie in this piece of a CSV file. Threads may look through different pieces at once.
  void find_in(const Piece& piece, char delimiter);
  // Those among records from here on.
  void find(RecordSource& records);
  std::vector<RawRow> take() { return std::move(rows_); }

 private:
  size_t find(const RecordSource& records, const Record& record, size_t i);

  const std::string& file_;
  const std::vector<RowPlace>& wanted_;
  std::vector<RawRow> rows_;
};

}  // namespace hr::ingest
