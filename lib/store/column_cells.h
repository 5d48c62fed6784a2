// The cells of a column among the rows of a block as numbers: what its bytes (column_codec.h) and its digest
// (result_hash.h) are both made of. The same cells give the same numbers, whatever the codes of their texts. Internal
// to the store.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "facts/frame.h"
#include "store/decimal_codec.h"

namespace hr::store {

// Refers to the column. What the storage does not need is empty.
struct ColumnCells {
  facts::Storage storage = facts::Storage::text;
  std::vector<std::string_view> texts;  // distinct, in the order in which they appear
  std::vector<uint32_t> places;         // of each row's text among them, from 1; 0 = none
  ScaledDecimals decimals;
  std::span<const int32_t> days;

  size_t size() const;  // rows
};

// Rows [begin, end). `scratch`: of one thread, to use again for any column.
ColumnCells column_cells(const facts::Column& column, size_t begin, size_t end, std::vector<uint32_t>& scratch);

}  // namespace hr::store
