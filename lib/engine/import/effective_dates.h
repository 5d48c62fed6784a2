// From which day on rows about employees hold: their column effective_date, or an option of the import.
#pragma once

#include <optional>
#include <vector>

#include "base/date.h"
#include "engine/import/places.h"
#include "facts/frame.h"

namespace hr::engine {

// Takes the column effective_date out of the frame, and sets rows aside of which it is no day. By row that is left;
// none where nobody says.
std::vector<std::optional<Date>> take_effective_dates(ImportedFile& file, facts::Frame& frame,
                                                      const ImportRequest& request, const Reading& reading);

}  // namespace hr::engine
