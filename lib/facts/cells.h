// Cells of columns that a frame may lack, and where a row came from: what every builder of the dataset starts with.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "facts/dataset.h"
#include "facts/frame.h"

namespace hr::facts {

// A row of one of several frames.
struct RowRef {
  uint32_t frame = kNone;
  uint32_t row = 0;

  bool given() const { return frame != kNone; }
};

inline bool has_cell(const Column* column, size_t row) {
  return column != nullptr && !column->missing(row);
}

inline std::string_view text_of(const Column* column, size_t row) {
  return column != nullptr && column->storage == Storage::text ? column->text(row) : std::string_view{};
}

inline std::optional<Date> date_of(const Column* column, size_t row) {
  return column != nullptr && column->storage == Storage::day ? column->date(row) : std::nullopt;
}

inline std::optional<Decimal> decimal_of(const Column* column, size_t row) {
  return column != nullptr && column->storage == Storage::decimal ? column->decimal(row) : std::nullopt;
}

inline void append_cells(DecimalColumn& to, const Column* from, std::span<const uint32_t> rows) {
  if (from != nullptr && from->storage == Storage::decimal)
    to.append(from->decimals, rows);
  else
    to.resize(to.size() + rows.size());
}

inline Origin origin_of(const Frame& frame, size_t row) {
  return {row < frame.sources.size() ? frame.sources[row] : 0, frame.rows[row]};
}

// "source:N": the caller of build_dataset() knows the file's name.
inline SourceSpan span_of(Origin origin) {
  return {"source:" + std::to_string(origin.source), static_cast<int>(origin.row), 0, 0};
}

// The range of a record: `from` missing = from the beginning, `to` missing or at the end of time = still in force.
inline DateRange range_of(const Column* from, const Column* to, size_t row) {
  const Date end = date_of(to, row).value_or(kFarFuture);
  return {date_of(from, row).value_or(kFarPast), end < kFarFuture ? end : kFarFuture};
}

inline model::Text plain_text(std::string_view text) {
  return {std::string(text), std::string(text)};
}

}  // namespace hr::facts
