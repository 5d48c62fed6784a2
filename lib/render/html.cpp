// HTML: one file that stands alone, without network. Every text is escaped; the page forbids itself all but its own
// style, and its own script where a report is one to be worked with, should ever a text not be.
#include <fmt/format.h>

#include <span>
#include <string>
#include <vector>

#include "base/embedded.h"
#include "base/text.h"
#include "render/cells.h"
#include "render/chart.h"
#include "render/html_data.h"
#include "render/html_table.h"
#include "render/html_text.h"
#include "render/writers.h"

namespace hr::embedded {
extern const std::span<const EmbeddedFile> page_style;  // html.css, html.js
}

namespace hr::render {

namespace {

using i18n::Language;

constexpr size_t kWide = 10;     // columns; more are printed across
constexpr size_t kContents = 3;  // sections; more have a table of contents

std::string_view embedded_file(std::string_view name) {
  for (const EmbeddedFile& file : embedded::page_style) {
    if (file.path == name) return file.text;
  }
  return {};
}

PageWords::Say message(const char* key) {
  return [key](Language in) { return i18n::text(in, key); };
}

void append_facts(std::string& out, const table::Heading& head, const PageWords& words) {
  std::string items;
  for (size_t i = 0; i < head.facts.size(); ++i) {
    if (fact_for_people(head, i, words.language).empty()) continue;
    items += words.element("li", "", [&](Language in) { return fact_for_people(head, i, in); }) + "\n";
  }
  if (!items.empty()) out += "<ul class=\"facts\">\n" + items + "</ul>\n";
}

void append_notes(std::string& out, const table::Heading& head, const PageWords& words) {
  if (head.notes.empty()) return;
  out += "<ul class=\"notes\">\n";
  for (const table::Label& note : head.notes)
    out += words.element("li", "", [&](Language in) { return pick(note, in); }) + "\n";
  out += "</ul>\n";
}

// In both languages where the page can change it: words are in the pictures.
std::string charts_of(const table::Table& table, const PageWords& words, const std::string& id) {
  if (table.charts.empty()) return {};
  std::string out;
  for (const Language in : {Language::en, Language::zh}) {
    const bool own = in == words.language;
    if (!own && !words.both) continue;
    const std::string code = in == Language::zh ? "zh-CN" : "en";
    out += words.both ? "<div class=\"charts\" lang=\"" + code + "\"" + (own ? "" : " hidden") + ">\n"
                      : "<div class=\"charts\">\n";
    for (size_t i = 0; i < table.charts.size(); ++i)
      out += chart_svg(table.charts[i], table, in, id + "-" + std::to_string(i + 1) + (own ? "" : "-" + code));
    out += "</div>\n";
  }
  return out;
}

std::string empty_of(const table::Table& table, const PageWords& words) {
  return words.element("p", " class=\"empty\"", [&](Language in) { return words_for_no_rows(table, in); }) + "\n";
}

// Rows may be wider than a telephone: then they move sideways, and the page does not.
void write_scroll(const std::string& id, const Sink& sink, const std::function<void()>& write) {
  sink("<div class=\"scroll\" role=\"region\" aria-labelledby=\"" + id + "-head\" tabindex=\"0\">\n");
  write();
  sink("</div>\n");
}

void write_body(const table::Table& table, const RenderOptions& options, const std::string& id, const Sink& sink) {
  const PageWords words{options.language};
  if (table.rows() == 0) return sink(empty_of(table, words));
  sink(charts_of(table, words, id));
  write_scroll(id, sink, [&] {
    if (table.sheet && table.rows() == 1) return sink(sheet_of(table, words));
    write_table(table, shown_columns(table, Room::all, options.language), table.rows(), false, words, options, sink);
  });
}

std::string heading_of(const std::string& id, const table::Table& table, const PageWords& words) {
  std::string out = words.element("h2", " id=\"" + id + "-head\"", [&](Language in) { return pick(table.title, in); });
  out += "\n";
  append_facts(out, table, words);
  return out;
}

void write_section(const HtmlSection& section, const RenderOptions& options, const Sink& sink) {
  const table::Table& table = *section.table;
  const PageWords words{options.language};
  const bool is_wide = columns_for_people(table).size() > kWide;
  sink(fmt::format("<section{} aria-labelledby=\"{}-head\">\n", is_wide ? " class=\"wide\"" : "", section.id) +
       heading_of(section.id, table, words));
  write_body(table, options, section.id, sink);
  std::string out;
  append_notes(out, table, words);
  sink(out + "</section>\n");
}

std::string contents_of(const std::vector<HtmlSection>& sections, const PageWords& words) {
  if (sections.size() <= kContents) return {};
  std::string out = "<nav class=\"contents\" aria-label=\"" + escape_html(i18n::text(words.language, "html-contents")) +
                    "\">\n<ol>\n";
  for (const HtmlSection& section : sections) {
    out += "<li>" + words.element("a", " href=\"#" + section.id + "-head\"", [&](Language in) {
      return pick(section.table->title, in);
    }) + "</li>\n";
  }
  return out + "</ol>\n</nav>\n";
}

std::string page_begin(const table::Heading& head, const PageWords& words) {
  const PageWords::Say title = [&](Language in) { return pick(head.title, in); };
  const std::string script =
      words.both ? "; script-src '" + hash_of_script(embedded_file("html.js")) + "'" : std::string();
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'{}\">\n"
      "{}\n<style>\n{}</style>\n</head>\n<body{}>\n<main>\n",
      words.language == Language::zh ? "zh-CN" : "en", script, words.element("title", "", title),
      embedded_file("html.css"), words.both ? " class=\"board\"" : "");
  if (words.both) {
    out += "<div class=\"switches\" id=\"page-switches\" hidden>\n" +
           words.element("button", " type=\"button\" id=\"page-language\"", message("html-other-language")) + "\n";
    for (const auto& [theme, key] :
         {std::pair{"system", "html-theme-system"}, {"light", "html-theme-light"}, {"dark", "html-theme-dark"}}) {
      const std::string attributes = fmt::format(" type=\"button\" aria-pressed=\"false\" data-theme=\"{}\"", theme);
      out += words.element("button", attributes, message(key)) + "\n";
    }
    out += "</div>\n";
  }
  out += words.element("h1", " id=\"page-head\"", title) + "\n";
  append_facts(out, head, words);
  return out;
}

std::string page_end(const table::Heading& head, const PageWords& words) {
  std::string out;
  append_notes(out, head, words);
  return out + "</main>\n";
}

// ---- a page to be worked with

void write_rows_and_data(const table::Report& report, const table::Section& section, Room room, const PageWords& words,
                         const RenderOptions& options, const Sink& sink) {
  const table::Table& table = section.table;
  const std::vector<ShownColumn> columns = shown_columns(table, room, options.language);
  const size_t rows = section.first_rows == 0 ? table.rows() : std::min(table.rows(), section.first_rows);
  sink(charts_of(table, words, section.key));
  write_scroll(section.key, sink, [&] { write_table(table, columns, rows, true, words, options, sink); });
  if (rows < table.rows()) {
    sink(words.element("p", " class=\"more\"", [&](Language in) {
      return words_for_first_rows(rows, table.rows(), in);
    }) + "\n");
  }
  write_section_data(section, columns, report, sink);
}

void write_board_section(const table::Report& report, const table::Section& section, Room room, const PageWords& words,
                         const RenderOptions& options, const Sink& sink) {
  const table::Table& table = section.table;
  sink(fmt::format("<section id=\"{0}\" data-key=\"{0}\" aria-labelledby=\"{0}-head\"{1}>\n", section.key,
                   section.narrowed ? " hidden" : "") +
       heading_of(section.key, table, words));
  if (table.rows() == 0)
    sink(empty_of(table, words));
  else if (section.cards && table.rows() == 1)
    sink(cards_of(table, words));
  else
    write_rows_and_data(report, section, room, words, options, sink);
  std::string out;
  append_notes(out, table, words);
  sink(out + "</section>\n");
}

// Sections that stand beside each other are one line of the page.
void write_lines(const table::Report& report, const PageWords& words, const RenderOptions& options, const Sink& sink) {
  const std::vector<table::Section>& sections = report.sections;
  for (size_t first = 0; first < sections.size();) {
    size_t end = first + 1;
    while (end < sections.size() && sections[end].beside) ++end;
    const bool several = end - first > 1;
    sink(several ? "<div class=\"line several\">\n" : "<div class=\"line\">\n");
    for (size_t i = first; i < end; ++i)
      write_board_section(report, sections[i], several ? Room::half : Room::page, words, options, sink);
    sink("</div>\n");
    first = end;
  }
}

}  // namespace

