// Sums of the numeric columns of an imported file, on both sides: what the file says, and where it has gone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "engine/import/import.h"
#include "engine/import/places.h"

namespace hr::engine {

// Reads the file once more and compares it with what the store has now, under the keys of the rows that were taken; of
// facts, with those rows themselves.
std::vector<ColumnSums> sums_of(const ImportedFile& file, const Reading& reading, store::Store& store);

}  // namespace hr::engine
