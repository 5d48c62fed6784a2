// The org units in force on one day as a tree without circles.
#pragma once

#include <span>
#include <string_view>

#include "base/diagnostic.h"
#include "facts/dataset.h"
#include "facts/frame.h"

namespace hr::facts {

// `of_people` (may be none) and `owners`: units that people and objectives name. One that is not in force that day
// stands as it last was; one that is not listed at all is a root. Circles are diagnosed and cut above the unit whose id
// comes first.
OrgTree build_org_tree(std::span<const Frame> org_units, const Column* of_people,
                       std::span<const std::string_view> owners, Date as_of, Diagnostics& diagnostics);

}  // namespace hr::facts
