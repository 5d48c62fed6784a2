// What a mapping says beside a row of which record the row is: the month that a whole sheet is about, a KPI. Two rows
// that say the same are the same row only where this is the same too.
#pragma once

#include <string>
#include <string_view>

#include "model/mapping.h"

namespace hr::ingest {

// Defaults, and years and months of formats that have none, of the table's key columns, as one text. Empty: nothing, as
// without a mapping.
std::string given_by(const model::Mapping* mapping);

// The mapping as it was when it gave this: somebody may have written the next month into it since.
model::Mapping as_given(model::Mapping mapping, std::string_view given);

}  // namespace hr::ingest
