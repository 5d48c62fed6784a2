// Which columns of a table fit a terminal, how wide each is, and what stands below its row instead. Pure arithmetic
// over widths; the steps and why they are these: docs/decisions/0002-tables.md.
#pragma once

#include <cstddef>
#include <vector>

#include "table/table.h"

namespace hr::render {

inline constexpr size_t kGutter = 2;     // blanks between columns
inline constexpr size_t kNarrowest = 8;  // no text is narrower

struct ColumnExtent {
  size_t cells = 0;    // what its widest cell takes
  size_t heading = 0;  // its heading on one line
  size_t word = 0;     // the longest word of the heading, for where it is broken
  table::Show show = table::Show::main;
  bool text = false;    // may be wrapped; numbers and days never are
  bool below = false;   // may stand below its row
  bool sparse = false;  // and is blank in most rows: goes there before other columns are left out

  enum class Place { column, below, left_out };
  Place place = Place::column;
  size_t width = 0;
};

// Of the columns that are side by side, with the blanks between them.
size_t total_width(const std::vector<ColumnExtent>& columns);

// Sets place and width of each. `available` 0 = no limit. Keys are narrowed last of all: their cells are then printed
// whole, on a line of their own.
void fit_columns(std::vector<ColumnExtent>& columns, size_t available);

}  // namespace hr::render
