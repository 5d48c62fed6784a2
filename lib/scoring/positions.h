// Who stands where: the rated people of a run in the order of the figure that bands and ranks compare.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "model/result.h"
#include "scoring/distribution.h"
#include "scoring/rank.h"
#include "scoring/state.h"

namespace hr::scoring {

// The official figure, or with `band_on: exact` the exact one. Of a rated result only.
Figure compared_figure(const Scorer::State& state, uint32_t person, const model::PersonResult& result);

// The rated people by group (`key`: a plan's rank_by, or a distribution's group_by) and figure, best first; of one plan
// only, where one is given.
std::vector<Ranked> rank_by(const Scorer::State& state, const std::string& key,
                            std::span<const model::PersonResult> results, uint32_t only_plan = kNoPlan);

// The plan's rank_by, else its distribution's group, else the run.
const std::string& rank_group_by(const model::Plan& plan);

// The worse of the band of a place and what a veto allows.
uint32_t band_by_place(const PlanRules& plan, const Place& place, const model::PersonResult& result);

// By person, where each stands.
struct Scorer::Standings {
  std::vector<Ranked> rank;  // by person; of size 0: has no rank
  std::vector<Place> place;  // by person; of size 0: is in no distribution
};

}  // namespace hr::scoring
