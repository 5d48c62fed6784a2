#include "store/scoring_runs.h"

#include <algorithm>
#include <mutex>
#include <numeric>
#include <span>
#include <string_view>
#include <utility>

#include "base/parallel.h"
#include "store/column_codec.h"
#include "store/run_columns.h"

namespace hr::store {

namespace {

constexpr int kRunColumns = 15;
constexpr int kMoveColumns = 7;

Run run_of(const Statement& row) {
  row.check_row("run", kRunColumns);
  Run run;
  run.id = row.integer(0);
  run.cycle = row.string(1);
  run.definitions_version = row.integer(2);
  run.as_of = Date{static_cast<int32_t>(row.integer(3, INT32_MIN, INT32_MAX))};
  run.known = row.integer(4);
  run.created_at = row.integer(5);
  run.created_by = row.string(6);
  run.plan = row.string(7);
  run.program_version = row.string(8);
  run.input_hash = row.string(9);
  run.result_hash = row.string(10);
  run.rated = static_cast<uint64_t>(row.integer(11, 0, INT64_MAX));
  run.not_rated = static_cast<uint64_t>(row.integer(12, 0, INT64_MAX));
  run.base_run = row.integer(14, 0, INT64_MAX);
  return run;
}

// Puts blocks together. place() may be called for several blocks at once, add_texts() must be in their order.
class ScoresBuilder {
 public:
  // `subjects`: nullptr = numbers stay without names.
  ScoresBuilder(const FrameBlock& any, size_t rows, const facts::SharedDictionary* subjects)
      : checks_numbers_(subjects != nullptr) {
    frame_.rows.resize(rows);
    for (const ColumnBlock& c : any.columns) {
      if (!c.decoded) continue;
      facts::Column& column = frame_.columns.emplace_back();
      column.name = c.name;
      column.storage = c.storage;
      column.carried = c.carried;
      if (c.numbered && subjects != nullptr) column.dictionary = *subjects;
      if (c.storage == facts::Storage::text) column.codes.resize(rows);
      if (c.storage == facts::Storage::day) column.days.resize(rows);
      if (c.storage == facts::Storage::decimal) column.decimals.resize(rows);
    }
  }

  void place(const FrameBlock& block, size_t first_row) {
    const auto at = static_cast<std::ptrdiff_t>(first_row);
    std::copy(block.rows.begin(), block.rows.end(), frame_.rows.begin() + at);
    for_each_column(block, [&](facts::Column& column, const ColumnBlock& c) {
      if (c.numbered && checks_numbers_) check_numbers(c.codes, column.dictionary.size());
      if (c.storage == facts::Storage::text) std::copy(c.codes.begin(), c.codes.end(), column.codes.begin() + at);
      if (c.storage == facts::Storage::day) std::copy(c.days.begin(), c.days.end(), column.days.begin() + at);
      if (c.storage == facts::Storage::decimal)
        std::copy(c.decimals.begin(), c.decimals.end(), column.decimals.begin() + at);
    });
  }

  // place() where no rows are yet and no others come: takes the block's cells.
  void place_whole(FrameBlock& block) {
    frame_.rows = block.rows;
    for_each_column(block, [&](facts::Column& column, ColumnBlock& c) {
      if (c.numbered && checks_numbers_) check_numbers(c.codes, column.dictionary.size());
      column.codes = std::move(c.codes);
      column.days = std::move(c.days);
      column.decimals = std::move(c.decimals);
    });
  }

  // After either: the block's codes become those of the whole.
  void add_texts(const FrameBlock& block, size_t first_row) {
    for_each_column(block, [&](facts::Column& column, const ColumnBlock& c) {
      if (c.storage != facts::Storage::text || c.numbered) return;
      std::vector<uint32_t> code_of;
      code_of.reserve(c.texts.size());
      for (const std::string_view text : c.texts) code_of.push_back(column.dictionary.add(text));
      for (size_t i = 0; i < block.size(); ++i) {
        uint32_t& code = column.codes[first_row + i];
        if (code != facts::kMissingCode) code = code_of[code];
      }
    });
  }

  facts::Frame take() { return std::move(frame_); }

 private:
  void for_each_column(auto& block, const auto& work) {
    size_t at = 0;
    for (auto& c : block.columns) {
      if (!c.decoded) continue;
      if (at == frame_.columns.size() || frame_.columns[at].name != c.name || frame_.columns[at].storage != c.storage)
        throw DamagedBlob("other columns than the block before");
      work(frame_.columns[at++], c);
    }
  }

  static void check_numbers(const std::vector<uint32_t>& codes, size_t names) {
    bool good = true;
    for (const uint32_t code : codes) good &= code < names || code == facts::kMissingCode;
    if (!good) throw DamagedBlob("a number of no subject");
  }

