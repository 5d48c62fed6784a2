#include "store/scoring_runs.h"

#include <algorithm>

#include "store/column_codec.h"

namespace hr::store {

namespace {

constexpr int kRunColumns = 15;
constexpr int kBlockColumns = 4;
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

void append_block(facts::Column& column, const ColumnBlock& block) {
  std::vector<uint32_t> code_of;
  code_of.reserve(block.texts.size());
  for (const std::string_view text : block.texts) code_of.push_back(column.dictionary.add(text));
  for (const uint32_t c : block.codes) column.codes.push_back(c == facts::kMissingCode ? c : code_of[c]);
  column.days.insert(column.days.end(), block.days.begin(), block.days.end());
  column.decimals.insert(column.decimals.end(), block.decimals.begin(), block.decimals.end());
}

void append_block(facts::Frame& frame, const FrameBlock& block) {
  if (frame.columns.empty()) {
    for (const ColumnBlock& c : block.columns) {
      facts::Column column;
      column.name = c.name;
      column.storage = c.storage;
      column.carried = c.carried;
      frame.columns.push_back(std::move(column));
    }
  }
  if (frame.columns.size() != block.columns.size()) throw DamagedBlob("other columns than the block before");
  for (size_t i = 0; i < block.columns.size(); ++i) {
    if (frame.columns[i].storage != block.columns[i].storage) throw DamagedBlob("other columns than the block before");
    append_block(frame.columns[i], block.columns[i]);
  }
  frame.rows.insert(frame.rows.end(), block.rows.begin(), block.rows.end());
  frame.sources.insert(frame.sources.end(), block.sources.begin(), block.sources.end());
}

}  // namespace

int64_t append_run(Database& database, const Run& run, const facts::Frame& scores,
                   const std::vector<CalibrationMove>& moves) {
  const int64_t id = database.integer("SELECT coalesce(max(run_id), 0) + 1 FROM run");
  const size_t blocks =
      std::max<size_t>(1, (scores.size() + kBlockRows - 1) / kBlockRows);  // none still has its columns
  RowWriter(database, "run", kRunColumns)
      .write({id, run.cycle, run.definitions_version, int64_t{run.as_of.days}, run.known, run.created_at,
              run.created_by, run.plan, run.program_version, run.input_hash, run.result_hash,
              static_cast<int64_t>(run.rated), static_cast<int64_t>(run.not_rated), static_cast<int64_t>(blocks),
              run.base_run});
  RowWriter writer(database, "run_score_block", kBlockColumns);
  for (size_t block = 0; block < blocks; ++block) {
    const size_t begin = block * kBlockRows;
    const size_t end = std::min(scores.size(), begin + kBlockRows);
    const std::string cells = encode_frame_block(scores, begin, end);
    writer.write({id, static_cast<int64_t>(block), static_cast<int64_t>(end - begin), Blob{cells}});
  }
  RowWriter move_writer(database, "calibration_move", kMoveColumns);
  int64_t position = 0;
  for (const CalibrationMove& m : moves)
    move_writer.write({id, position++, m.employee, m.before, m.after, m.who, m.why});
  return id;
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

facts::Frame read_run_scores(Database& database, int64_t id) {
  Statement run(database, "SELECT * FROM run WHERE run_id = ?");
  if (!run.bind({id}).step()) throw Error(ErrorKind::rejected, "store-no-run", {std::to_string(id)});
  run.check_row("run", kRunColumns);
  facts::Frame scores;
  int64_t blocks = 0;
  Statement rows(database, "SELECT * FROM run_score_block WHERE run_id = ? ORDER BY block_number");
  for (rows.bind({id}); rows.step(); ++blocks) {
    rows.check_row("run_score_block", kBlockColumns);
    try {
      append_block(scores, decode_frame_block(rows.text(3), static_cast<size_t>(rows.integer(2, 0, kBlockRows))));
    } catch (const DamagedBlob& e) {
      database.damaged("run_score_block " + std::to_string(id) + ": " + e.what());
    }
  }
  if (blocks != run.integer(13)) database.damaged("run " + std::to_string(id) + ": run_score_block");
  return scores;
}

}  // namespace hr::store
