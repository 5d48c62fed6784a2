#include "engine/import/reconcile.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <deque>
#include <optional>

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

// Codes of a column as those of a stored one.
class StoredCodes {
 public:
  static constexpr uint32_t kNowhere = facts::kMissingCode - 1;  // a text that the stored column does not have

  StoredCodes() = default;
  StoredCodes(const Column& of, const Column* stored) {
    if (stored != nullptr) same_ = of.dictionary.begins_with(stored->dictionary);
    code_of_.resize(of.dictionary.size() - same_, kNowhere);
    if (stored == nullptr || same_ > 0) return;
    const facts::Dictionary& texts = stored->dictionary;
    texts.find_all(of.dictionary, code_of_);
    std::replace(code_of_.begin(), code_of_.end(), facts::kMissingCode, kNowhere);
  }

  uint32_t operator[](uint32_t code) const {
    return code < same_ || code == facts::kMissingCode ? code : code_of_[code - same_];
  }

 private:
  size_t same_ = 0;  // codes below are the stored column's
  std::vector<uint32_t> code_of_;
};

// The key cells of a frame's rows as numbers, in the codes of the stored frame. A column that a frame does not have is
// the same as an empty cell.
class KeyCells {
 public:
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
      if (of != nullptr && of->storage == Storage::text) codes = StoredCodes(*of, stored);
    }
    uint32_t at(size_t row) const {
      if (column == nullptr) return missing;
      if (column->storage == Storage::day) return static_cast<uint32_t>(column->days[row]);
      return codes[column->codes[row]];
    }
    const Column* column;
    uint32_t missing;
    StoredCodes codes;
  };

  std::vector<Part> parts_;
};

// Rows of a stored frame by the hash of their key.
class KeySlots {
 public:
  KeySlots(const KeyCells& there, size_t rows) : there_(there), slots_(std::bit_ceil(2 * rows + 1)) {
    for (size_t row = 0; row < rows; ++row) {
      size_t at = there.hash(row) & (slots_.size() - 1);
      while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
      slots_[at] = static_cast<uint32_t>(row) + 1;
    }
  }

  std::optional<size_t> find(const KeyCells& here, size_t row) const {
    for (size_t at = here.hash(row) & (slots_.size() - 1); slots_[at] != 0; at = (at + 1) & (slots_.size() - 1)) {
      if (here.equal(row, there_, slots_[at] - 1)) return slots_[at] - 1;
    }
    return std::nullopt;
  }

 private:
  const KeyCells& there_;
  std::vector<uint32_t> slots_;  // row + 1; 0 = free
};

// Gives the rows of `incoming` that have none yet their places in one stored frame. A file that comes again has its
// rows in the same order: each is expected behind the one before, and nothing is hashed.
void find_places(TableId table, const Frame& incoming, const Frame& stored, std::vector<RecordIndex::Place>& places) {
  const KeyCells there(table, stored, stored);
  const KeyCells here(table, incoming, stored);
  std::optional<KeySlots> slots;
  size_t expected = 0;
  for (size_t row = 0; row < incoming.size(); ++row) {
    if (places[row].frame) continue;
    std::optional<size_t> at = expected;
    if (expected >= stored.size() || !here.equal(row, there, expected)) {
      if (!slots) slots.emplace(there, stored.size());
      at = slots->find(here, row);
    }
    if (!at) continue;
    places[row] = {&stored, *at};
    expected = *at + 1;
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

// A column of incoming rows and what one stored frame has of it.
class ComparedColumn {
 public:
  ComparedColumn(const Column& incoming, const Frame& frame)
      : incoming_(incoming), stored_(frame.find(incoming.name)), frame_(&frame) {
    by_code_ = stored_ != nullptr && incoming.storage == Storage::text && stored_->storage == Storage::text;
    if (by_code_) codes_ = StoredCodes(incoming, stored_);
  }
  bool is_of(const Frame* frame) const { return frame == frame_; }

  bool says_the_same(size_t row, size_t stored_row) const {
    if (!stored_) return incoming_.missing(row);
    if (stored_->carried && !stored_->says(stored_row)) return false;  // to say that there is nothing is new
    if (!by_code_) return same_cell(incoming_, row, *stored_, stored_row);
    return codes_[incoming_.codes[row]] == stored_->codes[stored_row];
  }

 private:
  const Column& incoming_;
  const Column* stored_;  // nullptr = nothing
  const Frame* frame_;
  bool by_code_ = false;  // both are texts
  StoredCodes codes_;
};

}  // namespace

std::vector<uint8_t> changed_cells(const Column& column, const std::vector<RecordIndex::Place>& stored) {
  std::vector<uint8_t> changed(stored.size());
  std::deque<ComparedColumn> compared;  // by stored frame
  for (size_t row = 0; row < stored.size(); ++row) {
    const RecordIndex::Place& place = stored[row];
    if (place.frame == nullptr) continue;
    auto of = std::find_if(compared.begin(), compared.end(), [&](const auto& c) { return c.is_of(place.frame); });
    if (of == compared.end()) {
      compared.emplace_back(column, *place.frame);
      of = std::prev(compared.end());
    }
    changed[row] = of->says_the_same(row, place.row) ? 0 : 1;
  }
  return changed;
}

std::vector<Change> reconcile(const RecordIndex& index, const Frame& incoming,
                              const std::vector<RecordIndex::Place>& stored) {
  std::vector<Change> changes(incoming.size());
  for (size_t row = 0; row < changes.size(); ++row)
    changes[row] = stored[row].frame != nullptr ? Change::unchanged : Change::added;
  if (std::find(changes.begin(), changes.end(), Change::unchanged) == changes.end()) return changes;
  for (const Column& column : incoming.columns) {
    if (!column.carried || index.is_key(column.name)) continue;  // keys are equal
    const std::vector<uint8_t> changed = changed_cells(column, stored);
    for (size_t row = 0; row < changes.size(); ++row) {
      if (changed[row] != 0) changes[row] = Change::changed;
    }
  }
  return changes;
}

// The first row from this one on that goes.
static size_t next_gone(const std::vector<uint8_t>& mask, size_t row) {
  const void* found = row < mask.size() ? std::memchr(&mask[row], 0, mask.size() - row) : nullptr;
  return found ? static_cast<size_t>(static_cast<const uint8_t*>(found) - mask.data()) : mask.size();
}

// Moves the stretches between rows that go, which are few.
template <class T>
static void keep(std::vector<T>& values, const std::vector<uint8_t>& mask) {
  if (values.empty()) return;
  const auto at = [&](size_t row) { return values.begin() + static_cast<ptrdiff_t>(row); };
  size_t kept = next_gone(mask, 0);
  for (size_t begin = kept; begin < mask.size();) {
    while (begin < mask.size() && mask[begin] == 0) ++begin;
    const size_t end = next_gone(mask, begin);
    std::copy(at(begin), at(end), at(kept));
    kept += end - begin;
    begin = end;
  }
  values.resize(kept);
}

void keep_marked(std::vector<uint8_t>& values, const std::vector<uint8_t>& mask) {
  keep(values, mask);
}

void keep_rows(Frame& frame, const std::vector<uint8_t>& mask) {
  if (next_gone(mask, 0) == mask.size()) return;
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
