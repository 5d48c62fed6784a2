// The objectives of one cycle, from definition files and imported tables together, with their check-ins.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "facts/dataset.h"
#include "facts/frame.h"
#include "model/definitions.h"

namespace hr::facts {

// The imported tables, read when they are wanted, each once.
struct OkrTables {
  std::function<std::vector<Frame>()> objectives;
  std::function<void(const TakeRows&)> key_results, checkins;
};

// What a definition file says stands; imports add to it. A key result whose objective nobody knows makes one for its
// owner. Check-ins up to and with `as_of`. Who of the people owns them is left open.
Okrs build_okrs(const model::Definitions& definitions, const OkrTables& tables, std::string_view cycle, Date as_of,
                int threads, Diagnostics& diagnostics);
// owner_person of all objectives.
void find_owners(Okrs& okrs, const People& people);

}  // namespace hr::facts
