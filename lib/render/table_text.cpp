// The table of a terminal: headings over a thin rule, two blanks between columns, no boxes; adapts to the width.
#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "render/cells.h"
#include "render/layout.h"
#include "render/paint.h"
#include "render/writers.h"

namespace hr::render {

namespace {

using i18n::Language;
using table::Column;

// A column ready to print: everything escaped, numbers padded so that their points stand in line.
struct PrintedColumn {
  std::string heading;
  std::vector<std::string> cells;
  bool right = false;
  ColumnExtent extent;
};

// Columns of the cell after its last digit before the point: ".25", ".5 %", " %".
size_t tail_width(const std::string& number) {
  const size_t end = number.find_first_not_of("-0123456789");
  return end == std::string::npos ? 0 : number.size() - end;
}

void align_points(std::vector<std::string>& numbers) {
  size_t widest = 0;
  for (const std::string& n : numbers) widest = std::max(widest, tail_width(n));
  for (std::string& n : numbers) {
    if (!n.empty()) n.append(widest - tail_width(n), ' ');
  }
}

std::string cell(const table::Table& table, const Column& column, size_t row, Language language) {
  const bool tree = !table.depth.empty();
  if (column.present[row] == 0 && !tree) return "-";
  std::string text = escape_controls(cell_for_people(column, row, language));
  if (column.tree && tree) text.insert(0, size_t{2} * table.depth[row], ' ');
  return text;
}

PrintedColumn print_column(const table::Table& table, const Column& column, Language language) {
  PrintedColumn out;
  out.heading = escape_controls(heading(column, language));
  out.right = is_numeric(column.kind);
  out.cells.reserve(table.rows());
  for (size_t row = 0; row < table.rows(); ++row) out.cells.push_back(cell(table, column, row, language));
  if (out.right) align_points(out.cells);
  out.extent.width = display_width(out.heading);
  for (const std::string& c : out.cells) out.extent.width = std::max(out.extent.width, display_width(c));
  out.extent.may_drop = column.show == table::Show::wide;
  out.extent.may_shrink = !out.right && column.kind != table::Kind::date && column.kind != table::Kind::boolean;
  return out;
}

// Drops and narrows columns to fit; the headings of the dropped ones come back.
std::vector<std::string> fit(std::vector<PrintedColumn>& columns, size_t width) {
  std::vector<ColumnExtent> extents;
  for (const PrintedColumn& c : columns) extents.push_back(c.extent);
  fit_columns(extents, width);
  std::vector<std::string> dropped;
  std::vector<PrintedColumn> kept;
  for (size_t i = 0; i < columns.size(); ++i) {
    if (extents[i].dropped) {
      dropped.push_back(std::move(columns[i].heading));
      continue;
    }
    kept.push_back(std::move(columns[i]));
    kept.back().extent = extents[i];
  }
  columns = std::move(kept);
  return dropped;
}

// Appends `text` in its column; blanks before it are held back in `pending` so that no line ends in blanks.
void append_padded(std::string& out, std::string_view text, const PrintedColumn& column, size_t& pending) {
  const size_t width = display_width(text);
  if (width > column.extent.width) {
    const std::string cut = truncate_to_width(text, column.extent.width);
    return append_padded(out, cut, column, pending);
  }
  const size_t blanks = column.extent.width - width;
  const size_t last = text.find_last_not_of(' ');
  const size_t used = last == std::string_view::npos ? 0 : last + 1;
  if (column.right) pending += blanks;
  if (used > 0) {
    out.append(pending, ' ');
    out += text.substr(0, used);
    pending = 0;
  }
  pending += text.size() - used + (column.right ? 0 : blanks);
}

void append_head(std::string& out, const std::vector<PrintedColumn>& columns, bool color) {
  std::string line;
  size_t pending = 0;
  size_t total = 0;
  for (const PrintedColumn& c : columns) {
    if (total > 0) total += kGutter;
    if (total > 0) pending += kGutter;
    append_padded(line, c.heading, c, pending);
    total += c.extent.width;
  }
  std::string rule;
  for (size_t i = 0; i < total; ++i) rule += "─";
  out += paint(line, Paint::bold, color) + '\n' + paint(rule, Paint::dim, color) + '\n';
}

void append_rows(std::string& out, const std::vector<PrintedColumn>& columns, size_t rows) {
  for (size_t row = 0; row < rows; ++row) {
    size_t pending = 0;
    for (size_t i = 0; i < columns.size(); ++i) {
      if (i > 0) pending += kGutter;
      append_padded(out, columns[i].cells[row], columns[i], pending);
    }
    out += '\n';
  }
}

// "run 3 · cycle 2026H1", broken between facts where the terminal ends.
void append_facts(std::string& out, const table::Table& table, const RenderOptions& options) {
  std::string line;
  for (size_t i = 0; i < table.facts.size(); ++i) {
    const std::string fact = escape_controls(fact_for_people(table, i, options.language));
    if (fact.empty()) continue;
    const bool breaks = options.width > 0 && display_width(line) + 3 + display_width(fact) > options.width;
    if (!line.empty() && breaks) {
      out += paint(line, Paint::dim, options.color) + '\n';
      line.clear();
    }
    line += line.empty() ? fact : " · " + fact;
  }
  if (!line.empty()) out += paint(line, Paint::dim, options.color) + '\n';
}

void append_note(std::string& out, const std::string& note, const RenderOptions& options) {
  const size_t width = options.width > 4 ? options.width - 2 : options.width;
  bool first = true;
  for (const std::string& line : wrap_to_width(escape_controls(note), width)) {
    out += paint((first ? "· " : "  ") + line, Paint::dim, options.color) + '\n';
    first = false;
  }
}

std::string hidden_columns(const std::vector<std::string>& headings, Language language) {
  std::string names;
  for (const std::string& h : headings) {
    if (!names.empty()) names += language == Language::zh ? "、" : ", ";
    names += h;
  }
  return i18n::text(language, "table-columns-hidden", {names});
}

}  // namespace

std::string write_table_text(const table::Table& table, const RenderOptions& options) {
  std::vector<PrintedColumn> columns;
  for (const Column& column : table.columns) {
    if (shown_to_people(column)) columns.push_back(print_column(table, column, options.language));
  }
  const std::vector<std::string> dropped = fit(columns, table.rows() > 0 ? options.width : 0);
  std::string out;
  const std::string title = escape_controls(pick(table.title, options.language));
  if (!title.empty()) out += paint(title, Paint::bold, options.color) + '\n';
  append_facts(out, table, options);
  if (!out.empty()) out += '\n';
  if (table.rows() == 0) {
    out += paint(i18n::text(options.language, "table-no-rows"), Paint::dim, options.color) + '\n';
  } else {
    append_head(out, columns, options.color);
    append_rows(out, columns, table.rows());
  }
  if (!table.notes.empty() || !dropped.empty()) out += '\n';
  for (const table::Label& note : table.notes) append_note(out, pick(note, options.language), options);
  if (!dropped.empty()) append_note(out, hidden_columns(dropped, options.language), options);
  return out;
}

}  // namespace hr::render
