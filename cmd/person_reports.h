// Reports of one person and one run, as a viewer may see them. All throw Error(rejected) for an employee who is not
// there or not seen.
#pragma once

#include <string>

#include "options.h"
#include "session.h"
#include "store/store.h"
#include "table/table.h"
#include "viewing.h"

namespace hr::cmd {

table::Table scorecard_of(const Session& session, store::Store& store, const RunOptions& options,
                          const std::string& employee, SightOrNone sight);
table::Table advice_of(const Session& session, store::Store& store, const RunOptions& options,
                       const std::string& employee, SightOrNone sight);

}  // namespace hr::cmd
