// Findings about who reports to whom.
#pragma once

#include "base/diagnostic.h"
#include "facts/dataset.h"

namespace hr::facts {

// Warns of managers who are not among the people (of the spells in force in the cycle or on the day), and of people
// who report to themselves, directly or in a circle, on the day.
void check_managers(const People& people, const Spells& spells, DateRange cycle, Date as_of, Diagnostics& diagnostics);

}  // namespace hr::facts