  facts::Frame frame_;
  bool checks_numbers_;
};

// One block of a run as it lies in the store, by column, and decoded: the second looks into the first.
struct ReadBlock {
  std::vector<std::vector<char>> cells;  // do not move when this does
  FrameBlock block;
};

// The blocks of a run, and into what they are put together.
class StoredBlocks final : public RunBlocks {
 public:
  // Error(rejected) when there is no such run. `subjects`: nullptr = numbers stay without names.
  StoredBlocks(Database& database, StoredNames* subjects, int64_t run, std::span<const std::string_view> columns)
      : database_(database),
        run_(run),
        has_names_(subjects != nullptr),
        column_(database, "SELECT * FROM run_score_column WHERE run_id = ? AND block_number = ? AND position = ?"),
        cells_(database, "SELECT * FROM run_score_cells WHERE run_id = ? AND block_number = ? AND position = ?") {
    Statement found(database, "SELECT * FROM run WHERE run_id = ?");
    if (!found.bind({run}).step()) throw Error(ErrorKind::rejected, "store-no-run", {std::to_string(run)});
    found.check_row("run", kRunColumns);
    blocks_ = static_cast<size_t>(found.integer(13, 1, UINT32_MAX));
    rows_ = count_rows();
    const bool is_named = columns.empty() || std::any_of(columns.begin(), columns.end(), names_subjects);
    if (has_names_ && is_named) names_ = subjects->all(database);
    Statement names(database, "SELECT position, name FROM run_score_column WHERE run_id = ? AND block_number = 0");
    for (names.bind({run}); names.step();) {
      if (columns.empty() || std::find(columns.begin(), columns.end(), names.text(1)) != columns.end())
        positions_.push_back(names.integer(0));
    }
    std::sort(positions_.begin(), positions_.end());
  }

  size_t count() const override { return blocks_; }
  size_t rows() const { return rows_; }

  facts::Frame read(size_t block) override {
    ReadBlock read = read_block(block);
    ScoresBuilder scores = builder(read.block, 0);
    name_damage([&] {
      scores.place_whole(read.block);
      scores.add_texts(read.block, 0);
    });
    return scores.take();
  }

  ReadBlock read_block(size_t number) {
    const size_t rows = rows_of(number);
    ReadBlock read;
    read.block.rows.resize(rows);
    std::iota(read.block.rows.begin(), read.block.rows.end(), static_cast<uint32_t>(begin_of(number)) + 1);
    for (const int64_t position : positions_) {
      std::string name;
      const std::vector<char>& cells = read.cells.emplace_back(cells_of(number, position, rows, name));
      name_damage([&] {
        read.block.columns.push_back(decode_column_block({cells.data(), cells.size()}, rows));
        if (read.block.columns.back().name != name) throw DamagedBlob("a column of another name");
      });
    }
    return read;
  }
  size_t begin_of(size_t block) const { return std::min(rows_, block * kBlockRows); }
  ScoresBuilder builder(const FrameBlock& any, size_t rows) const {
    return {any, rows, has_names_ ? &names_ : nullptr};
  }
  void name_damage(const auto& work) const {
    try {
      work();
    } catch (const DamagedBlob& e) {
      damaged(e.what());
    }
  }

 private:
  size_t rows_of(size_t block) const { return begin_of(block + 1) - begin_of(block); }

  // What the blocks hold together; the count of each is held against its checksum when it is read. All have as many
  // columns as the first.
  size_t count_rows() const {
    Statement count(database_, "SELECT count(*), sum(block_number = 0) FROM run_score_column WHERE run_id = ?");
    count.bind({run_}).step();
    if (count.integer(0) == 0 || count.integer(0) != static_cast<int64_t>(blocks_) * count.integer(1))
      damaged("some are not there");
    Statement last(database_,
                   "SELECT row_count FROM run_score_column WHERE run_id = ? AND block_number = ? AND position = 0");
    if (!last.bind({run_, static_cast<int64_t>(blocks_ - 1)}).step()) damaged("some are not there");
    return (blocks_ - 1) * kBlockRows + static_cast<size_t>(last.integer(0, 0, kBlockRows));
  }

  std::vector<char> cells_of(size_t block, int64_t position, size_t rows, std::string& name) {
    const std::scoped_lock lock(mutex_);
    column_.reset();
    if (!column_.bind({run_, static_cast<int64_t>(block), position}).step()) damaged("is not there");
    column_.check_row("run_score_column", kRunColumnColumns);
    if (column_.integer(4) != static_cast<int64_t>(rows)) damaged("another number of rows");
    name = column_.string(3);
    cells_.reset();
    if (!cells_.bind({column_.integer(6), static_cast<int64_t>(block), position}).step()) damaged("no cells");
    cells_.check_row("run_score_cells", kRunCellsColumns);
    const std::string_view cells = cells_.text(3);
    return {cells.begin(), cells.end()};
  }
  [[noreturn]] void damaged(const std::string& what) const {
    database_.damaged("run_score_column " + std::to_string(run_) + ": " + what);
  }

