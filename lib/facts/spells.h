// Spells: the days of each person cut wherever one of their attributes changes, with the attributes of each.
// Rules: docs/spec/time.md.
#pragma once

#include <span>

#include "base/diagnostic.h"
#include "facts/dataset.h"
#include "facts/people.h"

namespace hr::facts {

// Spells::unit is left empty: the org tree gives it. Of the frames only the cells of attributes are taken: their
// columns are empty afterwards.
Spells build_spells(const PeopleRows& people, std::span<Frame> employees, std::span<Frame> assignments, int threads,
                    Diagnostics& diagnostics);

}  // namespace hr::facts
