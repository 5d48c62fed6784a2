// The table of a terminal: headings over a thin rule, two blanks between columns, no boxes; adapts to the width.
#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "base/listed.h"
#include "base/text.h"
#include "render/cells.h"
#include "render/chart.h"
#include "render/paint.h"
#include "render/printed_columns.h"
#include "render/writers.h"

namespace hr::render {

namespace {

using i18n::Language;

constexpr size_t kBelow = 4;  // blanks before what stands below a row

// One line of cells; blanks are held back so that no line ends in blanks.
class Line {
 public:
  explicit Line(std::string& out) : out_(out) {}

  void add(std::string_view text, const PrintedColumn& column, bool last) {
    const size_t width = display_width(text);
    if (width > column.extent.width) return add_alone(text, column, last);
    const size_t blanks = column.extent.width - width;
    const size_t end = text.find_last_not_of(' ');
    const size_t used = end == std::string_view::npos ? 0 : end + 1;
    if (column.right) pending_ += blanks;
    if (used > 0) {
      out_.append(pending_, ' ');
      out_ += text.substr(0, used);
      pending_ = 0;
    }
    pending_ += text.size() - used + (column.right ? 0 : blanks) + kGutter;
    at_ += column.extent.width + kGutter;
  }

  void end() { out_ += '\n'; }

 private:
  // Too long for its column and not to be cut: the cells after it go on in the next line.
  void add_alone(std::string_view text, const PrintedColumn& column, bool last) {
    out_.append(pending_, ' ');
    out_ += text;
    at_ += column.extent.width + kGutter;
    pending_ = at_;
    if (!last) out_ += '\n';
  }

