// What ReviewQueue (store/review.h) reads and writes. Internal to the store.
#pragma once

#include <vector>

#include "store/database.h"
#include "store/review.h"

namespace hr::store {

void append_findings(Database& database, const std::vector<Finding>& findings);  // those that are not there yet
std::vector<Finding> read_findings(Database& database, Timestamp known);         // oldest first
uint32_t append_decision(Database& database, const Decision& decision);
std::vector<Decision> read_decisions(Database& database, Timestamp known);  // oldest first
void append_row_uses(Database& database, const std::vector<RowUse>& uses);
std::vector<RowUse> read_row_uses(Database& database);  // oldest first

}  // namespace hr::store
