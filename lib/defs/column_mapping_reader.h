// What a mapping says of one column: where its texts come from and how they are read.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "defs/cursor.h"
#include "model/imported_table.h"
#include "model/mapping.h"

namespace hr::defs {

// `type`: of the column, where it is known: some keys are only for some types.
model::ColumnMapping read_column_mapping(const Cursor& key, const Cursor& value, std::optional<model::ColumnType> type);

// What a mapping as a whole has in common with its columns.
model::Cleaning read_cleaning(const Cursor& cursor);
std::vector<std::string> read_words(const Cursor& cursor);       // a list with something in it
std::optional<std::string> read_raw_text(const Cursor& cursor);  // not empty, but perhaps blank

}  // namespace hr::defs
