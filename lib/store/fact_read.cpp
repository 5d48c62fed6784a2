#include "store/fact_read.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <numeric>

#include "base/parallel.h"
#include "store/fact_segments.h"
#include "store/imported_sources.h"

namespace hr::store {

namespace {

// The segments asked for, by KPI id (as text), period, block, order of import.
struct Selection {
  std::map<int64_t, std::string> kpis;
  std::vector<SegmentKey> keys;

  const std::string& kpi(const SegmentRun& run) const { return kpis.at(run.front().kpi); }
};

Selection select(Database& database, DateRange range, const KnownSources& known) {
  Selection all{read_kpis(database), segment_keys(database)};
  std::vector<std::pair<std::string_view, int64_t>> names;
  for (const auto& [id, name] : all.kpis) names.emplace_back(name, id);
  std::sort(names.begin(), names.end());
  std::map<int64_t, size_t> place;
  for (size_t i = 0; i < names.size(); ++i) place[names[i].second] = i;
  for (const SegmentKey& key : all.keys) {
    if (!place.count(key.kpi)) database.damaged("kpi " + std::to_string(key.kpi));
  }
  std::erase_if(all.keys,
                [&](const SegmentKey& k) { return !known.knows(k.source) || !k.period.range().overlaps(range); });
  std::stable_sort(all.keys.begin(), all.keys.end(),
                   [&](const SegmentKey& a, const SegmentKey& b) { return place[a.kpi] < place[b.kpi]; });
  return all;
}

// Puts the segments of one block together; one thread's.
class DoubleReader {
 public:
  explicit DoubleReader(Database& database) : reader_(database) {}

  void read(SegmentRun block) {
    read_one(block.front());
    for (const SegmentKey& key : block.subspan(1)) read_over(key);
  }
  std::span<const uint32_t> subjects() const { return subjects_; }
  std::span<const double> values() const { return values_; }

 private:
  void read_one(const SegmentKey& key) {
    reader_.read(key, subjects_, values_, missing_);
    const uint32_t first = key.block << kBlockBits;
    for (uint32_t& subject : subjects_) subject |= first;
    if (missing_.empty()) return;
    size_t kept = 0;
    for (size_t i = 0; i < subjects_.size(); ++i) {
      subjects_[kept] = subjects_[i];
      values_[kept] = values_[i];
      kept += missing_[i] == 0;
    }
    subjects_.resize(kept);
    values_.resize(kept);
  }

  // A later import of the block. Most correct what is there, which is written over where it lies.
  void read_over(const SegmentKey& key) {
    reader_.read(key, said_, numbers_, missing_);
    const uint32_t first = key.block << kBlockBits;
    for (uint32_t& subject : said_) subject |= first;
    size_t at = 0;
    bool all_there = missing_.empty();
    for (size_t i = 0; i < said_.size() && all_there; ++i) {
      while (at < subjects_.size() && subjects_[at] < said_[i]) ++at;
      all_there = at < subjects_.size() && subjects_[at] == said_[i];
      if (all_there) values_[at] = numbers_[i];
    }
    if (!all_there) merge();
  }

  // The facts so far with what has been read last.
  void merge() {
    merged_subjects_.clear();
    merged_values_.clear();
    const auto add = [&](uint32_t subject, double value) {
      merged_subjects_.push_back(subject);
      merged_values_.push_back(value);
    };
    size_t at = 0;
    for (size_t i = 0; i < said_.size(); ++i) {
      for (; at < subjects_.size() && subjects_[at] < said_[i]; ++at) add(subjects_[at], values_[at]);
      if (at < subjects_.size() && subjects_[at] == said_[i]) ++at;
      if (missing_.empty() || !missing_[i]) add(said_[i], numbers_[i]);
    }
    for (; at < subjects_.size(); ++at) add(subjects_[at], values_[at]);
    subjects_.swap(merged_subjects_);
    values_.swap(merged_values_);
  }

