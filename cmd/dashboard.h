// `report dashboard [UNIT]`: what it is made of, from the store.
#pragma once

#include <cstdint>
#include <string>

#include "options.h"
#include "session.h"
#include "store/store.h"
#include "table/table.h"
#include "viewing.h"

namespace hr::cmd {

// Of one run, scored again, as a viewer may see it. Throws Error(rejected) when there is no such unit (with the nearest
// one).
table::Report dashboard_of(const Session& session, store::Store& store, const store::Run& run, const std::string& unit,
                           uint32_t min_shown, SightOrNone sight);

}  // namespace hr::cmd
