// The org units in force on one day as a tree without circles.
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "facts/dataset.h"
#include "facts/frame.h"

namespace hr::facts {

// `of_people` (may be none) and `owners`: units that people and objectives name. One that is not in force that day
// stands as it last was; one that is not listed at all is a root. Circles are diagnosed and cut above the unit whose id
// comes first. `owners` is asked as late as can be: it may wait for them.
OrgTree build_org_tree(std::span<const Frame> org_units, const Column* of_people,
                       const std::function<std::vector<std::string_view>()>& owners, Date as_of,
                       Diagnostics& diagnostics);

}  // namespace hr::facts
