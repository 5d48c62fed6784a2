// The columns of a run's scores, block by block, as they are stored: what they are called and what they hold, and the
// cells, once, however many runs have the same. Internal to the store.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "facts/shared_dictionary.h"
#include "store/database.h"
#include "store/store.h"

namespace hr::store {

inline constexpr int kRunColumnColumns = 7;  // of that table
inline constexpr int kRunCellsColumns = 4;   // of run_score_cells

// One column of a block of a run.
struct RunColumn {
  std::string name;
  int64_t rows = 0;
  std::string digest;    // digest_of()
  int64_t cells_of = 0;  // the run that has the cells
};

// Columns that name people and units: numbers of subjects, where the frame has their dictionary.
bool names_subjects(std::string_view column);

// Stores the columns of run `id` in as many blocks, and returns its hash.
std::string append_run_columns(Database& database, int64_t id, const RunRows& rows, size_t blocks,
                               const facts::SharedDictionary& subjects);

// By block and position. None is missing, all blocks have the same columns, and all but the last are full: else
// Database::damaged().
std::vector<std::vector<RunColumn>> read_run_columns(Database& database, int64_t run);
// The hash of a run that has these.
std::string hash_of(std::span<const std::vector<RunColumn>> blocks);

}  // namespace hr::store
