#include "facts/gather.h"

#include <vector>

#include "facts/code_map.h"

namespace hr::facts {

namespace {

// The cells of the columns that hold them as `out` does.
template <class Value>
std::vector<const Value*> cells_of(std::span<const Column* const> inputs, Storage storage,
                                   const std::vector<Value> Column::*cells) {
  std::vector<const Value*> from;
  for (const Column* column : inputs)
    from.push_back(column != nullptr && column->storage == storage ? (column->*cells).data() : nullptr);
  return from;
}

void gather_texts(Column& out, std::span<const Column* const> inputs, std::span<const RowRef> rows) {
  std::vector<CodeMap> codes;  // of the result's dictionary
  for (const Column* column : inputs) {
    const bool is_text = column != nullptr && column->storage == Storage::text;
    codes.push_back(is_text ? add_codes(out.dictionary, column->dictionary) : CodeMap());
  }
  out.codes.resize(rows.size(), kMissingCode);
  uint32_t* to = out.codes.data();
  const std::vector<const uint32_t*> from = cells_of(inputs, Storage::text, &Column::codes);
  for_cells<uint32_t>(from, rows, [&](const RowRef& at, const uint32_t* cell) {
    uint32_t& code = *to++;
    if (cell != nullptr) {
      if (*cell != kMissingCode) code = codes[at.frame][*cell];
      return;
    }
    const Column* column = at.given() ? inputs[at.frame] : nullptr;
    if (column != nullptr && !column->missing(at.row)) code = out.dictionary.add(cell_text(*column, at.row));
  });
}

}  // namespace

void gather(Column& out, std::span<const Column* const> inputs, std::span<const RowRef> rows) {
  switch (out.storage) {
    case Storage::text:
      return gather_texts(out, inputs, rows);
    case Storage::day:
      out.days = gather_values<int32_t>(cells_of(inputs, out.storage, &Column::days), rows, kMissingDay);
      return;
    case Storage::decimal:
      out.decimals = gather_values<Decimal>(cells_of(inputs, out.storage, &Column::decimals), rows, kMissingDecimal);
      return;
  }
}

}  // namespace hr::facts
