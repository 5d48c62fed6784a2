#include "table/table.h"

#include <algorithm>
#include <cassert>
#include <stdexcept>
#include <utility>

namespace hr::table {

namespace {

// Keeps the items whose byte in `keep` is not 0; rows beyond `keep` go.
template <class T>
void keep_items(std::vector<T>& items, const std::vector<uint8_t>& keep) {
  size_t kept = 0;
  for (size_t i = 0; i < items.size() && i < keep.size(); ++i) {
    if (keep[i] == 0) continue;
    if (kept != i) items[kept] = std::move(items[i]);
    ++kept;
  }
  items.resize(kept);
}

}  // namespace

void Texts::share(std::shared_ptr<const SharedTexts> texts) {
  assert(size() == 0);
  shared_ = std::move(texts);
  shared_size_ = shared_->size();
}

uint32_t Texts::add(std::string text) {
  own_.push_back(std::move(text));
  return static_cast<uint32_t>(size() - 1);
}

void Column::add_missing() {
  switch (kind) {
    case Kind::text:
    case Kind::choice:
    case Kind::list:
      codes.push_back(kNoCode);
      break;
    case Kind::number:
    case Kind::percent:
      numbers.emplace_back();
      break;
    case Kind::date:
      days.push_back(0);
      break;
    case Kind::boolean:
      booleans.push_back(0);
      break;
  }
  present.push_back(0);
}

void Column::add(std::string text) {
  assert(kind == Kind::text || kind == Kind::choice);
  codes.push_back(texts.add(std::move(text)));
  present.push_back(1);
}

void Column::add(Decimal number) {
  assert(kind == Kind::number || kind == Kind::percent);
  numbers.push_back(number);
  present.push_back(1);
}

void Column::add(Date day) {
  assert(kind == Kind::date);
  days.push_back(day.days);
  present.push_back(1);
}

void Column::add_flag(bool value) {
  assert(kind == Kind::boolean);
  booleans.push_back(value ? 1 : 0);
  present.push_back(1);
}

void Column::add_list(std::vector<std::string> items) {
  assert(kind == Kind::list);
  codes.push_back(static_cast<uint32_t>(lists.size()));
  lists.push_back(std::move(items));
  present.push_back(1);
}

void Column::add_optional(const std::optional<Decimal>& number) {
  if (number)
    add(*number);
  else
    add_missing();
}

Column& Table::column(std::string_view key) {
  for (Column& c : columns) {
    if (c.key == key) return c;
  }
  throw std::logic_error("no column " + std::string(key));
}

const Column* Table::find(std::string_view key) const {
  const auto it = std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.key == key; });
  return it != columns.end() ? &*it : nullptr;
}

template <class T>
static void take_items(std::vector<T>& items, const std::vector<uint32_t>& rows) {
  if (items.empty()) return;
  std::vector<T> taken;
  taken.reserve(rows.size());
  for (const uint32_t row : rows) taken.push_back(items[row]);
  items = std::move(taken);
}

void Column::take_rows(const std::vector<uint32_t>& rows) {
  take_items(codes, rows);
  take_items(numbers, rows);
  take_items(days, rows);
  take_items(booleans, rows);
  take_items(present, rows);
}

void Table::take_rows(const std::vector<uint32_t>& rows) {
  for (Column& column : columns) column.take_rows(rows);
  take_items(depth, rows);
}

void Table::keep_rows(const std::vector<uint8_t>& keep) {
  for (Column& c : columns) {
    keep_items(c.codes, keep);
    keep_items(c.numbers, keep);
    keep_items(c.days, keep);
    keep_items(c.booleans, keep);
    keep_items(c.present, keep);
  }
  keep_items(depth, keep);
}

}  // namespace hr::table
