#include "facts/frame.h"

#include <algorithm>

namespace hr::facts {

Dictionary::Dictionary(const Dictionary& other) : texts_(other.texts_) {
  for (size_t i = 0; i < texts_.size(); ++i) codes_.emplace(texts_[i], static_cast<uint32_t>(i));
}

Dictionary& Dictionary::operator=(const Dictionary& other) {
  if (this != &other) *this = Dictionary(other);
  return *this;
}

uint32_t Dictionary::add(std::string_view text) {
  if (const auto it = codes_.find(text); it != codes_.end()) return it->second;
  const auto code = static_cast<uint32_t>(texts_.size());
  texts_.emplace_back(text);
  codes_.emplace(texts_.back(), code);
  return code;
}

std::optional<uint32_t> Dictionary::find(std::string_view text) const {
  const auto it = codes_.find(text);
  return it == codes_.end() ? std::nullopt : std::optional(it->second);
}

Storage storage_of(model::ColumnType type) {
  switch (type) {
    case model::ColumnType::date:
    case model::ColumnType::last_day: return Storage::day;
    case model::ColumnType::decimal:
    case model::ColumnType::money:
    case model::ColumnType::count: return Storage::decimal;
    case model::ColumnType::id:
    case model::ColumnType::subject:
    case model::ColumnType::text:
    case model::ColumnType::period:
    case model::ColumnType::choice: break;
  }
  return Storage::text;
}

bool Column::missing(size_t row) const {
  switch (storage) {
    case Storage::text: return codes[row] == kMissingCode;
    case Storage::day: return days[row] == kMissingDay;
    case Storage::decimal: break;
  }
  return decimals[row].scale < 0;
}

std::optional<Date> Column::date(size_t row) const {
  return days[row] == kMissingDay ? std::nullopt : std::optional(Date{days[row]});
}

std::optional<Decimal> Column::decimal(size_t row) const {
  return decimals[row].scale < 0 ? std::nullopt : std::optional(decimals[row]);
}

void Column::append_missing() {
  switch (storage) {
    case Storage::text: codes.push_back(kMissingCode); break;
    case Storage::day: days.push_back(kMissingDay); break;
    case Storage::decimal: decimals.push_back(kMissingDecimal); break;
  }
}

Column* Frame::find(std::string_view name) {
  const auto it = std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.name == name; });
  return it == columns.end() ? nullptr : &*it;
}

const Column* Frame::find(std::string_view name) const {
  return const_cast<Frame*>(this)->find(name);
}

Frame make_frame(model::TableId table) {
  Frame frame;
  for (const model::CanonicalColumn& c : model::imported_table(table).columns) {
    Column column;
    column.name = c.name;
    column.storage = storage_of(c.type);
    frame.columns.push_back(std::move(column));
  }
  return frame;
}

std::string cell_text(const Column& column, size_t row) {
  if (column.missing(row)) return {};
  switch (column.storage) {
    case Storage::text: return std::string(column.text(row));
    case Storage::day: return to_string(Date{column.days[row]});
    case Storage::decimal: break;
  }
  return to_string(column.decimals[row]);
}

}  // namespace hr::facts
