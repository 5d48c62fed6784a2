#include "report/cell_order.h"

#include <algorithm>
#include <numeric>

namespace hr::report {

using table::Column;
using table::Kind;

namespace {

// Where a code stands among the labels; what has none stands behind those.
size_t place_of(const Column& column, std::string_view code) {
  const auto at =
      std::find_if(column.labels.begin(), column.labels.end(), [&](const auto& l) { return l.first == code; });
  return static_cast<size_t>(at - column.labels.begin());
}

std::strong_ordering compare_present(const Column& column, uint32_t a, uint32_t b) {
  switch (column.kind) {
    case Kind::number:
    case Kind::percent:
      return column.numbers[a] <=> column.numbers[b];
    case Kind::date:
      return column.days[a] <=> column.days[b];
    case Kind::boolean:
      return column.booleans[a] <=> column.booleans[b];
    case Kind::list:
      return column.list(a) <=> column.list(b);
    case Kind::choice:
      if (const auto by_label = place_of(column, column.text(a)) <=> place_of(column, column.text(b)); by_label != 0)
        return by_label;
      break;
    case Kind::text:
      break;
  }
  return column.text(a) <=> column.text(b);
}

}  // namespace

std::strong_ordering compare_cells(const Column& column, uint32_t a, uint32_t b) {
  const bool has_a = column.present[a] != 0;
  const bool has_b = column.present[b] != 0;
  if (has_a && has_b) return compare_present(column, a, b);
  return has_b <=> has_a;
}

std::vector<uint32_t> ordered_rows(size_t rows, const std::vector<SortKey>& keys) {
  std::vector<uint32_t> order(rows);
  std::iota(order.begin(), order.end(), 0U);
  const auto before = [&](uint32_t a, uint32_t b) {
    for (const SortKey& key : keys) {
      const bool both = key.column->present[a] != 0 && key.column->present[b] != 0;
      const auto o = compare_cells(*key.column, a, b);
      if (o != 0) return key.descending && both ? o > 0 : o < 0;
    }
    return false;
  };
  if (!keys.empty()) std::stable_sort(order.begin(), order.end(), before);
  return order;
}

}  // namespace hr::report
