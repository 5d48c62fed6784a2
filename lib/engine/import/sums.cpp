#include "engine/import/sums.h"

#include <map>
#include <mutex>
#include <unordered_set>

#include "base/exact_sum.h"
#include "engine/import/reconcile.h"

namespace hr::engine {

using facts::Column;
using facts::Frame;

namespace {

struct Sums {
  ExactSum taken, aside;
};

std::optional<Decimal> total(const ExactSum& sum) {
  return sum.count() == 0 ? std::optional(Decimal{}) : sum.total();
}

// Of rows that were set aside after they had been read, and of the others.
void add_rows(const Frame& frame, const std::unordered_set<uint32_t>& aside, std::map<std::string, Sums>& sums) {
  for (const Column& column : frame.columns) {
    if (column.storage != facts::Storage::decimal || !column.carried) continue;
    Sums& s = sums[column.name];
    for (size_t row = 0; row < frame.size(); ++row) {
      if (column.missing(row)) continue;
      (aside.count(frame.rows[row]) > 0 ? s.aside : s.taken).add(column.decimals[row]);
    }
  }
}

// What the store has now for the records of these rows.
void add_stored(const RecordIndex& stored, const Frame& taken, std::map<std::string, ExactSum>& sums) {
  const std::vector<RecordIndex::Place> places = stored.find(taken);
  for (const Column& column : taken.columns) {
    if (column.storage != facts::Storage::decimal || !column.carried) continue;
    for (size_t row = 0; row < taken.size(); ++row) {
      const RecordIndex::Place& place = places[row];
      const Column* there = place.frame == nullptr ? nullptr : place.frame->find(column.name);
      if (column.missing(row) || there == nullptr || there->missing(place.row)) continue;
      sums[column.name].add(there->decimals[place.row]);
    }
  }
}

}  // namespace

bool ColumnSums::agree() const {
  const auto accounted = stored && aside ? add(*stored, *aside) : std::nullopt;
  return !read || !accounted || *read == *accounted;
}

std::vector<ColumnSums> sums_of(const ImportedFile& file, const Reading& reading, store::Store& store) {
  std::unordered_set<uint32_t> aside;
  for (const ingest::RejectedRow& row : file.rejected) aside.insert(row.line);
  const bool facts = reading.options.table == model::TableId::facts;
  if (facts && file.decided.corrected + file.decided.dropped > 0) return {};  // other rows went in than the file has
  const std::vector<Frame> records = facts ? std::vector<Frame>() : store.records(reading.options.table, store::kNow);
  const RecordIndex stored(reading.options.table, records);
  std::map<std::string, Sums> sums;
  std::map<std::string, ExactSum> in_store;
  std::mutex mutex;
  ingest::ReadOptions options = reading.options;
  options.keeps_changes = false;
  const ingest::ReadResult again = ingest::read_batches(reading.input, options, [&](ingest::Batch& batch) {
    const std::scoped_lock lock(mutex);
    add_rows(batch.frame, aside, sums);
    if (facts) return;
    std::vector<uint8_t> keep(batch.frame.size());
    for (size_t row = 0; row < keep.size(); ++row) keep[row] = aside.count(batch.frame.rows[row]) == 0;
    keep_rows(batch.frame, keep);
    add_stored(stored, batch.frame, in_store);
  });
  for (size_t i = 0; i < again.sums_aside.size() && i < again.frame.columns.size(); ++i) {
    const auto it = sums.find(again.frame.columns[i].name);
    if (it != sums.end()) it->second.aside.add(again.sums_aside[i]);
  }
  std::vector<ColumnSums> all;
  for (const auto& [column, s] : sums) {
    ExactSum read = s.taken;
    read.add(s.aside);
    all.push_back({column, total(read), total(s.aside), total(facts ? s.taken : in_store[column])});
  }
  return all;
}

}  // namespace hr::engine
