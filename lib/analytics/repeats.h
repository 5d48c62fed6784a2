// Values that repeat although they should not: stuck at one value, a run that two subjects share, a stretch of subjects
// that have the values of the period before. Each is told only where chance would hardly ever make it.
#pragma once

#include "analytics/finding.h"
#include "analytics/series.h"
#include "base/date.h"

namespace hr::analytics {

// Findings are of runs whose last period lies within `told`.
void check_repeats(const Series& series, DateRange told, Findings& findings);

}  // namespace hr::analytics
