// Whose objectives count for whom, and whose facts measure an objective.
#pragma once

#include <cstdint>
#include <vector>

#include "base/diagnostic.h"
#include "facts/dataset.h"
#include "model/plan.h"

namespace hr::scoring {

struct OkrPeople {
  std::vector<uint32_t> own_begin;  // by person into own: objectives that the employee owns, in definition order
  std::vector<uint32_t> own;
  std::vector<uint32_t> unit_begin;  // by unit into of_unit; company objectives belong to the root unit
  std::vector<uint32_t> of_unit;
  std::vector<uint32_t> head_begin;  // by person into headed: units that the person is head of
  std::vector<uint32_t> headed;
  uint32_t root = facts::kNone;  // the root unit; none when there are several
};

OkrPeople find_okr_people(const facts::Dataset& dataset, Diagnostics& diagnostics);

// Objectives of one person, ascending: those owned, and those of units by the plan's policy. `unit`: of the last spell.
void objectives_of(const OkrPeople& people, model::OkrUnits policy, uint32_t person, uint32_t unit,
                   std::vector<uint32_t>& out);

}  // namespace hr::scoring
