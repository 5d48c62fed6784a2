// Runs as tables.
#pragma once

#include <string>
#include <vector>

#include "store/store.h"
#include "table/table.h"

namespace hr::cmd {

table::Table run_table(const std::string& schema, const std::vector<store::Run>& runs);
// One run, a line a field.
table::Table run_sheet(const store::Run& run);

}  // namespace hr::cmd
