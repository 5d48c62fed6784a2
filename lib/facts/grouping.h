// What people are ranked or distributed within: an attribute of their last spell, the unit at a level, or the whole
// run.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "facts/dataset.h"

namespace hr::facts {

// The last spell with a day in the cycle, up to as-of if any lies there; kNone when the person has no day in it.
uint32_t last_spell(const Dataset& dataset, uint32_t person);

// `group_by`: a column of the spells, unit_level_N (the ancestor at depth N, the root being 1), or empty: the whole
// run. One number a person, of their `last_spell` (kNone: no group of its own); equal numbers = same group.
std::vector<uint32_t> group_people(const Dataset& dataset, const std::vector<uint32_t>& last_spell,
                                   const std::string& group_by, int threads = 1);
// The same for each spell, as codes into `labels`, which gets the names of groups that it lacks; kMissingCode where the
// label would be empty. Empty = the whole run.
std::vector<uint32_t> group_codes(const Dataset& dataset, const std::string& group_by, SharedDictionary& labels);
// The group of a spell as people call it; empty for the whole run, and where the value is missing.
std::string group_label(const Dataset& dataset, uint32_t spell, const std::string& group_by);

}  // namespace hr::facts
