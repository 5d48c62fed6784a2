// Runs as tables.
#pragma once

#include <string>
#include <vector>

#include "store/store.h"
#include "table/table.h"

namespace hr::cmd {

table::Table run_table(const std::string& schema, store::Store& store, const std::vector<store::Run>& runs);
// One run; for people a line a field.
table::Table run_sheet(store::Store& store, const store::Run& run);

}  // namespace hr::cmd
