// Pieces of JSON text: quoted strings and the object of one row. A stream of them, no tree: reports may be long.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "table/table.h"

namespace hr::render {

// Quotes and escapes; a byte that is not UTF-8 becomes U+FFFD.
void append_json_string(std::string& out, std::string_view text);

// `"key":` of each column, ready to be appended.
std::vector<std::string> json_members(const table::Table& table);
void append_json_row(std::string& out, const table::Table& table, const std::vector<std::string>& members, size_t row);

}  // namespace hr::render
