#include "store/fact_append.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "store/fact_groups.h"
#include "store/fact_overlaps.h"
#include "store/fact_segments.h"

namespace hr::store {

namespace {

using Groups = std::span<const FactGroup>;

// Incoming rows of one KPI and period, ascending by subject.
struct Rows {
  std::span<const uint32_t> rows;      // of the frame
  std::span<const uint32_t> subjects;  // their numbers

  size_t size() const { return rows.size(); }
  Rows part(size_t begin, size_t end) const {
    return {rows.subspan(begin, end - begin), subjects.subspan(begin, end - begin)};
  }
};

// The store's number of each subject code that occurs; new ones get numbers in order of appearance.
std::vector<uint32_t> number_subjects(Database& database, Names& subjects, uint32_t source,
                                      const facts::Column& column) {
  std::vector<uint8_t> used(column.dictionary.size());
  for (const uint32_t code : column.codes) used[code] = 1;
  subjects.all(database);
  std::vector<uint32_t> numbers(used.size());
  for (uint32_t code = 0; code < used.size(); ++code) {
    if (used[code]) numbers[code] = subjects.add(column.dictionary[code]);
  }
  subjects.save(database, source);
  return numbers;
}

// The number of a KPI; a new one is made.
int64_t number_kpi(Database& database, std::string_view name) {
  Statement find(database, "SELECT kpi_id FROM kpi WHERE name = ?");
  if (find.bind({name}).step()) return find.integer(0);
  const int64_t id = database.integer("SELECT coalesce(max(kpi_id), 0) + 1 FROM kpi");
  RowWriter(database, "kpi", 2).write({id, name});
  return id;
}

class FactAppend {
 public:
  FactAppend(Database& database, uint32_t source, const facts::Frame& frame, const FactColumns& columns,
             std::span<const Period> replace)
      : database_(database),
        frame_(frame),
        columns_(columns),
        replace_(replace.begin(), replace.end()),
        reader_(database),
        writer_(database, source) {}

  void append_kpi(Groups groups);
  FactsAppended take();

 private:
  struct PeriodSets {
    SubjectSet incoming;
    SubjectSet stored;
  };

  std::map<Period, SubjectSet> find_overlaps(Groups groups, const std::vector<SegmentRun>& stored);
  void append_period(int64_t kpi, const Period& period, const Rows& rows, SegmentRun stored,
                     const SubjectSet* overlapping);
  void append_block(int64_t kpi, const Period& period, uint32_t block, const Rows& rows, SegmentRun stored,
                    const SubjectSet* overlapping);
  void take_rows(const Rows& rows, bool has_stored, const SubjectSet* overlapping);
  void withdraw_others(const Rows& rows);

