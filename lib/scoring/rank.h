// Ranks and percentiles over everybody who is rated.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/result.h"

namespace hr::scoring {

// What ranks compare: the official figure, or the exact one. Competition ranks (1 2 2 4) among `people` of each group.
struct Ranked {
  uint32_t person = 0;
  uint32_t group = 0;
  Figure figure;
  uint32_t rank = 0;
  uint32_t size = 0;  // of its group
};
// Sorts by group, then figure, best first, then person.
void rank_people(std::vector<Ranked>& people, int threads);
Figure percentile_of(uint32_t rank, uint32_t size);

}  // namespace hr::scoring
