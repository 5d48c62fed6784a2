// What the steps of one import share. Internal to this folder.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/import/import.h"
#include "engine/import/known_ids.h"
#include "engine/import/places.h"
#include "engine/import/reconcile.h"
#include "facts/frame.h"

namespace hr::engine {

// One import under way: everything that its steps share.
struct Import {
  store::Store& store;
  const ImportRequest& request;
  const model::Definitions* definitions;
  const WhoWhen& who_when;
  store::Timestamp time = 0;
  const Progress& progress;
  // Why the row of a line may move targets, where somebody has said so of that row; else the request says.
  std::function<std::string(uint32_t line)> reason_of_line = {};

  std::string reason(uint32_t line) const {
    const std::string own = reason_of_line ? reason_of_line(line) : std::string();
    return own.empty() ? request.reason : own;
  }
};

// Reads and checks a file and stores its sound rows. `reading` has the input and the options, and becomes complete.
ImportedFile import_file(const Import& import, Reading& reading, const References& references);

// Stores the sound records of a file, one frame for each set of columns that its rows carry. `stored`: the table's
// records so far. `effective`: employees, by row.
void store_records(const Import& import, ImportedFile& file, const RecordIndex& stored,
                   std::vector<facts::Frame> frames, const std::vector<std::optional<Date>>& effective);

}  // namespace hr::engine
