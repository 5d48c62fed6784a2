#include "engine/reconcile.h"

#include <algorithm>
#include <bit>

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

namespace {

// The key cells of a frame's rows as numbers, in the codes of the stored frame. A column that a frame does not have is
// the same as an empty cell.
class KeyCells {
 public:
  static constexpr uint32_t kNowhere = facts::kMissingCode - 1;  // a text that the stored frame does not have

  KeyCells(TableId table, const Frame& frame, const Frame& stored) {
    for (const model::CanonicalColumn& c : model::imported_table(table).columns) {
      if (c.key) parts_.emplace_back(facts::storage_of(c.type), frame.find(c.name), stored.find(c.name));
    }
  }

  bool equal(size_t row, const KeyCells& other, size_t other_row) const {
    for (size_t k = 0; k < parts_.size(); ++k) {
      if (parts_[k].at(row) != other.parts_[k].at(other_row)) return false;
    }
    return true;
  }
  uint64_t hash(size_t row) const {
    uint64_t h = 0x9E3779B97F4A7C15U;
    for (const Part& part : parts_) {
      h = (h ^ part.at(row)) * 0xD6E8FEB86659FD93U;
      h ^= h >> 32U;
    }
    return h;
  }

 private:
  struct Part {
    Part(Storage storage, const Column* of, const Column* stored)
        : column(of),
          missing(storage == Storage::day ? static_cast<uint32_t>(facts::kMissingDay) : facts::kMissingCode) {
      if (of == nullptr || of->storage != Storage::text) return;
      is_same = stored != nullptr && stored->dictionary.same_as(of->dictionary);
      if (is_same) return;
      code_of.resize(of->dictionary.size(), kNowhere);
      if (stored == nullptr) return;
      const facts::Dictionary& texts = stored->dictionary;
      texts.find_all(of->dictionary, code_of);
      std::replace(code_of.begin(), code_of.end(), facts::kMissingCode, kNowhere);
    }
    uint32_t at(size_t row) const {
      if (column == nullptr) return missing;
      if (column->storage == Storage::day) return static_cast<uint32_t>(column->days[row]);
      const uint32_t code = column->codes[row];
      return is_same || code == facts::kMissingCode ? code : code_of[code];
    }
    const Column* column;
    uint32_t missing;
    bool is_same = false;           // its codes are those of the stored column
    std::vector<uint32_t> code_of;  // else
  };

  std::vector<Part> parts_;
};

// Gives the rows of `incoming` that have none yet their places in one stored frame.
void find_places(TableId table, const Frame& incoming, const Frame& stored, std::vector<RecordIndex::Place>& places) {
  const KeyCells there(table, stored, stored);
  const KeyCells here(table, incoming, stored);
  std::vector<uint32_t> slots(std::bit_ceil(2 * stored.size() + 1));  // row + 1; 0 = free
  const size_t mask = slots.size() - 1;
  for (size_t row = 0; row < stored.size(); ++row) {
    size_t at = there.hash(row) & mask;
    while (slots[at] != 0) at = (at + 1) & mask;
    slots[at] = static_cast<uint32_t>(row) + 1;
  }
  for (size_t row = 0; row < incoming.size(); ++row) {
    if (places[row].frame) continue;
    for (size_t at = here.hash(row) & mask; slots[at] != 0; at = (at + 1) & mask) {
      if (!here.equal(row, there, slots[at] - 1)) continue;
      places[row] = {&stored, slots[at] - 1};
      break;
    }
  }
}

}  // namespace

RecordIndex::RecordIndex(TableId table, const std::vector<Frame>& stored) : table_(table), stored_(stored) {}

bool RecordIndex::empty() const {
  return std::all_of(stored_.begin(), stored_.end(), [](const Frame& frame) { return frame.size() == 0; });
}

std::vector<RecordIndex::Place> RecordIndex::find(const Frame& incoming) const {
  std::vector<Place> places(incoming.size());
  for (const Frame& frame : stored_) {
    const bool is_other = table_ == TableId::assignments && carried_set(frame) != carried_set(incoming);
    if (frame.size() > 0 && !is_other) find_places(table_, incoming, frame, places);
  }
  return places;
}

bool same_cell(const Column& a, size_t row_a, const Column& b, size_t row_b) {
  if (a.storage != b.storage) return facts::cell_text(a, row_a) == facts::cell_text(b, row_b);
  switch (a.storage) {
    case Storage::text:
      if (a.dictionary.same_as(b.dictionary)) return a.codes[row_a] == b.codes[row_b];
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

namespace {

// A column of the incoming frame and what is stored of it.
struct ComparedColumn {
  const Column* incoming = nullptr;
  const Column* stored = nullptr;

  bool says_the_same(size_t row, size_t stored_row) const {
    if (!stored) return incoming->missing(row);
    if (stored->carried && !stored->says(stored_row)) return false;  // to say that there is nothing is new
    return same_cell(*incoming, row, *stored, stored_row);
  }
};

}  // namespace

std::vector<Change> reconcile(const RecordIndex& index, const Frame& incoming,
                              const std::vector<RecordIndex::Place>& stored) {
  std::vector<Change> changes(incoming.size(), Change::added);
  std::vector<ComparedColumn> columns;  // keys are equal
  for (const Column& column : incoming.columns) {
    if (column.carried && !index.is_key(column.name)) columns.push_back({&column, nullptr});
  }
  const Frame* frame = nullptr;
  for (size_t row = 0; row < incoming.size(); ++row) {
    if (!stored[row].frame) continue;
    if (stored[row].frame != frame) {
      frame = stored[row].frame;
      for (ComparedColumn& c : columns) c.stored = frame->find(c.incoming->name);
    }
    const bool same = std::all_of(columns.begin(), columns.end(),
                                  [&](const ComparedColumn& c) { return c.says_the_same(row, stored[row].row); });
    changes[row] = same ? Change::unchanged : Change::changed;
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
  if (std::find(mask.begin(), mask.end(), 0) == mask.end()) return;
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
