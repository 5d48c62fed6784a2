// What looks suspicious among facts that just came in: it waits in the review queue, like the rows set aside. Internal
// to import.cpp.
#pragma once

#include "engine/import/steps.h"

namespace hr::engine {

void find_suspicious_facts(const Import& import, ImportOutcome& outcome);

}  // namespace hr::engine
