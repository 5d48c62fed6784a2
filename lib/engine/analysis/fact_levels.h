// Facts of people, period by period: what trends and steadiness are computed from.
#pragma once

#include <string>
#include <vector>

#include "base/date.h"
#include "facts/dataset.h"
#include "model/levels.h"
#include "store/store.h"

namespace hr::engine {

struct FactLevelsRequest {
  std::vector<std::string> kpis;  // empty = all
  std::string attribute;          // as spells name it; empty: everybody is one group
  Date as_of;                     // periods that end after it are left out
  store::Timestamp known = store::kNow;
};

// By KPI, kind of period, group. A person's group is that of the last spell that meets the period; facts of periods in
// which the person has no spell, and of org units, are left out. `people`: load_organisation().
std::vector<model::Levels> fact_levels(store::Store& store, const facts::Dataset& people,
                                       const FactLevelsRequest& request);
// The facts of one subject; its name is the group. `attribute` means nothing.
std::vector<model::Levels> fact_levels_of(store::Store& store, const std::string& subject,
                                          const FactLevelsRequest& request);

}  // namespace hr::engine
