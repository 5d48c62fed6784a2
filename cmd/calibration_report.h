// `report calibration`: bands before and after, group by group.
#pragma once

#include <cstdint>
#include <string>

#include "options.h"
#include "session.h"
#include "store/store.h"
#include "table/table.h"

namespace hr::cmd {

struct CalibrationOptions {
  std::string by, favourable;  // as written; empty = not given
  uint32_t min_shown = 0;
};
// Throws Error(rejected) where a run has no bands, Error(usage) for a band that none of its scales has.
table::Table calibration_of(const Session& session, store::Store& store, const RunOptions& options,
                            const CalibrationOptions& asked);

}  // namespace hr::cmd
