#include "ingest/in_order.h"

#include <algorithm>

namespace hr::ingest {

using facts::Column;
using facts::Frame;
using facts::kMissingCode;

Frame empty_like(const Frame& frame) {
  Frame out;
  for (const Column& c : frame.columns) {
    out.columns.emplace_back();
    out.columns.back().name = c.name;
    out.columns.back().storage = c.storage;
    out.columns.back().carried = c.carried;
  }
  return out;
}

void clear_rows(Frame& frame) {
  frame.rows.clear();
  for (Column& column : frame.columns) {
    column.codes.clear();
    column.days.clear();
    column.decimals.clear();
  }
}

template <class T>
static void append_all(std::vector<T>& to, const std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

// For all rows to come, by what the file has had so far: columns that grow are copied, and stand twice for a while.
void InOrder::make_room(const Batch& batch) {
  const size_t rows = whole_.rows.size() + batch.frame.rows.size();
  if (rows <= whole_.rows.capacity() || batch.end == 0 || bytes_ <= batch.end) return;
  const double times = static_cast<double>(bytes_) / static_cast<double>(batch.end);
  expected_ = static_cast<size_t>(static_cast<double>(rows) * times);
  const size_t all = expected_ + expected_ / 20;
  whole_.rows.reserve(all);
  for (Column& column : whole_.columns) {
    if (column.storage == facts::Storage::text) column.codes.reserve(all);
    if (column.storage == facts::Storage::day) column.days.reserve(all);
    if (column.storage == facts::Storage::decimal) column.decimals.reserve(all);
  }
}

void InOrder::begin(const Frame& columns) {
  whole_ = empty_like(columns);
  for (Column& column : whole_.columns) {
    const auto known = options_.known.find(column.name);
    if (known != options_.known.end()) column.dictionary = known->second.on_top();
  }
}

// How many codes of the column mean the same text in both.
static uint32_t shared_codes(const ReadOptions& options, const Column& whole, const Column& part) {
  const auto known = options.known.find(whole.name);
  if (known == options.known.end()) return 0;
  return static_cast<uint32_t>(
      std::min(whole.dictionary.begins_with(known->second), part.dictionary.begins_with(known->second)));
}

// The whole's codes are given in the order in which rows have the texts.
void InOrder::append_codes(std::vector<uint32_t>& codes, Column& whole, const Column& part) {
  constexpr uint32_t kUnknown = kMissingCode;
  constexpr uint32_t kNoticed = kMissingCode - 1;
  const uint32_t shared = shared_codes(options_, whole, part);
  if (part.dictionary.size() == shared) return append_all(whole.codes, part.codes);
  codes.resize(part.dictionary.size() - shared, kUnknown);
  const auto is_same = [shared](uint32_t code) { return code < shared || code == kMissingCode; };
  std::vector<uint32_t> fresh;
  std::vector<std::string_view> texts;
  for (const uint32_t code : part.codes) {
    if (is_same(code) || codes[code - shared] != kUnknown) continue;
    codes[code - shared] = kNoticed;
    fresh.push_back(code);
    texts.push_back(part.dictionary[code]);
  }
  std::vector<uint32_t> found(fresh.size());
  whole.dictionary.own().add_all(texts, found);
  for (size_t i = 0; i < fresh.size(); ++i) codes[fresh[i] - shared] = found[i];
  const size_t before = whole.codes.size();
  whole.codes.resize(before + part.codes.size());
  std::transform(part.codes.begin(), part.codes.end(), whole.codes.begin() + static_cast<std::ptrdiff_t>(before),
                 [&](uint32_t code) { return is_same(code) ? code : codes[code - shared]; });
}

void InOrder::append(Batch& batch) {
  std::unique_lock lock(mutex_);
  turn_.wait(lock, [&] { return given_up_ || next_ == batch.number; });
  if (given_up_) return;
  if (next_ == 0) begin(batch.frame);
  make_room(batch);
  append_all(whole_.rows, batch.frame.rows);
  auto& known = codes_[batch.worker];
  known.resize(whole_.columns.size());
  for (size_t i = 0; i < whole_.columns.size(); ++i) {
    Column& whole = whole_.columns[i];
    const Column& part = batch.frame.columns[i];
    append_all(whole.days, part.days);
    append_all(whole.decimals, part.decimals);
    append_codes(known[i], whole, part);
    const bool all_new = whole.dictionary.size() == whole_.rows.size();  // as ids of a table have it
    if (next_ == 0 && all_new && expected_ > 0) whole.dictionary.own().expect(expected_);
  }
  ++next_;
  turn_.notify_all();
}

void InOrder::give_up() {
  const std::scoped_lock lock(mutex_);
  given_up_ = true;
  turn_.notify_all();
}

}  // namespace hr::ingest
