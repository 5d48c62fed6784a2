// Rows of one file that speak of the same record.
#pragma once

#include <cstdint>

#include "engine/import/row_checker.h"
#include "facts/frame.h"
#include "model/imported_table.h"

namespace hr::engine {

// Rows that share a key: equal ones are taken once; when they differ nobody can tell which is right, so all go.
void check_duplicates(RowChecker& checker, const facts::Frame& frame, model::TableId table);

// Assignments without a day whose key another row has too: they would stand in the way of that row and say nothing.
// Removes them; how many there were.
uint64_t drop_empty_twins(facts::Frame& assignments);

}  // namespace hr::engine
