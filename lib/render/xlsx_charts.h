// The charts of a table as charts of its sheet in a workbook.
#pragma once

#include <vector>

#include "i18n/message.h"
#include "sheets/sheet_chart.h"
#include "table/table.h"

namespace hr::render {

// A column of the sheet is the column of the table that stands in the same place.
std::vector<sheets::SheetChart> sheet_charts(const table::Table& table, i18n::Language language);

}  // namespace hr::render
