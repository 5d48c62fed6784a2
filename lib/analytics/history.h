// A fact beside the other facts of its own subject: a wrong sign, a wrong power of ten, a jump.
#pragma once

#include "analytics/finding.h"
#include "analytics/groups.h"
#include "analytics/series.h"
#include "base/date.h"

namespace hr::analytics {

// Where people of one job have facts in each period of a subject, the subject's values are taken relative to their
// medians: what moves with everybody's is no jump. Findings are of periods within `told`.
// `findings` holds what GroupChecks has found: an outlier that is as usual for its subject, and less than usual in a
// period at the end of a subject's facts, are dropped from it.
void check_history(const Series& series, const GroupMedians& medians, DateRange told, Findings& findings);

}  // namespace hr::analytics
