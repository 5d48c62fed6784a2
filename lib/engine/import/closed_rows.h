// Rows that come too late: facts, check-ins, feedback and leaves of a cycle that is closed. They are taken, and the
// cycle's result stays what it is.
#pragma once

#include <map>
#include <string>

#include "base/diagnostic.h"
#include "base/period.h"
#include "engine/import/steps.h"
#include "facts/frame.h"

namespace hr::engine {

// A warning `closed-cycle` for each closed cycle that rows of the file say something new about, with how many do.
// `stored`: the table's records as they were before.
Diagnostics rows_of_closed_cycles(const Import& import, const RecordIndex& stored, const facts::Frame& frame,
                                  const std::string& file);
// The same for facts. `news`: facts that say something new, by period; to be asked when they are stored.
Diagnostics facts_of_closed_cycles(const Import& import, const std::map<Period, uint64_t>& news,
                                   const std::string& file);

}  // namespace hr::engine
