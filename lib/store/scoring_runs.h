// Scoring runs and their scores. Internal to the store.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "facts/frame.h"
#include "store/database.h"
#include "store/store.h"
#include "store/stored_names.h"

namespace hr::store {

AppendedRun append_run(Database& database, StoredNames& subjects, const Run& run, const RunRows& rows,
                       const std::vector<CalibrationMove>& moves);
std::vector<Run> read_runs(Database& database);
std::optional<Run> read_run(Database& database, int64_t id);
// See Store. Error(rejected) when there is no such run.
facts::Frame read_run_numbers(Database& database, int64_t id, std::span<const std::string_view> columns,
                              uint32_t first_block, uint32_t end_block);
facts::Frame read_run_scores(Database& database, StoredNames& subjects, int64_t id,
                             std::span<const std::string_view> columns = {});
std::unique_ptr<RunBlocks> read_run_blocks(Database& database, StoredNames& subjects, int64_t id,
                                           std::span<const std::string_view> columns);
std::vector<CalibrationMove> read_calibration_moves(Database& database, int64_t run);

}  // namespace hr::store
