// Org units in the order in which they are printed, and figures of each with all below it.
#pragma once

#include <cstdint>
#include <vector>

#include "facts/dataset.h"

namespace hr::report {

// Units depth first, siblings by id: what lies below a unit stands right behind it.
struct UnitOrder {
  std::vector<uint32_t> units;   // in printed order
  std::vector<uint32_t> parent;  // by place in that order: the place of the unit above, a lower one; kNone = a root
  std::vector<uint32_t> size;    // by place: how many places the unit and all below it take
  std::vector<uint32_t> place;   // by unit, and last of those without one: the place behind all others

  size_t without_unit() const { return units.size(); }
  uint32_t place_of(uint32_t unit) const { return unit == facts::kNone ? place.back() : place[unit]; }
};
UnitOrder order_units(const facts::OrgTree& tree);

// Figures by place: to each unit's own come those of all below it. add(figure above, figure below).
template <class Figure, class Add>
void roll_up(const UnitOrder& order, std::vector<Figure>& figures, const Add& add) {
  for (size_t i = order.parent.size(); i-- > 0;) {
    if (order.parent[i] != facts::kNone) add(figures[order.parent[i]], figures[i]);
  }
}

}  // namespace hr::report
