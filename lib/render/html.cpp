// HTML: one file that stands alone, without network or script. Every text is escaped; the page forbids itself all but
// its own style, should ever one not be.
#include <fmt/format.h>

#include <span>
#include <string>
#include <vector>

#include "base/embedded.h"
#include "base/text.h"
#include "render/cells.h"
#include "render/chart.h"
#include "render/html_text.h"
#include "render/row_pieces.h"
#include "render/writers.h"

namespace hr::embedded {
extern const std::span<const EmbeddedFile> page_style;  // html.css
}

namespace hr::render {

namespace {

using i18n::Language;
using table::Column;
using table::Kind;

constexpr size_t kWide = 10;      // columns; more are printed across
constexpr size_t kFull = 7;       // columns; fewer need not be spread over the page
constexpr size_t kContents = 3;   // sections; more have a table of contents
constexpr size_t kMostDepth = 9;  // of a tree, as it is indented

std::string element(const char* name, const std::string& words) {
  return fmt::format("<{0}>{1}</{0}>\n", name, escape_html(words));
}

void append_facts(std::string& out, const table::Heading& head, Language language) {
  std::string items;
  for (size_t i = 0; i < head.facts.size(); ++i) {
    const std::string fact = fact_for_people(head, i, language);
    if (!fact.empty()) items += element("li", fact);
  }
  if (!items.empty()) out += "<ul class=\"facts\">\n" + items + "</ul>\n";
}

void append_notes(std::string& out, const table::Heading& head, Language language) {
  if (head.notes.empty()) return;
  out += "<ul class=\"notes\">\n";
  for (const table::Label& note : head.notes) out += element("li", pick(note, language));
  out += "</ul>\n";
}

// Columns of a terminal that the longest cell takes.
size_t longest_cell(const Column& column, Language language) {
  size_t longest = 0;
  for (size_t row = 0; row < column.present.size(); ++row)
    longest = std::max(longest, display_width(cell_for_people(column, row, language)));
  return longest;
}

// Short texts are never broken, long ones get room to be read in lines.
const char* class_of(const Column& column, Language language) {
  constexpr size_t kShort = 20;
  constexpr size_t kLong = 30;
  if (is_numeric(column.kind)) return "number";
  if (column.kind == Kind::date) return "day";
  const size_t longest = longest_cell(column, language);
  return longest <= kShort ? "word" : longest > kLong ? "prose" : "";
}

// The columns that people see, with the class of their cells.
struct ShownColumn {
  const Column* column = nullptr;
  const char* kind = "";
};

std::vector<ShownColumn> shown_columns(const table::Table& table, Language language) {
  std::vector<ShownColumn> shown;
  for (const Column* column : columns_for_people(table)) shown.push_back({column, class_of(*column, language)});
  return shown;
}

// The words for a cell that has no value are paler than those that say one.
std::string cell(const table::Table& table, const ShownColumn& shown, size_t row, bool first, Language language) {
  const Column& column = *shown.column;
  std::string classes = shown.kind;
  const auto add_class = [&](const char* name) { classes += (classes.empty() ? "" : " ") + std::string(name); };
  std::string attributes = first ? " scope=\"row\"" : "";
  if (column.present[row] == 0) add_class("none");
  if (column.tree && row < table.depth.size()) {
    add_class("tree");
    attributes += fmt::format(" style=\"--depth:{}\"", std::min<size_t>(table.depth[row], kMostDepth));
  }
  if (!classes.empty()) attributes += " class=\"" + classes + "\"";
  const std::string words = escape_html(cell_for_people(column, row, language));
  return first ? "<th" + attributes + ">" + words + "</th>" : "<td" + attributes + ">" + words + "</td>";
}

std::string head_of(const std::vector<ShownColumn>& columns, Language language) {
  std::string out = "<thead>\n<tr>";
  for (const ShownColumn& shown : columns) {
    const std::string kind = shown.kind;
    out += "<th scope=\"col\"" + (kind.empty() ? "" : " class=\"" + kind + "\"") + ">" +
           escape_html(heading(*shown.column, language)) + "</th>";
  }
  return out + "</tr>\n</thead>\n";
}

void write_rows_of(const table::Table& table, const RenderOptions& options, const Sink& sink) {
  const std::vector<ShownColumn> columns = shown_columns(table, options.language);
  const bool is_full = columns.size() > kFull;
  sink((is_full ? "<table class=\"full\">\n" : "<table>\n") + head_of(columns, options.language) + "<tbody>\n");
  write_rows<std::string>(table.rows(), options.threads, sink, [&](size_t row, std::string& out) {
    out += "<tr>";
    for (size_t i = 0; i < columns.size(); ++i) out += cell(table, columns[i], row, i == 0, options.language);
    out += "</tr>\n";
  });
  sink("</tbody>\n</table>\n");
}

// One row as a line a column.
std::string sheet_of(const table::Table& table, Language language) {
  std::string out = "<table class=\"sheet\">\n<tbody>\n";
  for (const Column& column : table.columns) {
    out += "<tr><th scope=\"row\">" + escape_html(heading(column, language)) + "</th><td>" +
           escape_html(cell_for_people(column, 0, language)) + "</td></tr>\n";
  }
  return out + "</tbody>\n</table>\n";
}

std::string charts_of(const table::Table& table, Language language, const std::string& id) {
  if (table.charts.empty()) return {};
  std::string out = "<div class=\"charts\">\n";
  for (size_t i = 0; i < table.charts.size(); ++i)
    out += chart_svg(table.charts[i], table, language, id + "-" + std::to_string(i + 1));
  return out + "</div>\n";
}

// Rows may be wider than a telephone: then they move sideways, and the page does not.
void write_body(const table::Table& table, const RenderOptions& options, const std::string& id, const Sink& sink) {
  if (table.rows() == 0)
    return sink("<p class=\"empty\">" + escape_html(words_for_no_rows(table, options.language)) + "</p>\n");
  sink(charts_of(table, options.language, id) + "<div class=\"scroll\" role=\"region\" aria-labelledby=\"" + id +
       "-head\" tabindex=\"0\">\n");
  if (table.sheet && table.rows() == 1)
    sink(sheet_of(table, options.language));
  else
    write_rows_of(table, options, sink);
  sink("</div>\n");
}

void write_section(const HtmlSection& section, const RenderOptions& options, const Sink& sink) {
  const table::Table& table = *section.table;
  const bool is_wide = columns_for_people(table).size() > kWide;
  std::string out =
      fmt::format("<section{} aria-labelledby=\"{}-head\">\n", is_wide ? " class=\"wide\"" : "", section.id);
  out += fmt::format("<h2 id=\"{}-head\">{}</h2>\n", section.id, escape_html(pick(table.title, options.language)));
  append_facts(out, table, options.language);
  sink(out);
  write_body(table, options, section.id, sink);
  out.clear();
  append_notes(out, table, options.language);
  sink(out + "</section>\n");
}

std::string contents_of(const std::vector<HtmlSection>& sections, Language language) {
  if (sections.size() <= kContents) return {};
  std::string out =
      "<nav class=\"contents\" aria-label=\"" + escape_html(i18n::text(language, "html-contents")) + "\">\n<ol>\n";
  for (const HtmlSection& section : sections) {
    out += fmt::format("<li><a href=\"#{}-head\">{}</a></li>\n", section.id,
                       escape_html(pick(section.table->title, language)));
  }
  return out + "</ol>\n</nav>\n";
}

std::string page_begin(const table::Heading& head, Language language) {
  const std::string title = escape_html(pick(head.title, language));
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
      "<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>\n<h1 id=\"page-head\">{}</h1>\n",
      language == Language::zh ? "zh-CN" : "en", title, embedded::page_style[0].text, title);
  append_facts(out, head, language);
  return out;
}

std::string page_end(const table::Heading& head, Language language) {
  std::string out;
  append_notes(out, head, language);
  return out + "</main>\n</body>\n</html>\n";
}

}  // namespace

void write_html(const table::Heading& head, const std::vector<HtmlSection>& sections, const RenderOptions& options,
                const Sink& sink) {
  sink(page_begin(head, options.language) + contents_of(sections, options.language));
  for (const HtmlSection& section : sections) write_section(section, options, sink);
  sink(page_end(head, options.language));
}

void write_html(const table::Table& table, const RenderOptions& options, const Sink& sink) {
  const bool is_wide = columns_for_people(table).size() > kWide;
  sink(page_begin(table, options.language) + (is_wide ? "<div class=\"alone wide\">\n" : "<div class=\"alone\">\n"));
  write_body(table, options, "page", sink);
  sink("</div>\n" + page_end(table, options.language));
}

}  // namespace hr::render