  Database& database_;
  int64_t run_;
  bool has_names_;
  facts::SharedDictionary names_;
  std::vector<int64_t> positions_;  // of the columns wanted
  size_t blocks_ = 0;
  size_t rows_ = 0;
  Statement column_, cells_;
  std::mutex mutex_;  // of both
};

}  // namespace

AppendedRun append_run(Database& database, StoredNames& subjects, const Run& run, const RunRows& rows,
                       const std::vector<CalibrationMove>& moves) {
  const int64_t id = database.integer("SELECT coalesce(max(run_id), 0) + 1 FROM run");
  const size_t blocks = std::max<size_t>(1, (rows.size + kBlockRows - 1) / kBlockRows);  // none still has its columns
  database.execute("PRAGMA defer_foreign_keys = ON");  // of blocks: the hash of their run is known after them
  const std::string hash = append_run_columns(database, id, rows, blocks, subjects.all(database));
  RowWriter(database, "run", kRunColumns)
      .write({id, run.cycle, run.definitions_version, int64_t{run.as_of.days}, run.known, run.created_at,
              run.created_by, run.plan, run.program_version, run.input_hash, hash, static_cast<int64_t>(run.rated),
              static_cast<int64_t>(run.not_rated), static_cast<int64_t>(blocks), run.base_run});
  RowWriter move_writer(database, "calibration_move", kMoveColumns);
  int64_t position = 0;
  for (const CalibrationMove& m : moves)
    move_writer.write({id, position++, m.employee, m.before, m.after, m.who, m.why});
  return {id, hash};
}

std::vector<CalibrationMove> read_calibration_moves(Database& database, int64_t run) {
  std::vector<CalibrationMove> moves;
  Statement rows(database, "SELECT * FROM calibration_move WHERE run_id = ? ORDER BY position");
  for (rows.bind({run}); rows.step();) {
    rows.check_row("calibration_move", kMoveColumns);
    moves.push_back({rows.string(2), rows.string(3), rows.string(4), rows.string(5), rows.string(6)});
  }
  return moves;
}

std::vector<Run> read_runs(Database& database) {
  std::vector<Run> all;
  Statement rows(database, "SELECT * FROM run ORDER BY run_id");
  while (rows.step()) all.push_back(run_of(rows));
  return all;
}

std::optional<Run> read_run(Database& database, int64_t id) {
  Statement row(database, "SELECT * FROM run WHERE run_id = ?");
  if (!row.bind({id}).step()) return std::nullopt;
  return run_of(row);
}

// Blocks [begin, end) as one frame.
static facts::Frame read_together(StoredBlocks& blocks, size_t begin, size_t end) {
  begin = std::min(begin, blocks.count() - 1);
  end = std::min(end, blocks.count());
  const size_t before = blocks.begin_of(begin);
  std::vector<ReadBlock> current(static_cast<size_t>(hardware_threads()));  // by worker
  ReadBlock first = blocks.read_block(begin);
  ScoresBuilder scores = blocks.builder(first.block, blocks.begin_of(end) - before);
  for_pieces_in_order(
      end - begin, hardware_threads(),
      [&](size_t piece, size_t worker) {
        current[worker] = piece > 0 ? blocks.read_block(begin + piece) : std::move(first);
        blocks.name_damage([&] { scores.place(current[worker].block, blocks.begin_of(begin + piece) - before); });
      },
      [&](size_t piece, size_t worker) {
        blocks.name_damage([&] { scores.add_texts(current[worker].block, blocks.begin_of(begin + piece) - before); });
      });
  return scores.take();
}

facts::Frame read_run_scores(Database& database, StoredNames& subjects, int64_t id,
                             std::span<const std::string_view> columns) {
  StoredBlocks blocks(database, &subjects, id, columns);
  return read_together(blocks, 0, blocks.count());
}

facts::Frame read_run_numbers(Database& database, int64_t id, std::span<const std::string_view> columns,
                              uint32_t first_block, uint32_t end_block) {
  StoredBlocks blocks(database, nullptr, id, columns);
  return read_together(blocks, first_block, end_block);
}

std::unique_ptr<RunBlocks> read_run_blocks(Database& database, StoredNames& subjects, int64_t id,
                                           std::span<const std::string_view> columns) {
  return std::make_unique<StoredBlocks>(database, &subjects, id, columns);
}

}  // namespace hr::store
