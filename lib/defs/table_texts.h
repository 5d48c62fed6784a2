// Imported tables written as CSV text in a YAML file, as policy tests and what-if files have them.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "defs/cursor.h"

namespace hr::defs {

using TableTexts = std::vector<std::pair<std::string, std::string>>;  // table name, CSV; in order

// The value of `tables:`. A name that is no table, and a value that is no text, are reported.
TableTexts read_table_texts(const Cursor& tables);

}  // namespace hr::defs