  SegmentReader reader_;
  std::vector<uint32_t> subjects_;
  std::vector<double> values_;
  std::vector<uint32_t> said_;
  std::vector<double> numbers_;
  std::vector<uint8_t> missing_;
  std::vector<uint32_t> merged_subjects_;
  std::vector<double> merged_values_;
};

// A fact and where it came from.
struct OriginCell {
  Decimal value = facts::kMissingDecimal;
  uint32_t source = 0;  // 0 = nothing was ever said
  uint32_t row = 0;
};

// Plays the segments of a block one over the other; `change` sees each cell that is overwritten.
template <class Change>
void play(SegmentReader& reader, SegmentRun block, std::vector<OriginCell>& cells, const Change& change) {
  cells.clear();
  SegmentCells said;
  for (const SegmentKey& key : block) {
    reader.read(key, said);
    const std::vector<uint32_t> lines = reader.lines(key);
    if (said.offsets.back() >= cells.size()) cells.resize(said.offsets.back() + size_t{1});
    for (size_t i = 0; i < said.offsets.size(); ++i) {
      const OriginCell now{said.values[i], key.source, lines[i]};
      OriginCell& cell = cells[said.offsets[i]];
      if (cell.source != 0) change(said.offsets[i], cell, now);
      cell = now;
    }
  }
}

std::string value_text(const Decimal& value) {
  return value.scale < 0 ? std::string() : to_string(value);
}

// The newest cell of one subject in the segments of a block.
OriginCell newest(SegmentReader& reader, SegmentRun block, uint32_t offset) {
  SegmentCells cells;
  for (size_t i = block.size(); i-- > 0;) {
    const std::vector<uint32_t>& offsets = reader.offsets(block[i]);
    const auto it = std::lower_bound(offsets.begin(), offsets.end(), offset);
    if (it == offsets.end() || *it != offset) continue;
    const auto place = static_cast<size_t>(it - offsets.begin());
    reader.read(block[i], cells);
    return {cells.values[place], block[i].source, reader.lines(block[i])[place]};
  }
  return {};
}

// Place of each subject in the order of their ids.
std::vector<uint32_t> ranks_of(const facts::Dictionary& subjects) {
  std::vector<uint32_t> order(subjects.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) { return subjects[a] < subjects[b]; });
  std::vector<uint32_t> ranks(order.size());
  for (uint32_t i = 0; i < order.size(); ++i) ranks[order[i]] = i;
  return ranks;
}

void check_subject(Database& database, const facts::Dictionary& subjects, const SegmentKey& key, uint32_t offset) {
  if ((key.block << kBlockBits | offset) >= subjects.size()) database.damaged("fact_segment " + std::to_string(key.id));
}

// Appends the facts of one KPI and period to a frame as make_frame(facts) gives it.
class FrameOfFacts {
 public:
  FrameOfFacts(Database& database, const facts::Dictionary& subjects)
      : database_(database),
        subjects_(subjects),
        ranks_(ranks_of(subjects)),
        reader_(database),
        frame_(facts::make_frame(model::TableId::facts)) {}

  void append(const std::string& kpi, SegmentRun period) {
    std::vector<std::pair<uint32_t, OriginCell>> found;
    for (const SegmentRun block : runs_of_blocks(period)) {
      play(reader_, block, cells_, [](uint32_t, const OriginCell&, const OriginCell&) {});
      for (uint32_t offset = 0; offset < cells_.size(); ++offset) {
        if (cells_[offset].value.scale < 0) continue;
        check_subject(database_, subjects_, block.front(), offset);
        found.emplace_back(block.front().block << kBlockBits | offset, cells_[offset]);
      }
    }
    std::sort(found.begin(), found.end(),
              [&](const auto& a, const auto& b) { return ranks_[a.first] < ranks_[b.first]; });
    const std::string name = to_string(period.front().period);
    for (const auto& [subject, cell] : found) {
      frame_.columns[0].append(subjects_[subject]);
      frame_.columns[1].append(kpi);
      frame_.columns[2].append(name);
      frame_.columns[3].append(cell.value);
      frame_.rows.push_back(cell.row);
      frame_.sources.push_back(cell.source);
    }
  }
  facts::Frame take() { return std::move(frame_); }

 private:
  Database& database_;
  const facts::Dictionary& subjects_;
  std::vector<uint32_t> ranks_;
  SegmentReader reader_;
  facts::Frame frame_;
  std::vector<OriginCell> cells_;
};

class SelectedFacts final : public StoredFacts {
 public:
  SelectedFacts(Database& database, DateRange range, Timestamp known)
      : database_(database), selection_(select(database, range, KnownSources(database, known))) {}

  void read(const std::function<void(const FactBlock&)>& each, int threads, uint32_t first_block,
            uint32_t end_block) override {
    std::vector<SegmentKey> keys;
    std::copy_if(selection_.keys.begin(), selection_.keys.end(), std::back_inserter(keys),
                 [&](const SegmentKey& k) { return k.block >= first_block && k.block < end_block; });
    const std::vector<SegmentRun> kpis = runs_of_kpis(keys);
    std::vector<std::unique_ptr<DoubleReader>> readers;
    for (int i = 0; i < threads; ++i) readers.push_back(std::make_unique<DoubleReader>(database_));
    for_pieces(kpis.size(), threads, [&](size_t piece, size_t worker) {
      DoubleReader& reader = *readers[worker];
      const std::string& kpi = selection_.kpi(kpis[piece]);
      for (const SegmentRun period : runs_of_periods(kpis[piece])) {
        for (const SegmentRun block : runs_of_blocks(period)) {
          reader.read(block);
          if (!reader.subjects().empty())
            each({kpi, period.front().period, reader.subjects(), reader.values(), worker});
        }
      }
    });
  }

 private:
  Database& database_;
  Selection selection_;
};

}  // namespace

std::unique_ptr<StoredFacts> stored_facts(Database& database, DateRange range, Timestamp known) {
  return std::make_unique<SelectedFacts>(database, range, known);
}

