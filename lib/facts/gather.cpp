#include "facts/gather.h"

#include <optional>
#include <string>
#include <vector>

#include "facts/code_map.h"

namespace hr::facts {

namespace {

// A column to take texts from, with its codes in terms of the result's dictionary.
struct TextInput {
  const Column* column = nullptr;  // held as texts; nullptr: takes none as they are
  CodeMap codes;
};

TextInput text_input(const Column* column, SharedDictionary& texts) {
  if (column == nullptr || column->storage != Storage::text) return {};
  return {column, add_codes(texts, column->dictionary)};
}

void gather_texts(Column& out, std::span<const Column* const> inputs, std::span<const RowRef> rows) {
  std::vector<TextInput> texts;
  for (const Column* column : inputs) texts.push_back(text_input(column, out.dictionary));
  out.codes.reserve(rows.size());
  for (const RowRef& at : rows) {
    const Column* column = at.given() ? inputs[at.frame] : nullptr;
    if (column == nullptr || column->missing(at.row)) {
      out.codes.push_back(kMissingCode);
    } else if (const TextInput& in = texts[at.frame]; in.column != nullptr) {
      out.codes.push_back(in.codes[column->codes[at.row]]);
    } else {
      out.append(cell_text(*column, at.row));
    }
  }
}

// `cells`: the values of a column by row.
template <class Values>
void gather_values(Values& out, std::span<const Column* const> inputs, std::span<const RowRef> rows, Storage storage,
                   const Values Column::*cells, typename Values::value_type missing) {
  out.reserve(rows.size());
  for (const RowRef& at : rows) {
    const Column* column = at.given() ? inputs[at.frame] : nullptr;
    const bool fits = column != nullptr && column->storage == storage;
    out.push_back(fits ? (column->*cells)[at.row] : missing);
  }
}

}  // namespace

void gather(Column& out, std::span<const Column* const> inputs, std::span<const RowRef> rows) {
  switch (out.storage) {
    case Storage::text:
      return gather_texts(out, inputs, rows);
    case Storage::day:
      return gather_values(out.days, inputs, rows, out.storage, &Column::days, kMissingDay);
    case Storage::decimal:
      return gather_values(out.decimals, inputs, rows, out.storage, &Column::decimals, kMissingDecimal);
  }
}

}  // namespace hr::facts
