// Charts of a sheet whose rows are written and gone: what they show is kept beside, for programs that do not reckon a
// chart anew when they open it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sheets/workbook.h"

struct lxw_workbook;
struct lxw_worksheet;

namespace hr::sheets {

// A cell that a chart shows: as a name, and as a number where it is one.
struct ChartCell {
  std::string text;
  std::optional<double> number;
};
using ChartCells = std::map<size_t, std::vector<ChartCell>>;  // by column, from the first row below the heading

// Empty lists for the columns that the charts of the sheet show.
ChartCells cells_for_charts(const Sheet& sheet);
// Puts the charts of `sheet` below its rows, or beside them where there are many. Rows of a chart beyond what programs
// draw (32,000) get none. False: no memory.
bool add_charts(lxw_workbook* workbook, lxw_worksheet* worksheet, const Sheet& sheet, const ChartCells& cells);

}  // namespace hr::sheets
