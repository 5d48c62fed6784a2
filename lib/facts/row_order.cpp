#include "facts/row_order.h"

namespace hr::facts {

GroupedRows group_rows(std::span<const uint32_t> group_of, size_t groups) {
  GroupedRows out;
  out.begin.assign(groups + 2, 0);
  bool in_order = true;
  uint32_t last = 0;
  for (const uint32_t group : group_of) {
    ++out.begin[group + 2];
    in_order &= group >= last;
    last = group;
  }
  for (size_t g = 2; g < out.begin.size(); ++g) out.begin[g] += out.begin[g - 1];
  if (in_order) {
    out.begin.erase(out.begin.begin());
    return out;
  }
  // begin[g + 1] is where the rows of g begin; placing them moves it to where they end.
  out.order.resize(group_of.size());
  for (uint32_t row = 0; row < group_of.size(); ++row) out.order[out.begin[group_of[row] + 1]++] = row;
  out.begin.pop_back();
  return out;
}

}  // namespace hr::facts
