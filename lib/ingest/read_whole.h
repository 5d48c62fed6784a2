// A file that is in memory as a whole, read one record after the other: the plain twin of reading in pieces, and what
// tells the fault of a file that cannot be read in pieces.
#pragma once

#include <optional>
#include <string_view>

#include "ingest/column_plan.h"
#include "ingest/read.h"
#include "ingest/table_reader.h"
#include "ingest/text_file.h"

namespace hr::ingest {

ReadResult read_whole(const TextFile& file);

// A fault of a text as a whole: one of its beginning, a NUL byte, another encoding from some place on. `bytes`: all of
// it, or its beginning.
std::optional<Diagnostic> text_fault(const TextFile& file, std::string_view bytes);

// What is known of a file before its first row. `bytes`: at least to the end of its header. False when it has errors.
bool read_header(const Opened& opened, std::string_view bytes, const ReadOptions& options, ColumnPlan& plan,
                 ReadResult& result);

}  // namespace hr::ingest
