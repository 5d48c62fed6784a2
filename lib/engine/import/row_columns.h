// Rows that speak of some columns only: in assignments and org units an empty field says that there is nothing, so a
// table of rows from different files needs a column that tells which columns each row had. `export` writes it, `import`
// reads it.
#pragma once

#include <string>
#include <vector>

#include "engine/import/checks.h"
#include "facts/frame.h"
#include "ingest/read.h"

namespace hr::engine {

// The list, ingest::kRowColumns, has names joined by ';', key columns too. Rows whose list names a column that the file
// does not have, or leaves out one that the row has a value for.
std::vector<RowFault> check_row_columns(const facts::Frame& frame, const std::string& file);

// One frame for each set of columns, without the list; the frame itself where there is none.
std::vector<facts::Frame> split_by_row_columns(facts::Frame frame);

}  // namespace hr::engine
