// Fingerprints of what a run came to: docs/formats/store.md. Internal to the store.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/column_cells.h"

namespace hr::store {

// Of the cells of a column among the rows of one block: one or two digests, one after the other; empty where there is
// no row. The same cells have the same, and no others have.
std::string digest_of(const ColumnCells& cells);

// One column of a block of a run.
struct DigestOfColumn {
  std::string_view name;
  std::string_view digest;
};
// The hash of a run from those of its blocks, all with the same columns.
std::string result_hash(std::span<const std::vector<DigestOfColumn>> blocks);

}  // namespace hr::store
