// Tries rows of the review queue again: with their corrections, or because what they lacked is there by now.
#pragma once

#include <string>
#include <vector>

#include "engine/import/import.h"
#include "engine/review/items.h"

namespace hr::engine {

struct Retried {
  ImportOutcome import;
  std::vector<std::string> taken;   // names of items that went in
  std::vector<std::string> aside;   // of those that were set aside again
  std::vector<std::string> broken;  // of rows that no import can read, see ingest::RowFields::is_whole()
};

// `names`: these items; empty = all rows that wait: not dropped, not in the store yet. Throws Error(rejected) for an
// item that is not there, is a finding or was dropped; one that is in the store already is left alone.
Retried retry(store::Store& store, const model::Definitions* definitions, const std::vector<std::string>& names,
              const WhoWhen& who_when, const Progress& progress);

}  // namespace hr::engine
