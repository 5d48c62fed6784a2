// JSON: one object, one row a line: {"schema":…, facts…, "rows":[…], "notes":[…]}. Of a report of several tables:
// {"schema":…, facts…, "sections":{"KEY":{facts…, "rows":[…], "notes":[…]}, …}, "notes":[…]}.
#include <algorithm>
#include <string>

#include "render/json_text.h"
#include "render/row_pieces.h"
#include "render/writers.h"

namespace hr::render {

static bool are_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// A number as JSON writes it (no leading zero, digits on both sides of a point), true or false.
static bool is_bare_json(std::string_view text) {
  if (text == "true" || text == "false") return true;
  const std::string_view number = text.starts_with('-') ? text.substr(1) : text;
  const size_t point = number.find('.');
  const std::string_view whole = number.substr(0, point);
  if (!are_digits(whole) || (whole[0] == '0' && whole.size() > 1)) return false;
  return point == std::string_view::npos || are_digits(number.substr(point + 1));
}

static bool is_among(const std::vector<std::string>& keys, const std::string& key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

// Each with a comma behind it.
static void append_facts(std::string& out, const table::Heading& head) {
  for (const auto& [key, value] : head.facts) {
    append_json_string(out, key);
    out += ':';
    const bool bare = is_among(head.bare_facts, key);
    if (value.empty() && (bare || is_among(head.nullable_facts, key)))
      out += "null";
    else if (bare && is_bare_json(value))
      out += value;
    else
      append_json_string(out, value);
    out += ',';
  }
}

static void append_notes(std::string& out, const table::Heading& head) {
  out += "\"notes\":[";
  for (size_t i = 0; i < head.notes.size(); ++i) {
    if (i > 0) out += ',';
    append_json_string(out, head.notes[i].en);
  }
  out += ']';
}

static std::string begin_of(const table::Heading& head) {
  std::string out = "{\"schema\":";
  append_json_string(out, head.schema);
  out += ',';
  append_facts(out, head);
  return out;
}

// "rows":[…],"notes":[…]
static void write_rows_and_notes(const table::Table& table, const RenderOptions& options, const Sink& sink) {
  std::string out = "\"rows\":[";
  const std::vector<std::string> members = json_members(table);
  sink(out);
  write_rows<std::string>(table.rows(), options.threads, sink, [&](size_t row, std::string& text) {
    text += row > 0 ? ",\n" : "\n";
    append_json_row(text, table, members, row);
  });
  out = table.rows() > 0 ? "\n]," : "],";
  append_notes(out, table);
  sink(out);
}

void write_json(const table::Table& table, const RenderOptions& options, const Sink& sink) {
  sink(begin_of(table));
  write_rows_and_notes(table, options, sink);
  sink("}\n");
}

void write_json(const table::Report& report, const RenderOptions& options, const Sink& sink) {
  std::string out = begin_of(report) + "\"sections\":{";
  for (const table::Section& section : report.sections) {
    out += &section == &report.sections.front() ? "\n" : "},\n";
    append_json_string(out, section.key);
    out += ":{";
    append_facts(out, section.table);
    sink(out);
    write_rows_and_notes(section.table, options, sink);
    out.clear();
  }
  out += report.sections.empty() ? "}," : "}\n},";
  append_notes(out, report);
  sink(out + "}\n");
}

}  // namespace hr::render
