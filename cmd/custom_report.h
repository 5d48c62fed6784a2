// `report custom FILE`: a report that its file describes, as a viewer may see it.
#pragma once

#include <cstdint>
#include <string>

#include "options.h"
#include "session.h"
#include "store/store.h"
#include "table/table.h"
#include "viewing.h"

namespace hr::cmd {

// What is wrong with the file is printed; throws Error(rejected) when that leaves no report.
table::Table custom_of(const Session& session, store::Store& store, const std::string& path, const RunOptions& options,
                       uint32_t min_shown, SightOrNone sight);

}  // namespace hr::cmd
