#include "engine/import/duplicates.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <functional>
#include <unordered_set>

#include "base/parallel.h"
#include "engine/import/reconcile.h"

namespace hr::engine {

using facts::Column;
using facts::Frame;
using model::TableId;

namespace {

constexpr uint64_t kLargestKey = UINT64_MAX / 2;

// A cell of a key as a number below `end`: of texts and days.
struct KeyPart {
  const Column& column;
  int64_t low = 0;
  uint64_t end = 1;

  explicit KeyPart(const Column& of) : column(of) {
    if (of.storage == facts::Storage::text) {
      end = of.dictionary.size() + uint64_t{1};
    } else if (!of.days.empty()) {
      const auto [least, most] = std::minmax_element(of.days.begin(), of.days.end());
      low = *least;
      end = static_cast<uint64_t>(*most - low) + 1;
    }
  }
  uint64_t operator()(size_t row) const {
    if (column.storage == facts::Storage::text) return column.codes[row] + uint32_t{1};  // 0 = missing
    return static_cast<uint64_t>(column.days[row] - low);
  }
};

// The same keys as their places among all that occur, to make room for more. How many occur.
uint64_t make_dense(std::vector<uint64_t>& keys) {
  std::vector<uint64_t> sorted = keys;
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  for (uint64_t& key : keys)
    key = static_cast<uint64_t>(std::lower_bound(sorted.begin(), sorted.end(), key) - sorted.begin());
  return sorted.size();
}

// Numbers the rows by key: rows with equal keys get the same number.
std::vector<uint64_t> record_keys(TableId table, const Frame& frame) {
  std::vector<uint64_t> keys(frame.size());
  uint64_t end = 1;
  for (const model::CanonicalColumn& c : model::imported_table(table).columns) {
    const Column* column = c.key ? frame.find(c.name) : nullptr;
    if (column == nullptr) continue;
    const KeyPart part(*column);
    if (end > kLargestKey / part.end) end = make_dense(keys);
    end *= part.end;
    constexpr size_t kPiece = size_t{1} << 16U;  // rows
    for_ranges(keys.size(), kPiece, hardware_threads(), [&](size_t begin, size_t last, size_t) {
      for (size_t row = begin; row < last; ++row) keys[row] = keys[row] * part.end + part(row);
    });
  }
  return keys;
}

bool ascending(const std::vector<uint64_t>& keys) {
  return std::adjacent_find(keys.begin(), keys.end(), std::greater_equal<>()) == keys.end();
}

// Keys by the part that they belong to: equal keys lie in one part, and a part fits the nearest cache.
class KeyParts {
 public:
  explicit KeyParts(const std::vector<uint64_t>& keys)
      : bits_(static_cast<unsigned>(std::bit_width(keys.size() / kUsual))), begin_((size_t{1} << bits_) + 1) {
    for (const uint64_t key : keys) ++begin_[part_of(key) + 1];
    for (size_t p = 1; p < begin_.size(); ++p) begin_[p] += begin_[p - 1];
    std::vector<size_t> next(begin_.begin(), begin_.end() - 1);
    keys_.resize(keys.size());
    for (const uint64_t key : keys) keys_[next[part_of(key)]++] = key;
  }

  // By part: 1 = some keys in it are equal.
  std::vector<uint8_t> with_equal_keys() const {
    std::vector<uint8_t> found(begin_.size() - 1);
    for_pieces(found.size(), hardware_threads(), [&](size_t part, size_t) { found[part] = has_equal_keys(part); });
    return found;
  }
  size_t part_of(uint64_t key) const { return bits_ == 0 ? 0 : spread(key) >> (64 - bits_); }

 private:
  static constexpr size_t kUsual = 2048;
  static uint64_t spread(uint64_t key) { return key * 0x9E3779B97F4A7C15U; }

  bool has_equal_keys(size_t part) const {
    const size_t count = begin_[part + 1] - begin_[part];
    std::vector<uint64_t> slots(std::bit_ceil(2 * count + 1));  // key + 1; 0 = free
    for (size_t i = begin_[part]; i < begin_[part + 1]; ++i) {
      const uint64_t key = keys_[i] + 1;
      size_t at = (spread(key) >> 20U) & (slots.size() - 1);
      for (; slots[at] != 0; at = (at + 1) & (slots.size() - 1)) {
        if (slots[at] == key) return true;
      }
      slots[at] = key;
    }
    return false;
  }

