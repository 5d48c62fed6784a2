// Bulk targets by subject and KPI.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "base/diagnostic.h"
#include "facts/dataset.h"
#include "facts/frame.h"

namespace hr::facts {

// The targets in a row of a frame of targets.
TargetRow target_row(const Frame& frame, size_t row);

// Rows of one subject and KPI, made ascending and not overlapping; calls `overlap` for each two rows (as ordered by
// first day, then import) that speak for one day.
std::vector<TargetRow> in_force(std::vector<TargetRow> rows,
                                const std::function<void(const TargetRow& earlier, const TargetRow& later)>& overlap);

// Of one subject and KPI, an open row ends where the next begins; where rows overlap the later begun speaks (warned).
Targets build_targets(std::span<const Frame> frames, const People& people, Diagnostics& diagnostics);

}  // namespace hr::facts
