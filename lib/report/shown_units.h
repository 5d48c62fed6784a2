// Which units are too small to say anything about, where every unit's figures include all below it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "report/small_groups.h"
#include "report/unit_tree.h"

namespace hr::report {

// By place of `order`, the last one that of people without a unit; `direct`: people of each unit itself. Below each
// unit, its own people and the units right below it are groups of which shown_groups() hides what could be had by
// subtraction; below a hidden unit all are hidden.
std::vector<Shown> shown_units(const UnitOrder& order, std::span<const uint32_t> direct, uint32_t min_shown);

}  // namespace hr::report