  std::string& out_;
  size_t pending_ = 0;
  size_t at_ = 0;  // where the next column begins
};

// A cell in as many lines as its column needs; keys are never broken.
Lines lines_of(const std::string& text, const PrintedColumn& column) {
  const bool whole = column.extent.show == table::Show::key || !column.extent.text;
  if (whole || display_width(text) <= column.extent.width) return {text};
  return wrap_to_width(text, column.extent.width);
}

void append_lines(std::string& out, const std::vector<PrintedColumn>& columns, const std::vector<Lines>& cells,
                  bool at_bottom) {
  size_t height = 0;
  for (const Lines& c : cells) height = std::max(height, c.size());
  static const std::string kNothing;
  for (size_t k = 0; k < height; ++k) {
    Line line(out);
    for (size_t i = 0; i < columns.size(); ++i) {
      const size_t above = at_bottom ? height - cells[i].size() : 0;
      const bool has = k >= above && k - above < cells[i].size();
      line.add(has ? cells[i][k - above] : kNothing, columns[i], i + 1 == columns.size());
    }
    line.end();
  }
}

// "weight 50", "kpis/sales.yaml:48": numbers with what they are, texts as they stand.
Lines below_parts(const std::vector<PrintedColumn>& columns, size_t row) {
  Lines parts;
  for (const PrintedColumn& c : columns) {
    if (c.cells[row].empty()) continue;
    std::string label = c.right ? c.heading + " " : "";
    if (label.size() > 1 && label[1] >= 'a' && label[1] <= 'z' && label[0] >= 'A' && label[0] <= 'Z') label[0] |= 0x20;
    parts.push_back(label + c.cells[row]);
  }
  return parts;
}

// Joined by dots, in lines that end between parts where they can.
Lines fill_lines(const Lines& parts, size_t width) {
  Lines lines;
  std::string line;
  for (const std::string& part : parts) {
    std::string longer = line;
    if (!line.empty()) longer += " · ";
    longer += part;
    if (!line.empty() && display_width(longer) > width) {
      lines.push_back(line);
      line = part;
    } else {
      line = longer;
    }
    if (display_width(line) <= width) continue;
    Lines wrapped = wrap_to_width(line, width);
    line = wrapped.back();
    wrapped.pop_back();
    lines.insert(lines.end(), wrapped.begin(), wrapped.end());
  }
  if (!line.empty()) lines.push_back(line);
  return lines;
}

void append_below(std::string& out, const Lines& parts, size_t indent, size_t width, bool color) {
  const size_t room = width > indent + kNarrowest ? width - indent : kNarrowest;
  for (const std::string& line : fill_lines(parts, room))
    out += std::string(indent, ' ') + paint(line, Paint::dim, color) + '\n';
}

void append_head(std::string& out, const Layout& layout, bool color) {
  std::vector<Lines> headings;
  std::vector<ColumnExtent> extents;
  for (const PrintedColumn& c : layout.columns) {
    const bool fits = display_width(c.heading) <= c.extent.width;
    headings.push_back(fits ? Lines{c.heading} : wrap_to_width(c.heading, c.extent.width));
    extents.push_back(c.extent);
  }
  std::string lines;
  append_lines(lines, layout.columns, headings, true);
  lines.pop_back();
  for (const std::string_view line : split(lines, '\n')) out += paint(line, Paint::bold, color) + '\n';
  Lines names;
  for (const PrintedColumn& c : layout.below) {
    if (!c.right) names.push_back(c.heading);
  }
  append_below(out, names, kBelow, layout.width, color);
  const size_t width = layout.below.empty() ? total_width(extents) : layout.width;
  std::string rule;
  for (size_t i = 0; i < width; ++i) rule += "─";
  out += paint(rule, Paint::dim, color) + '\n';
}

void append_rows(std::string& out, const Layout& layout, const table::Table& table, bool color) {
  std::vector<Lines> cells(layout.columns.size());
  const size_t rows = layout.columns.empty() ? 0 : layout.columns[0].cells.size();
  for (size_t row = 0; row < rows; ++row) {
    for (size_t i = 0; i < cells.size(); ++i) cells[i] = lines_of(layout.columns[i].cells[row], layout.columns[i]);
    append_lines(out, layout.columns, cells, false);
    const size_t depth = row < table.depth.size() ? table.depth[row] : 0;
    append_below(out, below_parts(layout.below, row), kBelow + 2 * depth, layout.width, color);
  }
}

// "run 3 · cycle 2026H1", broken between facts where the terminal ends.
void append_facts(std::string& out, const table::Heading& head, const RenderOptions& options) {
  Lines facts;
  for (size_t i = 0; i < head.facts.size(); ++i) {
    std::string fact = escape_controls(fact_for_people(head, i, options.language));
    if (!fact.empty()) facts.push_back(std::move(fact));
  }
  const size_t width = options.width > 0 ? options.width : SIZE_MAX;
  for (const std::string& line : fill_lines(facts, width)) out += paint(line, Paint::dim, options.color) + '\n';
}

void append_note(std::string& out, const std::string& note, const RenderOptions& options) {
  const size_t width = options.width > 4 ? options.width - 2 : options.width;
  bool first = true;
  for (const std::string& line : wrap_to_width(escape_controls(note), width)) {
    out += paint((first ? "· " : "  ") + line, Paint::dim, options.color) + '\n';
    first = false;
  }
}

// `whole`: a format that has all columns.
std::string hidden_columns(const Lines& headings, const char* whole, Language language) {
  return i18n::text(language, "table-columns-hidden",
                    {listed(headings, {}, language == Language::zh ? "、" : ", "), whole});
}

void append_title(std::string& out, const table::Heading& head, const RenderOptions& options) {
  const std::string title = escape_controls(pick(head.title, options.language));
  if (!title.empty()) out += paint(title, Paint::bold, options.color) + '\n';
  append_facts(out, head, options);
}

void append_charts(std::string& out, const table::Table& table, Language language) {
  for (const table::Chart& chart : table.charts) {
    for (const std::string& line : chart_lines(chart, table, language)) out += line + '\n';
    out += '\n';
  }
}

// `rows`: of all the table's, where it has more than are shown; else 0.
std::string text_of(const table::Table& table, size_t rows, const char* whole, const RenderOptions& options) {
  std::string out;
  append_title(out, table, options);
  if (!out.empty()) out += '\n';
  Lines left_out;
  if (table.rows() == 0) {
    out += paint(words_for_no_rows(table, options.language), Paint::dim, options.color) + '\n';
  } else {
    append_charts(out, table, options.language);
    Layout layout = lay_out(table, options.language, options.width);
    append_head(out, layout, options.color);
    append_rows(out, layout, table, options.color);
    left_out = std::move(layout.left_out);
  }
  if (!table.notes.empty() || !left_out.empty() || rows > 0) out += '\n';
  if (rows > 0) append_note(out, words_for_first_rows(table.rows(), rows, options.language), options);
  for (const table::Label& note : table.notes) append_note(out, pick(note, options.language), options);
  if (!left_out.empty()) append_note(out, hidden_columns(left_out, whole, options.language), options);
  return out;
}

}  // namespace

std::string write_table_text(const table::Table& table, const RenderOptions& options) {
  return text_of(table, 0, "csv", options);
}

std::string write_report_text(const table::Report& report, const RenderOptions& options) {
  std::string out;
  append_title(out, report, options);
  for (const table::Section& section : report.sections) {
    if (section.background) continue;
    const FirstRows first(section);
    out += "\n\n" + text_of(first.table(), first.rows(), "json", options);
  }
  if (!report.notes.empty()) out += "\n\n";
  for (const table::Label& note : report.notes) append_note(out, pick(note, options.language), options);
  return out;
}

}  // namespace hr::render
