#include "render/layout.h"

#include <algorithm>

namespace hr::render {

size_t total_width(const std::vector<ColumnExtent>& columns) {
  size_t total = 0;
  size_t shown = 0;
  for (const ColumnExtent& c : columns) {
    if (c.dropped) continue;
    total += c.width;
    ++shown;
  }
  return total + (shown > 1 ? (shown - 1) * kGutter : 0);
}

// Narrows the widest columns to the width of the next widest, or as far as is needed. False when none can give way.
static bool narrow_widest(std::vector<ColumnExtent>& columns, size_t excess) {
  const auto can_give = [](const ColumnExtent& c) { return !c.dropped && c.may_shrink && c.width > kNarrowest; };
  size_t widest = 0;
  for (const ColumnExtent& c : columns) {
    if (can_give(c)) widest = std::max(widest, c.width);
  }
  if (widest == 0) return false;
  size_t next = kNarrowest;
  size_t sharing = 0;
  for (const ColumnExtent& c : columns) {
    if (!can_give(c)) continue;
    if (c.width == widest)
      ++sharing;
    else
      next = std::max(next, c.width);
  }
  const size_t step = std::min(widest - next, (excess + sharing - 1) / sharing);
  size_t left = excess;
  for (ColumnExtent& c : columns) {
    if (!can_give(c) || c.width != widest || left == 0) continue;
    const size_t cut = std::min(step, left);
    c.width -= cut;
    left -= cut;
  }
  return true;
}

void fit_columns(std::vector<ColumnExtent>& columns, size_t available) {
  if (available == 0) return;
  for (size_t i = columns.size(); i-- > 0 && total_width(columns) > available;) {
    if (columns[i].may_drop) columns[i].dropped = true;
  }
  for (size_t total = total_width(columns); total > available; total = total_width(columns)) {
    if (!narrow_widest(columns, total - available)) return;
  }
}

}  // namespace hr::render
