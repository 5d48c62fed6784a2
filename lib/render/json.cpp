// JSON: one object, one row a line: {"schema":…, facts…, "rows":[…], "notes":[…]}.
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

static void append_facts(std::string& out, const table::Table& table) {
  for (const auto& [key, value] : table.facts) {
    out += ',';
    append_json_string(out, key);
    out += ':';
    const bool bare = is_among(table.bare_facts, key);
    if (value.empty() && (bare || is_among(table.nullable_facts, key)))
      out += "null";
    else if (bare && is_bare_json(value))
      out += value;
    else
      append_json_string(out, value);
  }
}

void write_json(const table::Table& table, const RenderOptions& options, const Sink& sink) {
  std::string out = "{\"schema\":";
  append_json_string(out, table.schema);
  append_facts(out, table);
  out += ",\"rows\":[";
  const std::vector<std::string> members = json_members(table);
  sink(out);
  write_rows<std::string>(table.rows(), options.threads, sink, [&](size_t row, std::string& text) {
    text += row > 0 ? ",\n" : "\n";
    append_json_row(text, table, members, row);
  });
  out = table.rows() > 0 ? "\n],\"notes\":[" : "],\"notes\":[";
  for (size_t i = 0; i < table.notes.size(); ++i) {
    if (i > 0) out += ',';
    append_json_string(out, table.notes[i].en);
  }
  out += "]}\n";
  sink(out);
}

}  // namespace hr::render
