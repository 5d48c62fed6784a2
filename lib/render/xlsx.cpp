// XLSX: a sheet a table, a row a row, typed cells with exact numbers; headings and codes in words for people. What
// stands around the rows is on a sheet of its own at the end.
#include <algorithm>
#include <string>

#include "base/text.h"
#include "render/cells.h"
#include "render/writers.h"
#include "render/xlsx_charts.h"
#include "sheets/workbook.h"

namespace hr::render {

using i18n::Language;
using sheets::Cell;
using sheets::CellFormat;
using sheets::Sheet;
using sheets::SheetColumn;
using table::Column;
using table::Kind;

namespace {

// How many decimals people read; −1: as many as there are.
int shown_decimals(const Column& column) {
  return column.table_decimals == -2 ? column.decimals : column.table_decimals;
}

CellFormat format_of(const Column& column) {
  switch (column.kind) {
    case Kind::number:
      return shown_decimals(column) < 0 ? CellFormat::plain : CellFormat::number;
    case Kind::percent:
      return CellFormat::percent;
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

// Of percent: 0.7 for 70, which spreadsheets reckon with. A number of 18 decimals keeps the nearest.
Decimal number_of(const Column& column, size_t row) {
  constexpr int kMostScale = 18;
  Decimal number = column.numbers[row];
  if (column.decimals >= 0) number = round_half_away(number, column.decimals);
  if (column.kind != Kind::percent) return number;
  number = round_half_away(number, kMostScale - 2);
  number.scale += 2;
  return number;
}

// `words`: where a text that is made here is kept.
Cell cell_of(const Column& column, size_t row, std::string& words, Language language) {
  if (column.present[row] == 0) return {};
  switch (column.kind) {
    case Kind::number:
    case Kind::percent:
      return number_of(column, row);
    case Kind::date:
      return Date{column.days[row]};
    case Kind::boolean:
      return column.booleans[row] != 0;
    case Kind::list:
      words.clear();
      for (const std::string& item : column.list(row))
        words.append(words.empty() ? "" : ";").append(label_of(column, item, language));
      return std::string_view(words);
    case Kind::choice:
      return label_of(column, column.text(row), language);
    case Kind::text:
      break;
  }
  return column.text(row);
}

// A name that a sheet can have and none has yet.
std::string sheet_name(const std::string& title, const std::vector<std::string>& taken) {
  constexpr size_t kMostWidth = 28;  // of 31 characters, so that a number has room
  std::string name = truncate_to_width(escape_controls(title), kMostWidth);
  for (char& c : name) {
    if (std::string_view("[]:*?/\\'").find(c) != std::string_view::npos) c = '-';
  }
  if (name.empty()) name = "-";
  const std::string first = name;
  const auto is_taken = [&](const std::string& n) { return std::find(taken.begin(), taken.end(), n) != taken.end(); };
  for (size_t i = 2; is_taken(name); ++i) name = first + " " + std::to_string(i);
  return name;
}

void write_sheet(sheets::WorkbookWriter& book, const table::Table& table, const std::string& name, Language language) {
  Sheet sheet;
  sheet.name = name;
  sheet.filter = true;
  for (const Column& column : table.columns) {
    SheetColumn& to = sheet.columns.emplace_back();
    to.heading = heading(column, language);
    to.format = format_of(column);
    to.decimals = std::max(shown_decimals(column), 0);
  }
  sheet.charts = sheet_charts(table, language);
  book.begin_sheet(std::move(sheet));
  std::vector<Cell> cells(table.columns.size());
  std::vector<std::string> words(table.columns.size());
  for (size_t row = 0; row < table.rows(); ++row) {
    for (size_t i = 0; i < cells.size(); ++i) cells[i] = cell_of(table.columns[i], row, words[i], language);
    book.add_row(cells);
  }
}

void add_lines(std::vector<std::string>& lines, const table::Heading& head, Language language) {
  for (size_t i = 0; i < head.facts.size(); ++i) lines.push_back(fact_for_people(head, i, language));
  for (const table::Label& note : head.notes) lines.push_back(pick(note, language));
}

// What stands around the rows: a line a row, below the title.
void write_about(sheets::WorkbookWriter& book, const std::string& title, const std::vector<std::string>& lines,
                 const std::string& name) {
  constexpr int kWidth = 90;
  Sheet sheet;
  sheet.name = name;
  SheetColumn& column = sheet.columns.emplace_back();
  column.heading = title;
  column.format = CellFormat::prose;
  column.width = kWidth;
  book.begin_sheet(std::move(sheet));
  for (const std::string& line : lines) {
    const Cell cell = std::string_view(line);
    if (!line.empty()) book.add_row({&cell, 1});
  }
}

}  // namespace

void write_xlsx(const table::Heading& head, const std::vector<const table::Table*>& tables,
                const RenderOptions& options, const Sink& sink) {
  sheets::WorkbookWriter book;
  std::vector<std::string> names;
  std::vector<std::string> lines;
  add_lines(lines, head, options.language);
  for (const table::Table* table : tables) {
    if (table->columns.empty()) continue;  // a section of which there is nothing
    names.push_back(sheet_name(pick(table->title, options.language), names));
    write_sheet(book, *table, names.back(), options.language);
    if (table != &head) add_lines(lines, *table, options.language);
  }
  if (!lines.empty())
    write_about(book, pick(head.title, options.language), lines,
                sheet_name(i18n::text(options.language, "workbook-about"), names));
  book.write_to(sink);
}

}  // namespace hr::render
