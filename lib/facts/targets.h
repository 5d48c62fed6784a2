// Bulk targets by subject and KPI.
#pragma once

#include <span>

#include "base/diagnostic.h"
#include "facts/dataset.h"
#include "facts/frame.h"

namespace hr::facts {

// Of one subject and KPI, an open row ends where the next begins; where rows overlap the later begun speaks (warned).
Targets build_targets(std::span<const Frame> frames, const People& people, Diagnostics& diagnostics);

}  // namespace hr::facts