  Database& database_;
  const facts::Frame& frame_;
  const FactColumns& columns_;
  std::set<Period> replace_;
  SegmentReader reader_;
  SegmentWriter writer_;
  FactsAppended result_;
  // Of the block at hand.
  BlockState state_;
  SegmentCells cells_;
  std::vector<uint32_t> lines_;
};

// Subjects by period whose incoming facts overlap others, stored or incoming. Nothing in the usual case that all
// periods of a KPI are of one kind.
std::map<Period, SubjectSet> FactAppend::find_overlaps(Groups groups, const std::vector<SegmentRun>& stored) {
  std::set<Period> periods;
  for (const FactGroup& group : groups) periods.insert(group.period);
  for (const SegmentRun run : stored) periods.insert(run.front().period);
  const auto overlaps = overlapping_periods({periods.begin(), periods.end()});
  std::map<Period, SubjectSet> present;
  for (const FactGroup& group : groups) {
    if (!overlaps.count(group.period)) continue;
    for (const uint32_t subject : group.subjects) present[group.period].add(subject);
  }
  for (const SegmentRun run : stored) {  // of a replaced period only what comes again stays, which is incoming
    if (!overlaps.count(run.front().period) || replace_.count(run.front().period)) continue;
    SubjectSet live;
    for (const SegmentKey& key : run) {
      reader_.read(key, cells_);
      for (size_t i = 0; i < cells_.offsets.size(); ++i) {
        const uint32_t subject = key.block << kBlockBits | cells_.offsets[i];
        if (cells_.values[i].scale < 0)
          live.remove(subject);
        else
          live.add(subject);
      }
    }
    present[run.front().period].add(live);
  }
  std::map<Period, SubjectSet> found;
  for (const FactGroup& group : groups) {
    const auto others = overlaps.find(group.period);
    if (others == overlaps.end()) continue;
    for (const Period& other : others->second) found[group.period].add(present[other]);
  }
  return found;
}

// All groups of one KPI.
void FactAppend::append_kpi(Groups groups) {
  const int64_t kpi = number_kpi(database_, columns_.kpi.dictionary[groups.front().kpi]);
  const std::vector<SegmentKey> keys = segment_keys(database_, kpi);
  const std::vector<SegmentRun> stored = runs_of_periods(keys);
  const std::map<Period, SubjectSet> overlapping = find_overlaps(groups, stored);
  std::map<Period, SegmentRun> stored_of;
  for (const SegmentRun run : stored) stored_of[run.front().period] = run;
  std::map<Period, Rows> rows_of;
  for (const FactGroup& group : groups) rows_of[group.period] = {group.rows, group.subjects};
  for (const auto& [period, run] : stored_of) {
    if (replace_.count(period)) rows_of.emplace(period, Rows());
  }
  for (const auto& [period, rows] : rows_of) {
    const auto found = overlapping.find(period);
    const auto run = stored_of.find(period);
    append_period(kpi, period, rows, run == stored_of.end() ? SegmentRun() : run->second,
                  found == overlapping.end() ? nullptr : &found->second);
  }
}

void FactAppend::append_period(int64_t kpi, const Period& period, const Rows& rows, SegmentRun stored,
                               const SubjectSet* overlapping) {
  std::map<uint32_t, SegmentRun> stored_of;
  for (const SegmentRun run : runs_of_blocks(stored)) stored_of[run.front().block] = run;
  std::map<uint32_t, Rows> rows_of;
  for (size_t begin = 0; begin < rows.size();) {
    const uint32_t block = rows.subjects[begin] >> kBlockBits;
    size_t end = begin + 1;
    while (end < rows.size() && rows.subjects[end] >> kBlockBits == block) ++end;
    rows_of[block] = rows.part(begin, end);
    begin = end;
  }
  if (replace_.count(period)) {
    for (const auto& [block, run] : stored_of) rows_of.emplace(block, Rows());
  }
  for (const auto& [block, block_rows] : rows_of) {
    const auto run = stored_of.find(block);
    append_block(kpi, period, block, block_rows, run == stored_of.end() ? SegmentRun() : run->second, overlapping);
  }
}

void FactAppend::append_block(int64_t kpi, const Period& period, uint32_t block, const Rows& rows, SegmentRun stored,
                              const SubjectSet* overlapping) {
  const bool has_stored = !stored.empty();
  if (has_stored) state_.load(reader_, stored);
  cells_.offsets.clear();
  cells_.values.clear();
  lines_.clear();
  take_rows(rows, has_stored, overlapping);
  if (has_stored && replace_.count(period)) withdraw_others(rows);
  if (!cells_.offsets.empty()) writer_.write(kpi, period, block, cells_, lines_);
}

// Puts what is new or changed into cells_.
void FactAppend::take_rows(const Rows& rows, bool has_stored, const SubjectSet* overlapping) {
  constexpr size_t kAhead = 24;  // the rows of one KPI lie far apart in a file that goes by subject
  for (size_t i = 0; i < rows.size(); ++i) {
    if (i + kAhead < rows.size()) {
      __builtin_prefetch(&columns_.value.decimals[rows.rows[i + kAhead]]);
      __builtin_prefetch(&frame_.rows[rows.rows[i + kAhead]]);
    }
    const uint32_t row = rows.rows[i];
    const uint32_t subject = rows.subjects[i];
    if (overlapping && overlapping->has(subject)) {
      result_.overlapping.push_back(row);
      continue;
    }
    if (i + 1 < rows.size() && rows.subjects[i + 1] == subject) continue;  // the later row of the same key counts
    const Decimal value = columns_.value.decimals[row];
    const uint32_t offset = subject & kOffsetMask;
    const bool there = has_stored && state_.value(offset).scale >= 0;
    if (there && state_.value(offset) == value) {
      ++result_.unchanged;
      continue;
    }
    ++(there ? result_.changed : result_.added);
    cells_.offsets.push_back(offset);
    cells_.values.push_back(value);
    lines_.push_back(frame_.rows[row]);
  }
}

// Withdraws the stored facts of the block at hand that the frame does not have.
void FactAppend::withdraw_others(const Rows& rows) {
  std::vector<uint8_t> incoming(kBlockRows);
  for (const uint32_t subject : rows.subjects) incoming[subject & kOffsetMask] = 1;
  SegmentCells merged;
  std::vector<uint32_t> lines;
  size_t next = 0;
  const uint32_t end = std::max(state_.size(), cells_.offsets.empty() ? 0 : cells_.offsets.back() + 1);
  for (uint32_t offset = 0; offset < end; ++offset) {
    if (next < cells_.offsets.size() && cells_.offsets[next] == offset) {
      merged.offsets.push_back(offset);
      merged.values.push_back(cells_.values[next]);
      lines.push_back(lines_[next++]);
    } else if (!incoming[offset] && state_.value(offset).scale >= 0) {
      merged.offsets.push_back(offset);
      merged.values.push_back(facts::kMissingDecimal);
      lines.push_back(0);
      ++result_.withdrawn;
    }
  }
  cells_ = std::move(merged);
  lines_ = std::move(lines);
}

FactsAppended FactAppend::take() {
  std::sort(result_.overlapping.begin(), result_.overlapping.end());
  return std::move(result_);
}

}  // namespace

FactsAppended append_facts(Database& database, Names& subjects, uint32_t source, const facts::Frame& frame,
                           std::span<const Period> replace) {
  const FactColumns columns(frame);
  const std::vector<uint32_t> numbers = number_subjects(database, subjects, source, columns.subject);
  const FactGroups groups(columns, numbers, subjects.all(database).size());
  FactAppend append(database, source, frame, columns, replace);
  const Groups all = groups.all();
  for (size_t begin = 0; begin < all.size();) {
    size_t end = begin + 1;
    while (end < all.size() && all[end].kpi == all[begin].kpi) ++end;
    append.append_kpi(all.subspan(begin, end - begin));
    begin = end;
  }
  return append.take();
}

}  // namespace hr::store
