// What the script of a page works with: rows, words and links as JSON, in elements that nothing runs.
#pragma once

#include <string>
#include <vector>

#include "render/html_table.h"
#include "render/render.h"
#include "table/table.h"

namespace hr::render {

// <script type="application/json" id="KEY-data">: the section's table, column by column. `columns`: those that people
// see; others are there where links need them.
void write_section_data(const table::Section& section, const std::vector<ShownColumn>& columns,
                        const table::Report& report, const Sink& sink);
// … id="page-data": the things that the page can be narrowed to, and the script's words in both languages.
std::string page_data(const table::Report& report);

// For a Content-Security-Policy that allows this script and no other.
std::string hash_of_script(std::string_view script);

}  // namespace hr::render
