// Rows of a table in the order of its cells.
#pragma once

#include <compare>
#include <cstdint>
#include <vector>

#include "table/table.h"

namespace hr::report {

// Two cells of a column: numbers and days by size, codes in the order of their labels, texts by their bytes, no before
// yes. A missing cell is beyond all others.
std::strong_ordering compare_cells(const table::Column& column, uint32_t a, uint32_t b);

struct SortKey {
  const table::Column* column = nullptr;
  bool descending = false;  // missing cells stay last
};
// The numbers of `rows` rows; rows that are equal in all keys stay as they stood.
std::vector<uint32_t> ordered_rows(size_t rows, const std::vector<SortKey>& keys);

}  // namespace hr::report
