// `report site DIR`: a page for each person and for the head of each unit, with what they may see.
#pragma once

#include <cstdint>
#include <string>

#include "options.h"
#include "session.h"

namespace hr::cmd {

// All of it or nothing. Throws Error(rejected) where there is no run, where the definitions have no `access`, and for a
// folder that something else stands in.
void write_site(const Session& session, store::Store& store, const RunOptions& options, uint32_t min_shown,
                const std::string& folder);

}  // namespace hr::cmd
