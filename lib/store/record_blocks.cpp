#include "store/record_blocks.h"

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>

#include "base/parallel.h"
#include "store/column_codec.h"
#include "store/imported_sources.h"
#include "store/record_merge.h"

namespace hr::store {

namespace {

using model::TableId;

constexpr int kBlockColumns = 6;

struct BlockPlace {
  int64_t id = 0;
  uint32_t source = 0;
  size_t rows = 0;
};

// Those of a table whose sources are known, in order of import.
std::vector<BlockPlace> block_places(Database& database, TableId table, const KnownSources& known) {
  std::vector<BlockPlace> places;
  Statement rows(database,
                 "SELECT block_id, source_id, row_count FROM record_block WHERE table_name = ? ORDER BY block_id");
  rows.bind({model::imported_table(table).name});
  while (rows.step()) {
    const auto source = static_cast<uint32_t>(rows.integer(1, 1, UINT32_MAX));
    if (known.knows(source))
      places.push_back({rows.integer(0), source, static_cast<size_t>(rows.integer(2, 0, kBlockRows))});
  }
  return places;
}

// Blocks as bytes, for several threads.
class BlockReader {
 public:
  explicit BlockReader(Database& database)
      : database_(database), row_(database, "SELECT * FROM record_block WHERE block_id = ?") {}

  std::string cells(const BlockPlace& place) {
    const std::scoped_lock lock(mutex_);
    row_.reset();
    if (!row_.bind({place.id}).step()) database_.damaged("record_block " + std::to_string(place.id));
    row_.check_row("record_block", kBlockColumns);
    return row_.string(5);
  }

