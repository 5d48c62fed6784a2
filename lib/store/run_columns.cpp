#include "store/run_columns.h"

#include <algorithm>
#include <iterator>
#include <mutex>
#include <span>
#include <string_view>
#include <utility>

#include "base/parallel.h"
#include "store/column_codec.h"
#include "store/result_hash.h"

namespace hr::store {

namespace {

constexpr std::string_view kSubjectColumns[] = {"employee_id", "org_unit", "manager_id"};

std::vector<NumberedColumn> numbered_columns(const facts::SharedDictionary& subjects, const facts::Frame& scores) {
  std::vector<NumberedColumn> numbered;
  for (const facts::Column& column : scores.columns) {
    if (names_subjects(column.name) && column.dictionary.same_as(subjects))
      numbered.push_back({&column, NameKind::subjects, {}});
  }
  return numbered;
}

// Cells that lie in the store already. For several threads at once.
class StoredCells {
 public:
  explicit StoredCells(Database& database)
      : database_(database),
        row_(database, "SELECT * FROM run_score_cells WHERE run_id = ? AND block_number = ? AND position = ?") {}

  // Whether they are there, sound, and these byte for byte: equal ones of another encoding would not go with the
  // column's other blocks.
  bool has(int64_t run, size_t block, size_t position, std::string_view cells) {
    const std::scoped_lock lock(mutex_);
    return find(run, block, position) && row_.text(3) == cells;
  }
  // Database::damaged() where no sound ones are there.
  void check(int64_t run, size_t block, size_t position) {
    const std::scoped_lock lock(mutex_);
    if (!find(run, block, position)) database_.damaged("run_score_cells " + std::to_string(run));
  }

 private:
  bool find(int64_t run, size_t block, size_t position) {
    row_.reset();
    return row_.bind({run, static_cast<int64_t>(block), static_cast<int64_t>(position)}).step() &&
           row_.is_sound("run_score_cells", kRunCellsColumns);
  }

  Database& database_;
  Statement row_;
  std::mutex mutex_;
};

// A block that is ready to be written.
struct MadeBlock {
  std::vector<RunColumn> columns;  // by position
  std::vector<std::string> cells;  // of those that are this run's
};

class BlockMaker {
 public:
  BlockMaker(Database& database, int64_t id, const RunRows& rows, const facts::SharedDictionary& subjects)
      : database_(database),
        id_(id),
        rows_(rows),
        before_(read_run_columns(database, rows.before)),
        subjects_(subjects),
        stored_(database) {}

  // For several threads at once. `scratch`: as in column_cells().
  MadeBlock make(size_t number, std::vector<uint32_t>& scratch) {
    const size_t begin = number * kBlockRows;
    const facts::Frame frame = rows_.make(begin, std::min(rows_.size, begin + kBlockRows));
    const std::span<const RunColumn> before =
        number < before_.size() ? std::span<const RunColumn>(before_[number]) : std::span<const RunColumn>();
    const std::vector<NumberedColumn> numbered = numbered_columns(subjects_, frame);
    MadeBlock made;
    for (const facts::Column& column : frame.columns) {
      take_standing(number, before, frame.size(), made);
      const ColumnCells cells = column_cells(column, 0, frame.size(), scratch);
      RunColumn own{column.name, static_cast<int64_t>(frame.size()), digest_of(cells), id_};
      const size_t position = made.columns.size();
      std::string bytes = encode_column_block(column, cells, numbered);
      if (position < before.size() && same(before[position], own) &&
          stored_.has(before[position].cells_of, number, position, bytes)) {
        own.cells_of = before[position].cells_of;
      } else {
        made.cells.push_back(std::move(bytes));
      }
      made.columns.push_back(std::move(own));
    }
    take_standing(number, before, frame.size(), made);
    if (!rows_.as_before.empty() && made.columns.size() != before.size()) refuse_before("other columns");
    return made;
  }

 private:
  static bool same(const RunColumn& a, const RunColumn& b) {
    return a.name == b.name && a.rows == b.rows && a.digest == b.digest;
  }

