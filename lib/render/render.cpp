#include "render/render.h"

#include <algorithm>
#include <cassert>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "render/bytes.h"
#include "render/writers.h"

namespace hr::render {

static constexpr std::string_view kNames[] = {"table", "csv", "json", "jsonl", "md", "html", "xlsx"};  // by Format

std::string_view name_of(Format format) {
  return kNames[static_cast<size_t>(format)];
}

std::optional<Format> format_of_name(std::string_view name) {
  const auto* const found = std::find(std::begin(kNames), std::end(kNames), name);
  return found == std::end(kNames) ? std::nullopt : std::optional(static_cast<Format>(found - std::begin(kNames)));
}

std::optional<Format> format_of_file(std::string_view file_name) {
  const std::string_view base = file_name.substr(file_name.find_last_of('/') + 1);
  const size_t dot = base.find_last_of('.');
  if (dot == std::string_view::npos || dot == 0) return Format::table;
  std::string ending(base.substr(dot + 1));
  for (char& c : ending) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  if (ending == "txt") return Format::table;
  if (ending == "ndjson") return Format::jsonl;
  if (ending == "markdown") return Format::markdown;
  if (ending == "htm") return Format::html;
  return ending == "table" ? std::nullopt : format_of_name(ending);
}

static bool is_drawn(const table::Table& table, const std::string& key) {
  return std::any_of(table.charts.begin(), table.charts.end(), [&](const table::Chart& chart) {
    return chart.names == key || std::find(chart.series.begin(), chart.series.end(), key) != chart.series.end();
  });
}

// The tables that people read: one per value of `split_by`, in order of appearance. What stands above the rows stands
// above the first, notes below the last.
static std::vector<table::Table> parts_of(const table::Table& table) {
  const table::Column& by = *table.find(table.split_by);
  std::vector<std::string> values;
  for (size_t row = 0; row < table.rows(); ++row) {
    if (std::find(values.begin(), values.end(), by.text(row)) == values.end()) values.emplace_back(by.text(row));
  }
  std::vector<table::Table> parts;
  for (const std::string& value : values) {
    table::Table part = table;
    part.split_by.clear();
    std::vector<uint8_t> keep;
    for (size_t row = 0; row < table.rows(); ++row) keep.push_back(by.text(row) == value ? 1 : 0);
    part.keep_rows(keep);
    for (const auto& [code, label] : by.labels) {
      if (code == value) part.title = label;
    }
    std::erase_if(part.charts, [&](const table::Chart& chart) { return chart.part != value; });
    std::erase_if(part.columns, [&](const table::Column& c) {
      const bool is_empty = std::count(c.present.begin(), c.present.end(), 1) == 0 && !is_drawn(part, c.key);
      return c.key == table.split_by || is_empty;
    });
    if (!parts.empty()) part.facts.clear();
    if (value != values.back()) part.notes.clear();
    parts.push_back(std::move(part));
  }
  return parts;
}

static bool comes_split(const table::Table& table) {
  return !table.split_by.empty() && table.rows() > 0;
}

static std::string for_people(const table::Table& table, const RenderOptions& options) {
  if (comes_split(table)) {
    std::string text;
    for (const table::Table& part : parts_of(table)) text += (text.empty() ? "" : "\n") + for_people(part, options);
    return text;
  }
  return options.format == Format::table ? write_table_text(table, options) : write_markdown(table, options);
}

// Where what stands around the rows stands around all parts.
static std::vector<table::Table> bare_parts_of(const table::Table& table) {
  std::vector<table::Table> parts = parts_of(table);
  parts.front().facts.clear();
  parts.back().notes.clear();
  return parts;
}

static void write_page(const table::Table& table, const RenderOptions& options, const Sink& sink) {
  if (!comes_split(table)) return write_html(table, options, sink);
  const std::vector<table::Table> parts = bare_parts_of(table);
  std::vector<HtmlSection> sections;
  for (const table::Table& part : parts) sections.push_back({"part-" + std::to_string(sections.size() + 1), &part});
  write_html(table, sections, options, sink);
}

static void write_book(const table::Table& table, const RenderOptions& options, const Sink& sink) {
  if (!comes_split(table)) return write_xlsx(table, {&table}, options, sink);
  const std::vector<table::Table> parts = bare_parts_of(table);
  std::vector<const table::Table*> tables;
  for (const table::Table& part : parts) tables.push_back(&part);
  write_xlsx(table, tables, options, sink);
}

void render(const table::Table& table, const RenderOptions& options, const Sink& sink) {
  switch (options.format) {
    case Format::csv:
      return write_csv(table, options, sink);
    case Format::json:
      return write_json(table, options, sink);
    case Format::jsonl:
      return write_jsonl(table, options, sink);
    case Format::xlsx:
      return write_book(table, options, sink);
    case Format::html:
      return write_page(table, options, sink);
    case Format::table:
    case Format::markdown:
      break;
  }
  sink(for_people(table, options));
}

void render(const table::Report& report, const RenderOptions& options, const Sink& sink) {
  std::vector<HtmlSection> sections;
  std::vector<const table::Table*> tables;
  for (const table::Section& section : report.sections) {
    sections.push_back({section.key, &section.table});
    tables.push_back(&section.table);
  }
  switch (options.format) {
    case Format::table:
      return sink(write_report_text(report, options));
    case Format::markdown:
      return sink(write_report_markdown(report, options));
    case Format::json:
      return write_json(report, options, sink);
    case Format::html:
      return report.entities.empty() ? write_html(report, sections, options, sink) : write_board(report, options, sink);
    case Format::xlsx:
      return write_xlsx(report, tables, options, sink);
    case Format::csv:
    case Format::jsonl:
      break;
  }
  assert(!comes_in_parts(options.format));
}

bool comes_in_parts(Format format) {
  return format == Format::csv || format == Format::jsonl;
}

void render(const Parts& parts, const RenderOptions& options, const Sink& sink) {
  assert(comes_in_parts(options.format));
  RenderOptions alone = options;
  alone.threads = 1;
  std::vector<Bytes> bytes(static_cast<size_t>(std::max(1, options.threads)));  // by worker
  for_pieces_in_order(
      parts.count, options.threads,
      [&](size_t part, size_t worker) {
        const table::Table table = parts.make(part);
        Bytes out = std::move(bytes[worker]);  // away from those of other threads, which would share its cache line
        out.clear();
        if (options.format == Format::csv)
          append_csv_part(table, options, part == 0, out);
        else
          render(table, alone, [&](std::string_view more) { out.put(more); });
        bytes[worker] = std::move(out);
      },
      [&](size_t, size_t worker) { sink(bytes[worker]); });
}

}  // namespace hr::render
