// The objectives of one cycle, from definition files and imported tables together, with their check-ins.
#pragma once

#include <span>
#include <string_view>

#include "base/diagnostic.h"
#include "facts/dataset.h"
#include "facts/frame.h"
#include "model/definitions.h"

namespace hr::facts {

struct OkrFrames {
  std::span<const Frame> objectives, key_results, checkins;
};

// What a definition file says stands; imports add to it. A key result whose objective nobody knows makes one for its
// owner. Check-ins up to and with `as_of`.
Okrs build_okrs(const model::Definitions& definitions, const OkrFrames& frames, std::string_view cycle, Date as_of,
                Diagnostics& diagnostics);

}  // namespace hr::facts
