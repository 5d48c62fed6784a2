// A chart beside the cells of a sheet. It has no numbers of its own: it names columns of that sheet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace hr::sheets {

struct SheetChart {
  enum class Kind : uint8_t {
    bars,   // a bar a row, the first row on top
    line,   // from row to row
    range,  // four columns: a box from the first to the third, a dash at the second, a dot at the fourth
  };
  Kind kind = Kind::bars;
  std::string title;
  size_t names = 0;            // the column that names the rows
  std::vector<size_t> series;  // columns of numbers; at least one, of range four
  double least = 0;            // of the scale, as cells hold it: 0.7 for 70 %
  double most = 1;
};

}  // namespace hr::sheets
