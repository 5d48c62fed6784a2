// Sheets of typed columns, row after row → XLSX. Knows cells, widths, drop-downs; knows no HR word. The same calls give
// the same bytes, whenever and wherever. Rows go to temporary files (TMPDIR): memory does not grow with them.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "sheets/sheet_chart.h"

namespace hr::sheets {

// How cells of a column show, and what becomes of what people type below the last row.
enum class CellFormat : uint8_t {
  plain,
  text,     // stays as it is typed: 007, 2026-03
  number,   // 1234.5 at SheetColumn::decimals
  percent,  // the cell holds 0.7, people read 70 %, at SheetColumn::decimals
  money,    // 1,234.50
  day,      // 2026-03-31
  prose,    // broken into lines
};

// Values that a cell offers: those of a column of another sheet, so many below its heading.
struct DropDown {
  std::string sheet;
  size_t column = 0;
  size_t rows = 0;   // 0: none
  bool only = true;  // no other value can be typed
};

struct SheetColumn {
  std::string heading;
  CellFormat format = CellFormat::plain;
  int decimals = 0;        // that show; the cell holds all
  bool marked = false;     // its heading stands out
  std::string note_title;  // beside the heading when it is selected; programs show 32 characters of it
  std::string note;        // and 255 of this
  DropDown values;         // of the cells below
  int width = 0;           // in digits; 0 = what heading and cells need, within bounds
};

struct Sheet {
  std::string name;  // at most 31 characters, none of []:*?/\ ; no two alike
  std::vector<SheetColumn> columns;
  bool filter = false;             // arrows beside the headings
  std::vector<SheetChart> charts;  // below the rows
};

// monostate: nothing. A number of more than 15 digits, a day before 1900-03-01 or in the year 10000 is written as text:
// spreadsheets cannot hold them. Texts are texts whatever they begin with, never formulas.
using Cell = std::variant<std::monostate, std::string_view, Decimal, Date, bool>;

// Takes the bytes of a workbook, piece after piece.
using Sink = std::function<void(std::string_view bytes)>;

class WorkbookWriter {
 public:
  WorkbookWriter();  // throws Error(system) where no temporary file can be made, as all else does
  ~WorkbookWriter();
  WorkbookWriter(const WorkbookWriter&) = delete;
  WorkbookWriter& operator=(const WorkbookWriter&) = delete;

  // The sheet that rows go to from now on; its heading stays in view.
  void begin_sheet(Sheet sheet);
  // A cell a column. Throws Error(rejected): a text of more than 32,767 characters, more than 1,048,575 rows.
  void add_row(std::span<const Cell> cells);
  // The bytes, when all rows are there. Once.
  void write_to(const Sink& sink);

 private:
  struct Book;
  std::unique_ptr<Book> book_;
};

}  // namespace hr::sheets