void write_html(const table::Heading& head, const std::vector<HtmlSection>& sections, const RenderOptions& options,
                const Sink& sink) {
  const PageWords words{options.language};
  sink(page_begin(head, words) + contents_of(sections, words));
  for (const HtmlSection& section : sections) write_section(section, options, sink);
  sink(page_end(head, words) + "</body>\n</html>\n");
}

void write_html(const table::Table& table, const RenderOptions& options, const Sink& sink) {
  const PageWords words{options.language};
  const bool is_wide = columns_for_people(table).size() > kWide;
  sink(page_begin(table, words) + (is_wide ? "<div class=\"alone wide\">\n" : "<div class=\"alone\">\n"));
  write_body(table, options, "page", sink);
  sink("</div>\n" + page_end(table, words) + "</body>\n</html>\n");
}

void write_board(const table::Report& report, const RenderOptions& options, const Sink& sink) {
  const PageWords words{options.language, true};
  std::vector<HtmlSection> contents;
  for (const table::Section& section : report.sections) {
    if (!section.narrowed) contents.push_back({section.key, &section.table});
  }
  sink(page_begin(report, words) + contents_of(contents, words));
  sink("<nav id=\"page-path\" hidden></nav>\n<dl id=\"page-chosen\" class=\"cards\" hidden></dl>\n");
  write_lines(report, words, options, sink);
  sink(page_end(report, words) + page_data(report) + "<script>");
  sink(embedded_file("html.js"));
  sink("</script>\n</body>\n</html>\n");
}

}  // namespace hr::render
