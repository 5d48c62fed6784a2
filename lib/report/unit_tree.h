// The order in which a tree of units is printed, and what belongs to each unit with all below it.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "facts/dataset.h"

namespace hr::report {

// Units depth first, siblings by id: a unit and all below it stand side by side.
struct UnitOrder {
  std::vector<uint32_t> units;  // in printed order
  std::vector<uint32_t> size;   // by place in that order: how many places the unit and all below it take
};
UnitOrder order_units(const facts::OrgTree& tree);

// Items (spells, rows of a run) by unit, so that those of a unit and all below it are one stretch.
class UnitMembers {
 public:
  // `unit` of each item; kNone = in no unit.
  UnitMembers(const UnitOrder& order, std::span<const std::pair<uint32_t, uint32_t>> unit_and_item, size_t units);

  std::span<const uint32_t> within(size_t place, size_t size) const { return stretch(place, place + size); }
  std::span<const uint32_t> direct(size_t place) const { return stretch(place, place + 1); }
  std::span<const uint32_t> without_unit() const { return stretch(begin_.size() - 2, begin_.size() - 1); }

 private:
  std::span<const uint32_t> stretch(size_t from, size_t to) const {
    return {items_.data() + begin_[from], begin_[to] - begin_[from]};
  }

  std::vector<size_t> begin_;  // by place; one more place for items without a unit, and one past the end
  std::vector<uint32_t> items_;
};

}  // namespace hr::report