std::vector<std::pair<uint32_t, FactCell>> read_facts_of(Database& database, std::span<const uint32_t> subjects,
                                                         DateRange range, Timestamp known) {
  Selection selection = select(database, range, KnownSources(database, known));
  SegmentReader reader(database);
  std::vector<std::pair<uint32_t, FactCell>> cells;
  for (const SegmentRun period : runs_of_periods(selection.keys)) {
    for (const SegmentRun block : runs_of_blocks(period)) {
      for (uint32_t i = 0; i < subjects.size(); ++i) {
        if (subjects[i] >> kBlockBits != block.front().block) continue;
        const OriginCell cell = newest(reader, block, subjects[i] & kOffsetMask);
        if (cell.value.scale < 0) continue;
        cells.emplace_back(i, FactCell{selection.kpi(block), block.front().period, cell.value, cell.source, cell.row});
      }
    }
  }
  return cells;
}

namespace {

FactChange change_of(const OriginCell& before, const OriginCell& after) {
  FactChange change;
  if (before.value.scale >= 0) change.before = before.value;
  if (after.value.scale >= 0) change.after = after.value;
  change.before_source = before.source;
  change.before_row = before.row;
  change.after_source = after.source;
  change.after_row = after.row;
  return change;
}

}  // namespace

std::vector<FactChange> read_fact_changes(Database& database, const facts::Dictionary& subjects, DateRange range,
                                          Timestamp earlier, Timestamp later) {
  const KnownSources known_before(database, earlier);
  const Selection selection = select(database, range, KnownSources(database, later));
  const auto is_new = [&](const SegmentKey& key) { return !known_before.knows(key.source); };
  SegmentReader reader(database);
  std::vector<OriginCell> before;
  std::vector<OriginCell> after;
  std::vector<FactChange> changes;
  for (const SegmentRun run : runs_of_periods(selection.keys)) {
    for (const SegmentRun block : runs_of_blocks(run)) {
      // In order of import, so that what was known earlier comes first.
      const auto first_new = static_cast<size_t>(std::find_if(block.begin(), block.end(), is_new) - block.begin());
      if (first_new == block.size()) continue;
      play(reader, block.first(first_new), before, [](uint32_t, const OriginCell&, const OriginCell&) {});
      play(reader, block, after, [](uint32_t, const OriginCell&, const OriginCell&) {});
      before.resize(after.size());
      for (uint32_t offset = 0; offset < after.size(); ++offset) {
        if (before[offset].value == after[offset].value) continue;
        check_subject(database, subjects, block.front(), offset);
        FactChange& change = changes.emplace_back(change_of(before[offset], after[offset]));
        change.subject = subjects[block.front().block << kBlockBits | offset];
        change.kpi = selection.kpi(run);
        change.period = run.front().period;
      }
    }
  }
  return changes;
}

std::vector<uint32_t> read_subjects_of_new_facts(Database& database, DateRange range, Timestamp earlier,
                                                 Timestamp later) {
  const KnownSources known_before(database, earlier);
  SegmentReader reader(database);
  std::vector<uint8_t> named;  // by number
  for (const SegmentKey& key : select(database, range, KnownSources(database, later)).keys) {
    if (known_before.knows(key.source)) continue;
    const std::vector<uint32_t>& offsets = reader.offsets(key);
    const size_t first = size_t{key.block} << kBlockBits;
    if (named.size() < first + offsets.back() + 1) named.resize(first + offsets.back() + 1);
    for (const uint32_t offset : offsets) named[first + offset] = 1;
  }
  std::vector<uint32_t> subjects;
  for (uint32_t subject = 0; subject < named.size(); ++subject) {
    if (named[subject]) subjects.push_back(subject);
  }
  return subjects;
}

facts::Frame read_all_facts(Database& database, const facts::Dictionary& subjects, Timestamp known) {
  const Selection selection = select(database, {kFarPast, kFarFuture + 1}, KnownSources(database, known));
  FrameOfFacts frame(database, subjects);
  for (const SegmentRun run : runs_of_periods(selection.keys)) frame.append(selection.kpi(run), run);
  return frame.take();
}

std::vector<Restatement> fact_restatements(Database& database, const facts::Dictionary& subjects) {
  const KnownSources sources(database, kNow);
  const Selection selection = select(database, {kFarPast, kFarFuture + 1}, sources);
  SegmentReader reader(database);
  std::vector<OriginCell> cells;
  std::vector<Restatement> all;
  for (const SegmentRun run : runs_of_periods(selection.keys)) {
    for (const SegmentRun block : runs_of_blocks(run)) {
      if (block.size() == 1) continue;
      play(reader, block, cells, [&](uint32_t offset, const OriginCell& before, const OriginCell& after) {
        check_subject(database, subjects, block.front(), offset);
        const std::string key = std::string(subjects[block.front().block << kBlockBits | offset]) + " · " +
                                selection.kpi(run) + " · " + to_string(run.front().period);
        all.push_back({"facts", key, "value", value_text(before.value), value_text(after.value), before.source,
                       before.row, after.source, after.row, sources.imported_at(after.source)});
      });
    }
  }
  return all;
}

}  // namespace hr::store
