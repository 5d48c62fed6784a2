// The columns of a table as a terminal prints them: cells escaped, points in line, and which of them stand where.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "i18n/message.h"
#include "render/layout.h"
#include "table/table.h"

namespace hr::render {

using Lines = std::vector<std::string>;

struct PrintedColumn {
  std::string heading;
  Lines cells;
  bool right = false;  // numbers
  ColumnExtent extent;
};

struct Layout {
  std::vector<PrintedColumn> columns;  // side by side
  std::vector<PrintedColumn> below;    // their cells stand below their row
  Lines left_out;                      // headings
  size_t width = 0;                    // of the terminal; 0 = no limit
};

Layout lay_out(const table::Table& table, i18n::Language language, size_t width);

}  // namespace hr::render
