// What `report dossier` is made of, read from the store.
#pragma once

#include <cstdint>
#include <string>

#include "options.h"
#include "session.h"
#include "viewing.h"

namespace hr::cmd {

// `min_shown`: fewer peers are not shown. Throws Error(rejected) for somebody whom neither records nor runs know (with
// the nearest id). With a sight: of what its viewer may see.
table::Report dossier_of(const Session& session, store::Store& store, const RunOptions& options,
                         const std::string& employee, uint32_t min_shown, SightOrNone sight = nullptr);

}  // namespace hr::cmd