  unsigned bits_;
  std::vector<size_t> begin_;
  std::vector<uint64_t> keys_;
};

// The rows that may share their key with another one, in order of keys.
std::vector<std::pair<uint64_t, uint32_t>> doubtful_keys(const std::vector<uint64_t>& keys) {
  const KeyParts parts(keys);
  const std::vector<uint8_t> doubtful = parts.with_equal_keys();
  std::vector<std::pair<uint64_t, uint32_t>> order;
  if (std::find(doubtful.begin(), doubtful.end(), 1) == doubtful.end()) return order;
  for (size_t row = 0; row < keys.size(); ++row) {
    if (doubtful[parts.part_of(keys[row])]) order.emplace_back(keys[row], static_cast<uint32_t>(row));
  }
  std::sort(order.begin(), order.end());
  return order;
}

bool rows_equal(const Frame& frame, size_t a, size_t b) {
  return std::all_of(frame.columns.begin(), frame.columns.end(),
                     [&](const Column& c) { return same_cell(c, a, c, b); });
}

// Whether each row has a key of its own, by looking only at rows that stand together: those of one person mostly do,
// and are few. False: it takes another way to tell. `column`: part of the keys.
bool differ_within_groups(const std::vector<uint64_t>& keys, const Column& column) {
  constexpr size_t kMost = 64;  // rows of a group
  if (column.storage != facts::Storage::text) return false;
  constexpr size_t kPiece = size_t{1} << 16U;                           // rows; a group is looked at where it begins
  std::vector<std::atomic<uint8_t>> had(column.dictionary.size() + 1);  // by code + 1
  std::atomic<bool> differ = true;
  for_ranges(keys.size(), kPiece, hardware_threads(), [&](size_t begin, size_t last, size_t) {
    while (begin > 0 && begin < last && column.codes[begin] == column.codes[begin - 1]) ++begin;
    for (size_t end = begin; begin < last && differ.load(std::memory_order_relaxed); begin = end) {
      const uint32_t code = column.codes[begin];
      while (end < keys.size() && column.codes[end] == code && end - begin <= kMost) ++end;
      bool each = had[code + 1U].exchange(1, std::memory_order_relaxed) == 0 && end - begin <= kMost;
      for (size_t i = begin + 1; each && i < end; ++i) each = std::find(&keys[begin], &keys[i], keys[i]) == &keys[i];
      if (!each) differ = false;
    }
  });
  return differ;
}

}  // namespace

void check_duplicates(RowChecker& checker, const Frame& frame, TableId table) {
  const std::vector<uint64_t> keys = record_keys(table, frame);
  if (ascending(keys) || differ_within_groups(keys, frame.columns.front())) return;
  const std::vector<std::pair<uint64_t, uint32_t>> order = doubtful_keys(keys);
  for (size_t begin = 0; begin < order.size();) {
    size_t end = begin + 1;
    while (end < order.size() && order[end].first == order[begin].first) ++end;
    const size_t first = order[begin].second;
    bool differ = false;
    for (size_t i = begin + 1; i < end; ++i) differ = differ || !rows_equal(frame, first, order[i].second);
    for (size_t i = begin + (differ ? 0 : 1); end - begin > 1 && i < end; ++i) {
      const size_t other = i == begin ? order[begin + 1].second : first;
      const bool within = frame.rows[order[i].second] == frame.rows[other];
      checker.fault(order[i].second, "",
                    within   ? "duplicate-row/within"
                    : differ ? "duplicate-row/differs"
                             : "duplicate-row/same",
                    {std::to_string(frame.rows[order[i].second]), std::to_string(frame.rows[other])});
    }
    begin = end;
  }
}

uint64_t drop_empty_twins(Frame& assignments) {
  const Column& from = *assignments.find("from");
  const Column* to = assignments.find("to");
  if (to == nullptr) return 0;
  const auto is_empty = [&](size_t row) {
    return !from.missing(row) && !to->missing(row) && from.days[row] == to->days[row];
  };
  std::unordered_set<std::string> real;
  bool any_empty = false;
  for (size_t row = 0; row < assignments.size(); ++row) any_empty = any_empty || is_empty(row);
  if (!any_empty) return 0;
  for (size_t row = 0; row < assignments.size(); ++row) {
    if (!is_empty(row)) real.insert(record_key(TableId::assignments, assignments, row));
  }
  uint64_t dropped = 0;
  std::vector<uint8_t> keep(assignments.size(), 1);
  for (size_t row = 0; row < assignments.size(); ++row) {
    if (!is_empty(row) || real.count(record_key(TableId::assignments, assignments, row)) == 0) continue;
    keep[row] = 0;
    ++dropped;
  }
  keep_rows(assignments, keep);
  return dropped;
}

}  // namespace hr::engine
