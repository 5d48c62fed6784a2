#include "render/printed_columns.h"

#include <algorithm>

#include "base/text.h"
#include "render/cells.h"

namespace hr::render {

using i18n::Language;
using table::Column;

namespace {

// Columns of the cell after its last digit before the point: ".25", ".5 %", " %".
size_t tail_width(const std::string& number) {
  const size_t end = number.find_first_not_of("-0123456789");
  return end == std::string::npos ? 0 : number.size() - end;
}

void align_points(Lines& numbers) {
  size_t widest = 0;
  for (const std::string& n : numbers) widest = std::max(widest, tail_width(n));
  for (std::string& n : numbers) {
    if (!n.empty()) n.append(widest - tail_width(n), ' ');
  }
}

std::string cell(const table::Table& table, const Column& column, size_t row, Language language) {
  std::string text = escape_controls(cell_for_people(column, row, language));
  if (column.tree && row < table.depth.size()) text.insert(0, size_t{2} * table.depth[row], ' ');
  return text;
}

size_t longest_word(const std::string& heading) {
  size_t longest = 0;
  for (const std::string_view word : split(heading, ' ')) longest = std::max(longest, display_width(word));
  return longest;
}

PrintedColumn print_column(const table::Table& table, const Column& column, Language language) {
  PrintedColumn out;
  out.heading = escape_controls(heading(column, language));
  out.right = is_numeric(column.kind);
  out.cells.reserve(table.rows());
  for (size_t row = 0; row < table.rows(); ++row) out.cells.push_back(cell(table, column, row, language));
  if (out.right && !column.below) align_points(out.cells);
  for (const std::string& c : out.cells) out.extent.cells = std::max(out.extent.cells, display_width(c));
  out.extent.heading = display_width(out.heading);
  out.extent.word = longest_word(out.heading);
  out.extent.show = column.show;
  out.extent.below = column.below;
  const auto blank = std::count(out.cells.begin(), out.cells.end(), std::string());
  out.extent.sparse = column.below && static_cast<size_t>(blank) * 4 > out.cells.size() * 3;
  out.extent.text = !out.right && column.kind != table::Kind::date && column.kind != table::Kind::boolean;
  return out;
}

// The one row of a sheet as two columns.
std::vector<PrintedColumn> print_sheet(const table::Table& table, Language language) {
  PrintedColumn fields;
  PrintedColumn values;
  fields.heading = i18n::text(language, "table-field");
  values.heading = i18n::text(language, "table-value");
  for (const Column& column : table.columns) {
    fields.cells.push_back(escape_controls(heading(column, language)));
    values.cells.push_back(cell(table, column, 0, language));
  }
  for (PrintedColumn* c : {&fields, &values}) {
    c->extent.heading = c->extent.word = display_width(c->heading);
    for (const std::string& text : c->cells) c->extent.cells = std::max(c->extent.cells, display_width(text));
    c->extent.show = table::Show::key;
    c->extent.text = true;
  }
  return {fields, values};
}

std::vector<PrintedColumn> print_columns(const table::Table& table, Language language) {
  if (table.sheet && table.rows() == 1) return print_sheet(table, language);
  std::vector<PrintedColumn> columns;
  for (const Column* column : columns_for_people(table)) columns.push_back(print_column(table, *column, language));
  return columns;
}

}  // namespace

Layout lay_out(const table::Table& table, Language language, size_t width) {
  std::vector<PrintedColumn> columns = print_columns(table, language);
  std::vector<ColumnExtent> extents;
  for (const PrintedColumn& c : columns) extents.push_back(c.extent);
  fit_columns(extents, width);
  Layout layout;
  layout.width = width;
  for (size_t i = 0; i < columns.size(); ++i) {
    columns[i].extent = extents[i];
    if (extents[i].place == ColumnExtent::Place::left_out)
      layout.left_out.push_back(columns[i].heading);
    else if (extents[i].place == ColumnExtent::Place::below)
      layout.below.push_back(std::move(columns[i]));
    else
      layout.columns.push_back(std::move(columns[i]));
  }
  for (PrintedColumn& c : layout.columns) {
    if (c.right && c.extent.below) align_points(c.cells);
  }
  return layout;
}

}  // namespace hr::render
