#include "store/record_blocks.h"

#include <algorithm>
#include <functional>
#include <map>
#include <stdexcept>

#include "store/column_codec.h"
#include "store/imported_sources.h"
#include "store/record_merge.h"

namespace hr::store {

namespace {

using model::TableId;

constexpr int kBlockColumns = 5;

// Blocks of a table in order of import. `each` throws DamagedBlob.
void for_each_block(Database& database, TableId table, const KnownSources& known,
                    const std::function<void(const FrameBlock&, uint32_t source)>& each) {
  Statement rows(database, "SELECT * FROM record_block WHERE table_name = ? ORDER BY block_id");
  rows.bind({model::imported_table(table).name});
  while (rows.step()) {
    const auto source = static_cast<uint32_t>(rows.integer(1, 1, UINT32_MAX));
    if (!known.knows(source)) continue;
    rows.check_row("record_block", kBlockColumns);
    try {
      each(decode_frame_block(rows.text(4), static_cast<size_t>(rows.integer(3, 0, kBlockRows))), source);
    } catch (const DamagedBlob& e) {
      database.damaged("record_block " + std::to_string(rows.integer(0)) + ": " + e.what());
    }
  }
}

// For assignments the set of carried columns is part of the key: each such set is a timeline of its own.
std::string timeline_of(TableId table, const FrameBlock& block) {
  if (table != TableId::assignments) return {};
  std::vector<std::string_view> names;
  for (const ColumnBlock& c : block.columns) {
    if (c.carried) names.push_back(c.name);
  }
  std::sort(names.begin(), names.end());
  std::string set;
  for (const std::string_view name : names) set.append(name).append(1, '\x1f');
  return set;
}

// One merge for each timeline, in order of first appearance.
class Timelines {
 public:
  explicit Timelines(TableId table, bool with_changes = false) : table_(table), with_changes_(with_changes) {
    if (table != TableId::assignments) at({});  // an empty table is still a frame with its columns
  }
  struct Timeline {
    std::vector<CellChange> changes;
    std::unique_ptr<RecordMerge> merge;
  };
  void add(const FrameBlock& block, uint32_t source) { at(timeline_of(table_, block)).merge->add(block, source); }
  const std::vector<std::unique_ptr<Timeline>>& all() const { return all_; }

 private:
  Timeline& at(const std::string& set) {
    const auto [it, is_new] = places_.emplace(set, all_.size());
    if (is_new) {
      all_.push_back(std::make_unique<Timeline>());
      all_.back()->merge = std::make_unique<RecordMerge>(table_, with_changes_ ? &all_.back()->changes : nullptr);
    }
    return *all_[it->second];
  }

  TableId table_;
  bool with_changes_;
  std::vector<std::unique_ptr<Timeline>> all_;
  std::map<std::string, size_t> places_;
};

Restatement restatement_of(TableId table, const RecordMerge& merge, const CellChange& change, Timestamp at) {
  return {std::string(model::imported_table(table).name),
          merge.readable_key(change.record),
          change.column,
          change.old_value,
          change.new_value,
          change.old_source,
          change.old_row,
          change.new_source,
          change.new_row,
          at};
}

}  // namespace

void append_records(Database& database, TableId table, uint32_t source, const facts::Frame& frame) {
  if (table == TableId::facts) throw std::logic_error("facts are no records: append_facts");
  int64_t id = database.integer("SELECT coalesce(max(block_id), 0) + 1 FROM record_block");
  RowWriter writer(database, "record_block", kBlockColumns);
  for (size_t begin = 0; begin < frame.size(); begin += kBlockRows) {
    const size_t end = std::min(frame.size(), begin + kBlockRows);
    const std::string cells = encode_frame_block(frame, begin, end);
    writer.write(
        {id++, int64_t{source}, model::imported_table(table).name, static_cast<int64_t>(end - begin), Blob{cells}});
  }
}

std::vector<facts::Frame> read_records(Database& database, TableId table, Timestamp known) {
  if (table == TableId::facts) throw std::logic_error("facts are no records: read_facts");
  const ReadScope scope(database);
  Timelines timelines(table);
  const KnownSources sources(database, known);
  for_each_block(database, table, sources,
                 [&](const FrameBlock& block, uint32_t source) { timelines.add(block, source); });
  std::vector<facts::Frame> frames;
  for (const auto& timeline : timelines.all()) frames.push_back(timeline->merge->take());
  return frames;
}

std::vector<Restatement> record_restatements(Database& database) {
  const KnownSources sources(database, kNow);
  std::vector<Restatement> all;
  for (const model::ImportedTable& table : model::imported_tables()) {
    if (table.id == TableId::facts) continue;
    Timelines timelines(table.id, true);
    for_each_block(database, table.id, sources,
                   [&](const FrameBlock& block, uint32_t source) { timelines.add(block, source); });
    for (const auto& timeline : timelines.all()) {
      for (const CellChange& change : timeline->changes) {
        all.push_back(restatement_of(table.id, *timeline->merge, change, sources.imported_at(change.new_source)));
      }
    }
  }
  return all;
}

}  // namespace hr::store
