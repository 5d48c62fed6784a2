#include "store/column_cells.h"

#include <algorithm>

namespace hr::store {

namespace {

// `place_of`: 0 for every code before and after.
void take_texts(const facts::Column& column, size_t begin, size_t end, std::vector<uint32_t>& place_of,
                ColumnCells& cells) {
  const facts::Dictionary& dictionary = column.dictionary;
  if (place_of.size() < dictionary.size()) place_of.resize(dictionary.size());
  std::vector<uint32_t> appeared;  // codes
  cells.places.resize(end - begin);
  for (size_t row = begin; row < end; ++row) {
    const uint32_t code = column.codes[row];
    if (code == facts::kMissingCode) continue;
    uint32_t& place = place_of[code];
    if (place == 0) {
      appeared.push_back(code);
      place = static_cast<uint32_t>(appeared.size());
    }
    cells.places[row - begin] = place;
  }
  cells.texts.reserve(appeared.size());
  for (const uint32_t code : appeared) {
    cells.texts.push_back(dictionary[code]);
    place_of[code] = 0;
  }
}

}  // namespace

size_t ColumnCells::size() const {
  return std::max({places.size(), decimals.numbers.size(), days.size()});
}

ColumnCells column_cells(const facts::Column& column, size_t begin, size_t end, std::vector<uint32_t>& scratch) {
  ColumnCells cells;
  cells.storage = column.storage;
  switch (column.storage) {
    case facts::Storage::text:
      take_texts(column, begin, end, scratch, cells);
      break;
    case facts::Storage::day:
      cells.days = std::span(column.days).subspan(begin, end - begin);
      break;
    case facts::Storage::decimal:
      cells.decimals = scale_decimals(std::span(column.decimals).subspan(begin, end - begin));
      break;
  }
  return cells;
}

}  // namespace hr::store
