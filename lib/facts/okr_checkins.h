// Check-ins by the key results and milestones that they are of.
#pragma once

#include <span>
#include <vector>

#include "base/diagnostic.h"
#include "facts/dataset.h"
#include "facts/frame.h"

namespace hr::facts {

// What is known of a name that check-ins may be of. Ascending: the more is known, the greater.
enum class Known : uint8_t {
  nowhere,
  elsewhere,  // a key result of another cycle
  here,       // a key result, or a milestone of one, of the cycle
};

// Fills the check-ins up to and with `as_of`. `known`: by name of okrs.key_result_names. What is of nothing is warned
// of, each name once.
void add_checkins(std::span<const Frame> frames, std::span<const Known> known, Date as_of, Okrs& okrs,
                  Diagnostics& diagnostics);

}  // namespace hr::facts
