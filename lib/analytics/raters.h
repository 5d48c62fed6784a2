// Raters who give everybody the same.
#pragma once

#include "analytics/finding.h"
#include "base/date.h"
#include "facts/dataset.h"

namespace hr::analytics {

// `feedback`: what counts is in it. Finding::subject is the code of the rater.
void check_raters(const facts::Feedback& feedback, Findings& findings);

}  // namespace hr::analytics
