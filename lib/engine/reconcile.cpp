#include "engine/reconcile.h"

#include <algorithm>

namespace hr::engine {

using facts::Column;
using facts::Frame;
using facts::Storage;
using model::TableId;

static std::string joined_key(TableId table, const Frame& frame, size_t row, std::string_view separator) {
  std::string key;
  for (const model::CanonicalColumn& c : model::imported_table(table).columns) {
    if (!c.key) continue;
    if (!key.empty()) key += separator;
    if (const Column* column = frame.find(c.name)) key += facts::cell_text(*column, row);
  }
  return key;
}

static std::string carried_set(const Frame& frame) {
  std::string set;
  for (const Column& column : frame.columns) {
    if (column.carried) set += '\x1f' + column.name;
  }
  return set;
}

std::string record_key(TableId table, const Frame& frame, size_t row) {
  std::string key = joined_key(table, frame, row, "\x1f");
  if (table == TableId::assignments) key += '\x1e' + carried_set(frame);
  return key;
}

std::string readable_key(TableId table, const Frame& frame, size_t row) {
  return joined_key(table, frame, row, " · ");
}

RecordIndex::RecordIndex(TableId table, const std::vector<Frame>& stored) : table_(table) {
  for (const Frame& frame : stored) {
    for (size_t row = 0; row < frame.size(); ++row) places_.emplace(record_key(table, frame, row), Place{&frame, row});
  }
}

std::vector<RecordIndex::Place> RecordIndex::find(const Frame& incoming) const {
  std::vector<Place> places(incoming.size());
  for (size_t row = 0; row < incoming.size(); ++row) {
    const auto it = places_.find(record_key(table_, incoming, row));
    if (it != places_.end()) places[row] = it->second;
  }
  return places;
}

bool same_cell(const Column& a, size_t row_a, const Column& b, size_t row_b) {
  if (a.storage != b.storage) return facts::cell_text(a, row_a) == facts::cell_text(b, row_b);
  switch (a.storage) {
    case Storage::text:
      return a.missing(row_a) == b.missing(row_b) && a.text(row_a) == b.text(row_b);
    case Storage::day:
      return a.days[row_a] == b.days[row_b];
    case Storage::decimal:
      break;
  }
  return a.decimals[row_a] == b.decimals[row_b];
}

bool RecordIndex::is_key(std::string_view column) const {
  const auto& columns = model::imported_table(table_).columns;
  return std::any_of(columns.begin(), columns.end(), [&](const auto& c) { return c.key && c.name == column; });
}

// `columns`: of `incoming`, those to compare.
static bool says_the_same(const std::vector<const Column*>& columns, size_t row, const RecordIndex::Place& stored) {
  for (const Column* compared : columns) {
    const Column& column = *compared;
    const Column* old = stored.frame->find(column.name);
    if (!old) {
      if (!column.missing(row)) return false;
    } else if (old->carried && !old->says(stored.row)) {  // to say that there is nothing is new
      return false;
    } else if (!same_cell(column, row, *old, stored.row)) {
      return false;
    }
  }
  return true;
}

std::vector<Change> reconcile(const RecordIndex& index, const Frame& incoming,
                              const std::vector<RecordIndex::Place>& stored) {
  std::vector<Change> changes(incoming.size(), Change::added);
  std::vector<const Column*> columns;  // keys are equal
  for (const Column& column : incoming.columns) {
    if (column.carried && !index.is_key(column.name)) columns.push_back(&column);
  }
  for (size_t row = 0; row < incoming.size(); ++row) {
    if (stored[row].frame)
      changes[row] = says_the_same(columns, row, stored[row]) ? Change::unchanged : Change::changed;
  }
  return changes;
}

template <class T>
static void keep(std::vector<T>& values, const std::vector<uint8_t>& mask) {
  if (values.empty()) return;
  size_t kept = 0;
  for (size_t i = 0; i < mask.size(); ++i) {
    if (mask[i]) values[kept++] = values[i];
  }
  values.resize(kept);
}

void keep_rows(Frame& frame, const std::vector<uint8_t>& mask) {
  for (Column& column : frame.columns) {
    keep(column.codes, mask);
    keep(column.days, mask);
    keep(column.decimals, mask);
    keep(column.said, mask);
  }
  keep(frame.rows, mask);
  keep(frame.sources, mask);
}

}  // namespace hr::engine
