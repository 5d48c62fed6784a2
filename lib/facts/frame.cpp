#include "facts/frame.h"

#include <algorithm>
#include <cassert>

namespace hr::facts {

Storage storage_of(model::ColumnType type) {
  switch (type) {
    case model::ColumnType::date:
    case model::ColumnType::last_day:
      return Storage::day;
    case model::ColumnType::decimal:
    case model::ColumnType::money:
    case model::ColumnType::count:
      return Storage::decimal;
    case model::ColumnType::id:
    case model::ColumnType::subject:
    case model::ColumnType::text:
    case model::ColumnType::period:
    case model::ColumnType::choice:
      break;
  }
  return Storage::text;
}

void Column::append_missing() {
  switch (storage) {
    case Storage::text:
      codes.push_back(kMissingCode);
      break;
    case Storage::day:
      days.push_back(kMissingDay);
      break;
    case Storage::decimal:
      decimals.push_back(kMissingDecimal);
      break;
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

static void append_column(Column& whole, Column&& part) {
  assert(whole.name == part.name && whole.storage == part.storage);
  whole.days.insert(whole.days.end(), part.days.begin(), part.days.end());
  whole.decimals.insert(whole.decimals.end(), part.decimals.begin(), part.decimals.end());
  std::vector<uint32_t> code_of(part.dictionary.size());
  for (uint32_t c = 0; c < code_of.size(); ++c) code_of[c] = whole.dictionary.add(part.dictionary[c]);
  whole.codes.reserve(whole.codes.size() + part.codes.size());
  for (const uint32_t c : part.codes) whole.codes.push_back(c == kMissingCode ? c : code_of[c]);
}

void append_frame(Frame& whole, Frame&& part) {
  assert(whole.columns.size() == part.columns.size());
  for (size_t i = 0; i < whole.columns.size(); ++i) append_column(whole.columns[i], std::move(part.columns[i]));
  whole.rows.insert(whole.rows.end(), part.rows.begin(), part.rows.end());
  whole.sources.insert(whole.sources.end(), part.sources.begin(), part.sources.end());
}

std::string cell_text(const Column& column, size_t row) {
  if (column.missing(row)) return {};
  switch (column.storage) {
    case Storage::text:
      return std::string(column.text(row));
    case Storage::day:
      return to_string(Date{column.days[row]});
    case Storage::decimal:
      break;
  }
  return to_string(column.decimals[row]);
}

}  // namespace hr::facts
