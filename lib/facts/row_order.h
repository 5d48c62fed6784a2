// Rows that belong to groups, brought together.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace hr::facts {

struct GroupedRows {
  std::vector<uint32_t> begin;  // those of group g are [begin[g], begin[g + 1]) once they are in order
  std::vector<uint32_t> order;  // the row that comes at each place; empty: all are there already

  uint32_t at(uint32_t place) const { return order.empty() ? place : order[place]; }
};

// Rows of one group keep their order. `group_of`: of each row, less than `groups`.
GroupedRows group_rows(std::span<const uint32_t> group_of, size_t groups);

// What is at order[i] comes to i; an empty order leaves all as it is.
template <class Vector>
void rearrange(Vector& values, std::span<const uint32_t> order) {
  if (order.empty()) return;
  Vector out;
  out.reserve(order.size());
  for (const uint32_t row : order) out.push_back(values[row]);
  values.swap(out);
}

}  // namespace hr::facts
