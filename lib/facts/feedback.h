// Feedback responses and leaves, grouped by person.
#pragma once

#include <span>
#include <vector>

#include "base/diagnostic.h"
#include "facts/dataset.h"
#include "facts/frame.h"

namespace hr::facts {

// Responses dated within `days`, and those without a date; rows without a rating are left out. Of one person in order
// of import.
Feedback build_feedback(std::span<const Frame> frames, const People& people, DateRange days, Diagnostics& diagnostics);

// Ascending by from within a person; empty when nobody has any.
std::vector<std::vector<Leave>> build_leaves(std::span<const Frame> frames, const People& people,
                                             Diagnostics& diagnostics);

}  // namespace hr::facts