  // The next columns of the run before, as far as rows_ says that they stand.
  void take_standing(size_t block, std::span<const RunColumn> before, size_t rows, MadeBlock& made) {
    for (size_t at = made.columns.size(); at < before.size(); ++at) {
      const auto& stand = rows_.as_before;
      if (std::find(stand.begin(), stand.end(), before[at].name) == stand.end()) return;
      if (before[at].rows != static_cast<int64_t>(rows)) refuse_before("another number of rows");
      stored_.check(before[at].cells_of, block, at);
      made.columns.push_back(before[at]);
    }
  }

  [[noreturn]] void refuse_before(const std::string& what) const {
    database_.damaged("run_score_column " + std::to_string(rows_.before) + ": " + what);
  }

  Database& database_;
  int64_t id_;
  const RunRows& rows_;
  std::vector<std::vector<RunColumn>> before_;  // of the run that rows_.before names, by block, position
  const facts::SharedDictionary& subjects_;
  StoredCells stored_;
};

}  // namespace

bool names_subjects(std::string_view column) {
  return std::find(std::begin(kSubjectColumns), std::end(kSubjectColumns), column) != std::end(kSubjectColumns);
}

std::string hash_of(std::span<const std::vector<RunColumn>> blocks) {
  std::vector<std::vector<DigestOfColumn>> digests;
  for (const std::vector<RunColumn>& block : blocks) {
    digests.emplace_back();
    for (const RunColumn& column : block) digests.back().push_back({column.name, column.digest});
  }
  return result_hash(digests);
}

// Blocks are made and encoded by all threads and written in their order.
std::string append_run_columns(Database& database, int64_t id, const RunRows& rows, size_t blocks,
                               const facts::SharedDictionary& subjects) {
  BlockMaker maker(database, id, rows, subjects);
  RowWriter columns(database, "run_score_column", kRunColumnColumns);
  RowWriter cells(database, "run_score_cells", kRunCellsColumns);
  const auto workers = static_cast<size_t>(rows.threads);
  std::vector<MadeBlock> made(workers);                 // by worker
  std::vector<std::vector<uint32_t>> scratch(workers);  // too
  std::vector<std::vector<RunColumn>> all;
  for_pieces_in_order(
      blocks, rows.threads, [&](size_t block, size_t worker) { made[worker] = maker.make(block, scratch[worker]); },
      [&](size_t block, size_t worker) {
        const auto number = static_cast<int64_t>(block);
        int64_t position = 0;
        auto own = made[worker].cells.begin();
        for (const RunColumn& c : made[worker].columns) {
          columns.write({id, number, position, c.name, c.rows, c.digest, c.cells_of});
          if (c.cells_of == id) cells.write({id, number, position, Blob{*own++}});
          ++position;
        }
        all.push_back(std::move(made[worker].columns));
      });
  return hash_of(all);
}

std::vector<std::vector<RunColumn>> read_run_columns(Database& database, int64_t run) {
  std::vector<std::vector<RunColumn>> blocks;
  const auto check = [&](bool good) {
    if (!good) database.damaged("run_score_column " + std::to_string(run) + ": some are not there, or are others");
  };
  Statement rows(database, "SELECT * FROM run_score_column WHERE run_id = ? ORDER BY block_number, position");
  for (rows.bind({run}); rows.step();) {
    rows.check_row("run_score_column", kRunColumnColumns);
    const auto block = static_cast<size_t>(rows.integer(1, 0, UINT32_MAX));
    if (block == blocks.size()) blocks.emplace_back();
    check(block + 1 == blocks.size() && rows.integer(2) == static_cast<int64_t>(blocks.back().size()));
    blocks.back().push_back({rows.string(3), rows.integer(4, 0, kBlockRows), rows.string(5), rows.integer(6)});
  }
  for (const std::vector<RunColumn>& block : blocks) {
    const std::vector<RunColumn>& first = blocks.front();
    check(block.size() == first.size());
    for (size_t c = 0; c < block.size(); ++c)
      check(block[c].name == first[c].name && block[c].rows == block.front().rows &&
            (&block == &blocks.back() || block[c].rows == static_cast<int64_t>(kBlockRows)));
  }
  return blocks;
}

}  // namespace hr::store
