// Scoring runs and their scores. Internal to the store.
#pragma once

#include <optional>
#include <vector>

#include "facts/frame.h"
#include "store/database.h"
#include "store/store.h"

namespace hr::store {

int64_t append_run(Database& database, const Run& run, const facts::Frame& scores,
                   const std::vector<CalibrationMove>& moves);
std::vector<Run> read_runs(Database& database);
std::optional<Run> read_run(Database& database, int64_t id);
facts::Frame read_run_scores(Database& database, int64_t id);  // Error(rejected) when there is no such run
std::vector<CalibrationMove> read_calibration_moves(Database& database, int64_t run);

}  // namespace hr::store
