// What one viewer may see of whom. Pure. Rules: docs/spec/access.md.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/positions.h"
#include "base/date.h"
#include "model/access.h"

namespace hr::access {

struct Sight {
  std::string viewer;
  Date day;                                                        // that positions are of
  model::AccessFields everybody;                                   // seen of anybody, whether records know them or not
  std::map<std::string, model::AccessFields, std::less<>> people;  // beyond that, by employee
  std::map<std::string, model::AccessFields, std::less<>> units;   // likewise, by unit: as of()

  model::AccessFields of(std::string_view employee) const;
  // Of what a unit has of its own, objectives and facts: what is seen of somebody in it or below it.
  model::AccessFields of_unit(std::string_view unit) const;
  bool sees_nobody() const { return !everybody.any() && people.empty(); }
};

// `holds`: by rule, whether its condition holds for the viewer, a person of the positions.
Sight sight_of(const std::vector<model::AccessRule>& rules, std::span<const uint8_t> holds, const Positions& positions,
               uint32_t viewer);

// Of a sight what is of a unit and all below it: of its people, its objectives and facts.
Sight within(const Sight& sight, const Positions& positions, uint32_t unit);

}  // namespace hr::access
