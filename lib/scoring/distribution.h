// Forced distribution (强制分布): bands by position instead of by score, step 9 of the fixed order.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "scoring/rank.h"
#include "scoring/rules.h"

namespace hr::scoring {

// Splits `n` places by `shares` (of any total above 0) so that the parts add up: each gets its whole part, what is left
// goes one by one to the largest remainders, of equal ones to the first (Hamilton's method).
std::vector<uint32_t> largest_remainder(uint32_t n, std::span<const Figure> shares);

// Where somebody stands in a group and which band that place gives.
struct Place {
  uint32_t person = 0;
  uint32_t group = 0;
  uint32_t size = 0;   // rated people in the group
  uint32_t first = 0;  // places of the block of equal scores, 1 = best
  uint32_t last = 0;
  uint32_t band = 0;  // index into the scale, as written; kNoBand: the group is too small, absolute bands stay
  bool tied = false;  // the block lies across a line
};

// The places that each band has among `n` people, best band first.
struct BandPlaces {
  uint32_t band = 0;
  uint32_t places = 0;
};
std::vector<BandPlaces> band_places(const PlanRules& plan, uint32_t n);

// The place of those who have the places first to last of a group of `size`; of no person and group.
Place place_block(const PlanRules& plan, uint32_t size, uint32_t first, uint32_t last);

// `ranked`: the rated people of one plan, as rank_people() leaves them.
std::vector<Place> place_people(const PlanRules& plan, std::span<const Ranked> ranked);

}  // namespace hr::scoring
