// What `import --suggest` learns of a file in one reading: where its headings are, what stands in its columns, which
// rows below the data are no data.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "ingest/column_profile.h"
#include "ingest/header_guess.h"
#include "ingest/records.h"

namespace hr::ingest {

struct SheetSurvey {
  HeaderGuess header;
  std::vector<ColumnProfile> columns;  // parallel to header.headings
  uint64_t rows = 0;                   // of data
  std::vector<std::string> footers;    // how rows begin that are no data
  std::vector<std::string> left_out;   // the first texts of such rows, some of them
};

// Reads `records` to their end; memory does not grow with the file. `headings`: of a source whose records are data
// only.
SheetSurvey survey(RecordSource& records, const std::vector<std::string>* headings = nullptr);

}  // namespace hr::ingest
