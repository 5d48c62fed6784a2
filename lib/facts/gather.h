// A column put together from the cells of other columns. Texts are copied once a distinct text, never once a row.
#pragma once

#include <span>

#include "facts/cells.h"
#include "facts/frame.h"

namespace hr::facts {

// Fills `out`, which has its name and storage, with a cell for each of `rows`: of the column inputs[row.frame], where
// there is one; missing where there is none, or no row is given. Cells held in another way become texts, where `out`
// holds texts.
void gather(Column& out, std::span<const Column* const> inputs, std::span<const RowRef> rows);

}  // namespace hr::facts
