// Records in columns: what a reader makes of a file, what the store keeps of it, and what a dataset is made of.
// Texts are codes into a dictionary per column; days and decimals are typed; missing is a state, never a value.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "facts/shared_dictionary.h"
#include "model/imported_table.h"

namespace hr::facts {

// How a column's cells are held.
enum class Storage : uint8_t { text, day, decimal };
Storage storage_of(model::ColumnType type);  // ids, subjects, texts, periods, choices → text; date, last_day → day

inline constexpr int32_t kMissingDay = INT32_MIN;
inline constexpr Decimal kMissingDecimal{0, -1};

struct Column {
  std::string name;
  Storage storage = Storage::text;
  bool carried = true;        // the file had this column (a file of assignments that carries only job changes only job)
  std::vector<uint8_t> said;  // by row, of records that several files make up: whether one of them had this column;
                              // empty = all of them, as far as it is carried

  // Exactly one of these has an element a row, by `storage`.
  std::vector<uint32_t> codes;    // kMissingCode = missing
  std::vector<int32_t> days;      // days since 1970-01-01; kMissingDay = missing
  std::vector<Decimal> decimals;  // scale −1 = missing
  SharedDictionary dictionary;    // of codes

  bool missing(size_t row) const {
    if (storage == Storage::text) return codes[row] == kMissingCode;
    return storage == Storage::day ? days[row] == kMissingDay : decimals[row].scale < 0;
  }
  bool says(size_t row) const { return carried && (said.empty() || said[row] != 0); }  // if only that there is nothing
  std::string_view text(size_t row) const {
    return codes[row] == kMissingCode ? std::string_view{} : dictionary[codes[row]];
  }
  std::optional<Date> date(size_t row) const {
    return days[row] == kMissingDay ? std::nullopt : std::optional(Date{days[row]});
  }
  std::optional<Decimal> decimal(size_t row) const {
    return decimals[row].scale < 0 ? std::nullopt : std::optional(decimals[row]);
  }

  void append_missing();
  void append(std::string_view text) { codes.push_back(dictionary.add(text)); }
  void append(Date day) { days.push_back(day.days); }
  void append(Decimal value) { decimals.push_back(value); }
  size_t size() const {
    return storage == Storage::text ? codes.size() : storage == Storage::day ? days.size() : decimals.size();
  }
};

struct Frame {
  std::vector<Column> columns;
  std::vector<uint32_t> rows;     // where each record stood in its file: 1 is the first line (a header line counts)
  std::vector<uint32_t> sources;  // which imported file (store's source id) each came from; empty until stored

  size_t size() const { return rows.size(); }
  Column* find(std::string_view name);
  const Column* find(std::string_view name) const;
};

// Some rows of a table that has `rows` in all; they live for the call.
using TakeRows = std::function<void(const Frame& part, size_t rows)>;

// An empty frame with the canonical columns of a table, in their order.
Frame make_frame(model::TableId table);
// Appends the rows of `part`, which has the same columns in the same order (asserted). Codes become those that one
// reading of both, one after the other, would have given.
void append_frame(Frame& whole, Frame&& part);
// The cell as canonical text: ISO day, shortest decimal; empty when missing.
std::string cell_text(const Column& column, size_t row);

}  // namespace hr::facts
