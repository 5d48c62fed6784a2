#include "report/rows.h"

#include <algorithm>

namespace hr::report {

void Rows::end() {
  size_t rows = 0;
  for (const table::Column& c : out_.columns) rows = std::max(rows, c.present.size());
  for (table::Column& c : out_.columns) {
    if (c.present.size() < rows) c.add_missing();
  }
}

void Rows::put(std::string_view key, const std::string& text) {
  if (!text.empty()) out_.column(key).add(text);
}

void Rows::put(std::string_view key, const std::optional<Decimal>& number) {
  if (number) put(key, *number);
}

void Rows::measure(std::string_view key, std::optional<double> value) {
  const auto figure = value ? snap(*value) : std::nullopt;
  if (figure) put(key, figure->decimal());
}

}  // namespace hr::report