 private:
  Database& database_;
  Statement row_;
  std::mutex mutex_;
};

void naming_damage(Database& database, const BlockPlace& place, const auto& work) {
  try {
    work();
  } catch (const DamagedBlob& e) {
    database.damaged("record_block " + std::to_string(place.id) + ": " + e.what());
  }
}

// Decodes blocks and hands them on in their order. `each` throws DamagedBlob.
void for_each_block(Database& database, const std::vector<BlockPlace>& places,
                    std::span<const std::string_view> columns,
                    const std::function<void(const FrameBlock&, uint32_t source)>& each) {
  BlockReader reader(database);
  struct Room {  // of a thread
    std::string cells;
    FrameBlock block;
  };
  std::vector<Room> rooms(static_cast<size_t>(hardware_threads()));
  for_pieces_in_order(
      places.size(), hardware_threads(),
      [&](size_t i, size_t worker) {
        Room& room = rooms[worker];
        room.cells = reader.cells(places[i]);
        naming_damage(database, places[i],
                      [&] { decode_frame_block(room.cells, places[i].rows, columns, room.block); });
      },
      [&](size_t i, size_t worker) {
        naming_damage(database, places[i], [&] { each(rooms[worker].block, places[i].source); });
      });
}

// The names that columns of a table refer to.
NamesByKind load_names(Database& database, AllNames& names, TableId table, std::span<const std::string_view> columns) {
  NamesByKind by_kind;
  for (const model::CanonicalColumn& c : model::imported_table(table).columns) {
    const bool is_needed = columns.empty() || std::find(columns.begin(), columns.end(), c.name) != columns.end();
    const auto kind = is_needed ? names_of(table, c.name) : std::nullopt;
    if (kind) by_kind[static_cast<size_t>(*kind)] = names.of(*kind).all(database);
  }
  return by_kind;
}

// Whether each row is a record: none has the key of another.
bool is_one_import(TableId table, const std::vector<BlockPlace>& places) {
  const auto is_first = [&](const BlockPlace& place) { return place.source == places.front().source; };
  return table != TableId::assignments && table != TableId::org_units &&
         std::all_of(places.begin(), places.end(), is_first);
}

size_t rows_of(const std::vector<BlockPlace>& places) {
  size_t rows = 0;
  for (const BlockPlace& place : places) rows += place.rows;
  return rows;
}

// The columns to decode: those wanted, and the keys where records of several imports come together.
std::vector<std::string_view> columns_to_decode(TableId table, const std::vector<BlockPlace>& places,
                                                std::span<const std::string_view> wanted) {
  std::vector<std::string_view> columns(wanted.begin(), wanted.end());
  if (wanted.empty() || is_one_import(table, places)) return columns;
  for (const model::CanonicalColumn& c : model::imported_table(table).columns) {
    if (c.key) columns.push_back(c.name);
  }
  return columns;
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
  struct Timeline {
    std::vector<CellChange> changes;
    std::unique_ptr<RecordMerge> merge;
  };
  Timelines(TableId table, NamesByKind names, std::span<const std::string_view> columns, size_t rows,
            bool with_changes = false)
      : table_(table),
        names_(std::move(names)),
        columns_(columns.begin(), columns.end()),
        rows_(rows),
        with_changes_(with_changes) {
    if (table != TableId::assignments) at({});  // an empty table is still a frame with its columns
  }
  void add(const FrameBlock& block, uint32_t source) { at(timeline_of(table_, block)).merge->add(block, source); }
  const std::vector<std::unique_ptr<Timeline>>& all() const { return all_; }

 private:
  Timeline& at(const std::string& set) {
    const auto [it, is_new] = places_.emplace(set, all_.size());
    if (is_new) {
      Timeline& timeline = *all_.emplace_back(std::make_unique<Timeline>());
      timeline.merge = std::make_unique<RecordMerge>(
          table_, names_, MergeOptions{columns_, with_changes_ ? &timeline.changes : nullptr});
      if (table_ != TableId::assignments) timeline.merge->expect(rows_);
    }
    return *all_[it->second];
  }

  TableId table_;
  NamesByKind names_;
  std::vector<std::string_view> columns_;
  size_t rows_;
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

// Whether codes need no look-up: each is its number, or no row has it.
static bool are_numbers(const std::vector<uint32_t>& numbers) {
  bool same = true;
  for (uint32_t code = 0; code < numbers.size(); ++code)
    same &= numbers[code] == code || numbers[code] == facts::kMissingCode;
  return same;
}

// Its columns that are kept as numbers of names; new names are added. All are looked for before any is added.
static std::vector<NumberedColumn> number_columns(Database& database, AllNames& names, TableId table, uint32_t source,
                                                  const facts::Frame& frame) {
  std::vector<NumberedColumn> numbered;
  for (const facts::Column& column : frame.columns) {
    const auto kind = names_of(table, column.name);
    if (kind && column.carried && column.storage == facts::Storage::text) numbered.push_back({&column, *kind, {}});
  }
  for_pieces(numbered.size(), hardware_threads(), [&](size_t i, size_t) {
    numbered[i].numbers = names.of(numbered[i].kind).find(database, *numbered[i].column);
  });
  for (size_t i = 0; i < numbered.size(); ++i)
    names.of(numbered[i].kind).add_missing(database, source, std::span(numbered).first(i), numbered[i]);
  for (NumberedColumn& column : numbered) {
    if (are_numbers(column.numbers)) column.numbers = {};
  }
  return numbered;
}

// Of each column the least and the greatest number in rows [begin, end); 1 and 0 where there is none.
static std::string ranges_of(std::span<const NumberedColumn> numbered, size_t begin, size_t end) {
  ByteWriter out;
  for (const NumberedColumn& n : numbered) {
    uint32_t least = facts::kMissingCode;
    uint32_t behind = 0;                     // the greatest
    const auto add = [&](uint32_t number) {  // none: neither is another
      least = std::min(least, number);
      behind = std::max(behind, number + 1);
    };
    const auto codes = std::span(n.column->codes).subspan(begin, end - begin);
    if (n.numbers.empty()) {
      for (const uint32_t code : codes) add(code);
    } else {
      for (const uint32_t code : codes) add(code == facts::kMissingCode ? code : n.numbers[code]);
    }
    out.number(n.column->name.size());
    out.bytes(n.column->name);
    out.number(behind == 0 ? 1 : least);
    out.number(behind == 0 ? 0 : behind - 1);
  }
  return out.take();
}

void append_records(Database& database, AllNames& names, TableId table, uint32_t source, const facts::Frame& frame) {
  if (table == TableId::facts) throw std::logic_error("facts are no records: append_facts");
  const std::vector<NumberedColumn> numbered = number_columns(database, names, table, source, frame);
  int64_t id = database.integer("SELECT coalesce(max(block_id), 0) + 1 FROM record_block");
  RowWriter writer(database, "record_block", kBlockColumns);
  struct Block {
    size_t rows;
    std::string ranges, cells;
  };
  const auto workers = static_cast<size_t>(hardware_threads());
  std::vector<Block> made(workers);                     // by worker
  std::vector<std::vector<uint32_t>> scratch(workers);  // too
  for_pieces_in_order((frame.size() + kBlockRows - 1) / kBlockRows, hardware_threads(),
                      [&](size_t block, size_t worker) {
                        const size_t begin = block * kBlockRows;
                        const size_t end = std::min(frame.size(), begin + kBlockRows);
                        made[worker] = {end - begin, ranges_of(numbered, begin, end),
                                        encode_frame_block(frame, begin, end, numbered, scratch[worker])};
                      },
                      [&](size_t, size_t worker) {
                        const Block& block = made[worker];
                        writer.write({id++, int64_t{source}, model::imported_table(table).name,
                                      static_cast<int64_t>(block.rows), Blob{block.ranges}, Blob{block.cells}});
                      });
}

// All of a table put together.
static std::vector<facts::Frame> merge_records(Database& database, AllNames& names, TableId table,
                                               const std::vector<BlockPlace>& places,
                                               std::span<const std::string_view> columns) {
  const std::vector<std::string_view> decoded = columns_to_decode(table, places, columns);
  return merge_blocks(table, load_names(database, names, table, decoded), columns, rows_of(places),
                      [&](const TakeBlock& take) { for_each_block(database, places, decoded, take); });
}

std::vector<facts::Frame> merge_blocks(TableId table, NamesByKind names, std::span<const std::string_view> columns,
                                       size_t rows, const std::function<void(const TakeBlock&)>& give) {
  Timelines timelines(table, std::move(names), columns, rows);
  give([&](const FrameBlock& block, uint32_t source) { timelines.add(block, source); });
  std::vector<facts::Frame> frames;
  for (const auto& timeline : timelines.all()) frames.push_back(timeline->merge->take());
  return frames;
}

std::vector<facts::Frame> read_records(Database& database, AllNames& names, TableId table, Timestamp known,
                                       std::span<const std::string_view> columns) {
  if (table == TableId::facts) throw std::logic_error("facts are no records: facts()");
  const ReadScope scope(database);
  const KnownSources sources(database, known);
  return merge_records(database, names, table, block_places(database, table, sources), columns);
}

void read_record_parts(Database& database, AllNames& names, TableId table, Timestamp known,
                       std::span<const std::string_view> columns, int threads, const facts::TakeRows& take) {
  if (table == TableId::facts) throw std::logic_error("facts are no records: facts()");
  const ReadScope scope(database);
  const KnownSources sources(database, known);
  const std::vector<BlockPlace> places = block_places(database, table, sources);
  if (!is_one_import(table, places)) {
    for (const facts::Frame& frame : merge_records(database, names, table, places, columns)) take(frame, frame.size());
    return;
  }
  const NamesByKind by_kind = load_names(database, names, table, columns);
  BlockReader reader(database);
  struct Room {  // of a thread
    std::string cells;
    FrameBlock block;
    facts::Frame frame;
  };
  std::vector<Room> rooms(static_cast<size_t>(threads));
  for_pieces_in_order(
      places.size(), threads,
      [&](size_t i, size_t worker) {
        Room& room = rooms[worker];
        room.cells = reader.cells(places[i]);
        naming_damage(database, places[i], [&] {
          decode_frame_block(room.cells, places[i].rows, columns, room.block);
          take_frame(table, by_kind, places[i].source, room.block, room.frame);
        });
      },
      [&](size_t, size_t worker) { take(rooms[worker].frame, rows_of(places)); });
}

std::vector<Source> read_sources_of_records(Database& database, Timestamp earlier) {
  std::vector<uint32_t> with_records;
  Statement rows(database, "SELECT DISTINCT source_id FROM record_block");
  while (rows.step()) with_records.push_back(static_cast<uint32_t>(rows.integer(0, 1, UINT32_MAX)));
  std::vector<Source> sources = read_sources(database, kNow);
  std::erase_if(sources, [&](const Source& s) {
    return s.imported_at <= earlier || std::find(with_records.begin(), with_records.end(), s.id) == with_records.end();
  });
  return sources;
}

bool any_record_says(Database& database, TableId table, std::string_view column) {
  const auto says = [](const ColumnBlock& c) {
    return std::any_of(c.codes.begin(), c.codes.end(), [](uint32_t code) { return code != facts::kMissingCode; });
  };
  BlockReader reader(database);
  FrameBlock block;
  for (const BlockPlace& place : block_places(database, table, KnownSources(database, kNow))) {
    const std::string cells = reader.cells(place);
    naming_damage(database, place, [&] { decode_frame_block(cells, place.rows, {&column, 1}, block); });
    if (std::any_of(block.columns.begin(), block.columns.end(), says)) return true;
  }
  return false;
}

std::vector<Restatement> record_restatements(Database& database, AllNames& names) {
  const KnownSources sources(database, kNow);
  std::vector<Restatement> all;
  for (const model::ImportedTable& table : model::imported_tables()) {
    if (table.id == TableId::facts) continue;
    Timelines timelines(table.id, load_names(database, names, table.id, {}), {}, 0, true);
    for_each_block(database, block_places(database, table.id, sources), {},
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
