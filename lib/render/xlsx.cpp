// XLSX: one sheet, a row a row, typed cells; headings and texts as CSV has them.
#include <string>

#include "render/cells.h"
#include "render/writers.h"
#include "sheets/workbook.h"

namespace hr::render {

using sheets::Cell;
using sheets::CellFormat;
using table::Column;
using table::Kind;

namespace {

CellFormat format_of(Kind kind) {
  switch (kind) {
    case Kind::number:
    case Kind::percent:
    case Kind::boolean:
      return CellFormat::plain;
    case Kind::date:
      return CellFormat::day;
    case Kind::text:
    case Kind::choice:
    case Kind::list:
      break;
  }
  return CellFormat::text;
}

// `joined`: where the text of a list is kept.
Cell cell_of(const Column& column, size_t row, std::string& joined) {
  if (column.present[row] == 0) return {};
  switch (column.kind) {
    case Kind::number:
    case Kind::percent:
      return column.decimals < 0 ? column.numbers[row] : round_half_away(column.numbers[row], column.decimals);
    case Kind::date:
      return Date{column.days[row]};
    case Kind::boolean:
      return column.booleans[row] != 0;
    case Kind::list:
      joined.clear();
      for (const std::string& item : column.list(row)) joined += (joined.empty() ? "" : ";") + item;
      return std::string_view(joined);
    case Kind::text:
    case Kind::choice:
      break;
  }
  return column.text(row);
}

}  // namespace

void write_xlsx(const table::Table& table, const RenderOptions& options, const Sink& sink) {
  sheets::WorkbookWriter book;
  sheets::Sheet sheet;
  sheet.name = pick(table.title, options.language);
  sheet.filter = true;
  for (const Column& column : table.columns) {
    sheets::SheetColumn& to = sheet.columns.emplace_back();
    to.heading = column.key;
    to.format = format_of(column.kind);
  }
  book.begin_sheet(std::move(sheet));
  std::vector<Cell> cells(table.columns.size());
  std::vector<std::string> lists(table.columns.size());
  for (size_t row = 0; row < table.rows(); ++row) {
    for (size_t i = 0; i < cells.size(); ++i) cells[i] = cell_of(table.columns[i], row, lists[i]);
    book.add_row(cells);
  }
  book.write_to(sink);
}

}  // namespace hr::render
