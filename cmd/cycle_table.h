// Cycles, and what happened to them and their targets, as tables.
#pragma once

#include <string>
#include <vector>

#include "engine/cycle/cycles.h"
#include "store/store.h"
#include "table/table.h"
#include "viewing.h"

namespace hr::cmd {

table::Table cycle_table(const std::vector<engine::CycleLine>& cycles);

// Steps of cycles and targets that moved after their cycle had begun, oldest first; of one cycle, or of all when it is
// empty; recorded by `known`. With a sight: of targets of single people, units and OKRs those that its viewer may see.
table::Table change_table(store::Store& store, const std::string& cycle, store::Timestamp known,
                          SightOrNone sight = nullptr);

}  // namespace hr::cmd
