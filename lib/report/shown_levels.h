// The levels of groups of people that may be shown: a period at a time, fewer than `min_shown` people are hidden, and
// others with them (small_groups.h).
#pragma once

#include <cstdint>
#include <vector>

#include "model/levels.h"
#include "report/small_groups.h"

namespace hr::report {

struct ShownLevels {
  const model::Levels* of = nullptr;
  std::vector<model::Level> levels;  // those that may be shown
  uint32_t people = 0;               // the most in one period
  Shown shown = Shown::shown;        // not shown: no level may be
};

// In the order of `all`, which outlives them. Groups stand together by figure and kind of period.
std::vector<ShownLevels> shown_levels(const std::vector<model::Levels>& all, uint32_t min_shown);
// Whether a level of any is hidden.
bool any_hidden(const std::vector<ShownLevels>& all);

}  // namespace hr::report
