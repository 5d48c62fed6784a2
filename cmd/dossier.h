// What `report dossier` is made of, read from the store.
#pragma once

#include <cstdint>
#include <string>

#include "options.h"
#include "session.h"

namespace hr::cmd {

// `min_shown`: fewer peers are not shown. Throws Error(rejected) for somebody whom neither records nor runs know (with
// the nearest id).
table::Report dossier_of(const Session& session, store::Store& store, const RunOptions& options,
                         const std::string& employee, uint32_t min_shown);

}  // namespace hr::cmd
