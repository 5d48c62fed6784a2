// Where everybody stands on one day, and who stands below whom: what rules of access go by.
#pragma once

#include <cstdint>
#include <vector>

#include "base/date.h"
#include "facts/dataset.h"

namespace hr::access {

// People stand where their spell in force says, else where the last one before the day said, else the first after it:
// somebody who has left still has a unit and a manager to be seen by.
class Positions {
 public:
  // Keeps a reference. Needs of the spells' columns manager_id.
  Positions(const facts::Dataset& organisation, Date day);

  const facts::Dataset& organisation() const { return organisation_; }
  Date day() const { return day_; }
  uint32_t spell_of(uint32_t person) const { return spells_[person]; }  // kNone: has none
  uint32_t unit_of(uint32_t person) const;                              // kNone: has none
  bool in_service(uint32_t person) const;                               // a spell is in force on the day
  std::vector<uint32_t> reports_of(uint32_t person) const;   // direct and indirect; in a circle also the person
  std::vector<uint32_t> units_within(uint32_t unit) const;   // the unit and all below it
  std::vector<uint32_t> people_within(uint32_t unit) const;  // of the unit and all below it

 private:
  // Numbers by number: those of n are below[begin[n]] … below[begin[n + 1]].
  struct Tree {
    std::vector<uint32_t> begin, below;
  };
  static Tree tree_of(const std::vector<uint32_t>& above, size_t numbers);
  static std::vector<uint32_t> all_below(const Tree& tree, uint32_t from);

  const facts::Dataset& organisation_;
  Date day_;
  std::vector<uint32_t> spells_;
  Tree reports_, units_, people_;  // people by manager, units by parent, people by unit
};

}  // namespace hr::access
