// What can stand in a column of a table to import, as far as the table and the definitions say.
#pragma once

#include <string>
#include <vector>

#include "model/definitions.h"
#include "model/imported_table.h"

namespace hr::engine {

struct ColumnValues {
  std::vector<std::string> values;  // empty: nothing is known
  bool only = true;                 // no other value is taken
};

// Of column `at` of the table. Of choices the canonical names; of KPIs, cycles and objectives the ids of `definitions`
// (none: nothing is known of them), of leaves the kinds that its plans name.
ColumnValues column_values(model::TableId table, size_t at, const model::Definitions* definitions);
// Whether the definitions matter to any column of it.
bool has_defined_values(model::TableId table);

}  // namespace hr::engine
