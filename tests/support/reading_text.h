// All that was read of a file, as text: two ways of reading it must give the same.
#pragma once

#include <string>

#include "facts/frame.h"
#include "ingest/read.h"

namespace hr::tests {

// Column by column, with codes.
std::string frame_text(const facts::Frame& frame);
// The frame is left out where it has errors, or without `with_rows`.
std::string reading_text(const ingest::ReadResult& result, bool with_rows = true);

}  // namespace hr::tests
