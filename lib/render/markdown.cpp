// GitHub-flavoured Markdown. Cells are not padded: in a diff only the rows that changed show.
#include <string>
#include <string_view>

#include "base/text.h"
#include "render/cells.h"
#include "render/chart.h"
#include "render/writers.h"

namespace hr::render {

namespace {

using i18n::Language;
using table::Column;

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Text that reads as itself: no markup, no HTML, no cell border. `_` inside a word is no markup (won_deals).
std::string escape_markdown(std::string_view raw) {
  const std::string text = escape_controls(raw);
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool inside_word = i > 0 && i + 1 < text.size() && is_word(text[i - 1]) && is_word(text[i + 1]);
    if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '&')
      out += "&amp;";
    else if (std::string_view("\\`*[]|~$").find(c) != std::string_view::npos || (c == '_' && !inside_word))
      out += {'\\', c};
    else
      out += c;
  }
  return out;
}

std::string cell(const table::Table& table, const Column& column, size_t row, Language language) {
  std::string out;
  if (column.tree && row < table.depth.size()) {
    for (uint16_t i = 0; i < table.depth[row]; ++i) out += "&emsp;";
  }
  return out + escape_markdown(cell_for_people(column, row, language));
}

void append_head(std::string& out, const table::Heading& head, const char* mark, Language language) {
  const std::string& title = pick(head.title, language);
  if (!title.empty()) out += mark + escape_markdown(title) + "\n\n";
  std::string facts;
  for (size_t i = 0; i < head.facts.size(); ++i) {
    const std::string fact = fact_for_people(head, i, language);
    if (fact.empty()) continue;
    if (!facts.empty()) facts += " · ";
    facts += escape_markdown(fact);
  }
  if (!facts.empty()) out += facts + "\n\n";
}

void append_rows(std::string& out, const table::Table& table, Language language) {
  const std::vector<const Column*> columns = columns_for_people(table);
  std::string rule = "|";
  out += '|';
  for (const Column* column : columns) {
    out += ' ' + escape_markdown(heading(*column, language)) + " |";
    rule += is_numeric(column->kind) ? " ---: |" : " --- |";
  }
  out += '\n' + rule + '\n';
  for (size_t row = 0; row < table.rows(); ++row) {
    out += '|';
    for (const Column* column : columns) out += ' ' + cell(table, *column, row, language) + " |";
    out += '\n';
  }
}

// One row as a line a column.
void append_sheet(std::string& out, const table::Table& table, Language language) {
  out += "| " + i18n::text(language, "table-field") + " | " + i18n::text(language, "table-value") + " |\n";
  out += "| --- | --- |\n";
  for (const Column& column : table.columns)
    out += "| " + escape_markdown(heading(column, language)) + " | " + cell(table, column, 0, language) + " |\n";
}

void append_charts(std::string& out, const table::Table& table, Language language) {
  for (const table::Chart& chart : table.charts) {
    out += "```text\n";
    for (const std::string& line : chart_lines(chart, table, language)) out += line + '\n';
    out += "```\n\n";
  }
}

void append_notes(std::string& out, const table::Heading& head, Language language) {
  for (const table::Label& note : head.notes) out += "\n> " + escape_markdown(pick(note, language)) + '\n';
}

}  // namespace

std::string write_markdown(const table::Table& table, const RenderOptions& options) {
  std::string out;
  append_head(out, table, "## ", options.language);
  if (table.rows() > 0) append_charts(out, table, options.language);
  if (table.sheet && table.rows() == 1)
    append_sheet(out, table, options.language);
  else if (table.rows() > 0)
    append_rows(out, table, options.language);
  else
    out += '_' + escape_markdown(words_for_no_rows(table, options.language)) + "_\n";
  append_notes(out, table, options.language);
  return out;
}

std::string write_report_markdown(const table::Report& report, const RenderOptions& options) {
  std::string out;
  append_head(out, report, "# ", options.language);
  for (const table::Section& section : report.sections) {
    if (section.background) continue;
    if (out.back() == '\n' && &section != &report.sections.front()) out += '\n';
    const FirstRows first(section);
    out += write_markdown(first.table(), options);
    if (first.rows() > 0) {
      const std::string words = words_for_first_rows(first.table().rows(), first.rows(), options.language);
      out += "\n> " + escape_markdown(words) + '\n';
    }
  }
  append_notes(out, report, options.language);
  return out;
}

}  // namespace hr::render
