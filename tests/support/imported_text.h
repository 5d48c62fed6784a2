// Records for tests of what comes after an import.
#pragma once

#include <string>

#include "model/imported_table.h"
#include "store/store.h"

namespace hr::tests {

// Imports a CSV file of this text into the store; a test fails where it is refused.
void import_text(store::Store& store, model::TableId table, const std::string& csv);

}  // namespace hr::tests
