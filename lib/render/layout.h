// Which columns of a table fit a terminal, and how wide each may be. Pure arithmetic over widths.
#pragma once

#include <cstddef>
#include <vector>

namespace hr::render {

inline constexpr size_t kGutter = 2;     // blanks between columns
inline constexpr size_t kNarrowest = 8;  // no text column is cut below this

struct ColumnExtent {
  size_t width = 0;         // what its heading and cells take
  bool may_drop = false;    // goes first, from the right
  bool may_shrink = false;  // text: can be cut
  bool dropped = false;
};

size_t total_width(const std::vector<ColumnExtent>& columns);
// Makes the columns fit `available` (0 = no limit): drops those that may be dropped, from the right, then narrows the
// widest text columns, level by level. What still does not fit stays too wide: numbers are never cut.
void fit_columns(std::vector<ColumnExtent>& columns, size_t available);

}  // namespace hr::render
