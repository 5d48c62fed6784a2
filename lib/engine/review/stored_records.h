// What the store has for keys of records that were read elsewhere.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "facts/frame.h"
#include "model/imported_table.h"
#include "store/store.h"

namespace hr::engine {

struct StoredRecord {
  std::vector<std::pair<std::string, std::string>> cells;  // column, text; those that say something
  uint32_t source = 0;                                     // of the newest import that said something
  uint32_t row = 0;
};

// The cells of the table's key columns, joined by U+001F; a column that the frame lacks is empty.
std::string key_cells(model::TableId table, const facts::Frame& frame, size_t row);

// By key_cells(), those of `keys` that are there. Of several assignments of a key the one imported last.
std::map<std::string, StoredRecord> stored_records(store::Store& store, model::TableId table,
                                                   const std::vector<std::string>& keys);

}  // namespace hr::engine
