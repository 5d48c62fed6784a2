// A column put together from the cells of other columns. Texts are copied once a distinct text, never once a row.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "facts/cells.h"
#include "facts/frame.h"

namespace hr::facts {

// take(row, cell) for each of `rows` in turn: cell is where row.row stands in from[row.frame], null where that is null
// or no row is given. Rows may lie anywhere, so memory is asked for many cells before the first of them is looked at.
template <class Value, class Take>
void for_cells(std::span<const Value* const> from, std::span<const RowRef> rows, const Take& take) {
  constexpr size_t kAsked = 64;
  std::array<const Value*, kAsked> cells;  // filled below
  for (size_t begin = 0; begin < rows.size(); begin += kAsked) {
    const size_t count = std::min(kAsked, rows.size() - begin);
    for (size_t i = 0; i < count; ++i) {
      const RowRef& row = rows[begin + i];
      const Value* values = row.given() ? from[row.frame] : nullptr;
      cells[i] = values != nullptr ? values + row.row : nullptr;
      __builtin_prefetch(cells[i]);
    }
    for (size_t i = 0; i < count; ++i) take(rows[begin + i], cells[i]);
  }
}

// The cell of each of `rows`, or `missing`.
template <class Value>
std::vector<Value> gather_values(std::span<const Value* const> from, std::span<const RowRef> rows, Value missing) {
  std::vector<Value> out(rows.size());
  Value* to = out.data();
  for_cells(from, rows, [&](const RowRef&, const Value* cell) { *to++ = cell != nullptr ? *cell : missing; });
  return out;
}

// Fills `out`, which has its name and storage, with a cell for each of `rows`: of the column inputs[row.frame], where
// there is one; missing where there is none, or no row is given. Cells held in another way become texts, where `out`
// holds texts.
void gather(Column& out, std::span<const Column* const> inputs, std::span<const RowRef> rows);

}  // namespace hr::facts
