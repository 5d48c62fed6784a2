#include "render/json_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "render/cells.h"

namespace hr::render {

using table::Column;
using table::Kind;

static void append_escape(std::string& out, int32_t code) {
  switch (code) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      out += fmt::format("\\u{:04x}", code);
  }
}

// Whether an escape may begin here: what JSON asks for, and controls beyond ASCII, which act on terminals and cut
// lines.
static bool may_need_escape(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || c == '"' || c == '\\' || byte == 0x7f || byte == 0xc2 || byte == 0xd8 || byte == 0xe2;
}

// The text without quotes; it must be UTF-8.
static void append_escaped(std::string& out, std::string_view text) {
  for (size_t pos = 0; pos < text.size();) {
    const auto special = std::find_if(text.begin() + static_cast<std::ptrdiff_t>(pos), text.end(), may_need_escape);
    const auto at = static_cast<size_t>(special - text.begin());
    out += text.substr(pos, at - pos);
    if (at == text.size()) return;
    int32_t code = 0;
    size_t n = control_at(text, at, code);
    if (n > 0 || text[at] == '"' || text[at] == '\\') {
      append_escape(out, code);
      n = std::max<size_t>(n, 1);
    } else {
      n = 1;
      out += text[at];
    }
    pos = at + n;
  }
}

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  while (const auto bad = invalid_utf8_at(text)) {
    append_escaped(out, text.substr(0, *bad));
    out += "\xEF\xBF\xBD";
    text.remove_prefix(*bad + 1);
  }
  append_escaped(out, text);
  out += '"';
}

std::vector<std::string> json_members(const table::Table& table) {
  std::vector<std::string> members;
  for (const Column& column : table.columns) {
    append_json_string(members.emplace_back(), column.key);
    members.back() += ':';
  }
  return members;
}

static void append_array(std::string& out, const std::vector<std::string>& items) {
  out += '[';
  for (size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += ',';
    append_json_string(out, items[i]);
  }
  out += ']';
}

// Of a series: its items are decimals as they are written, or nothing.
static void append_numbers(std::string& out, const std::vector<std::string>& items) {
  out += '[';
  for (size_t i = 0; i < items.size(); ++i) {
    if (i > 0) out += ',';
    out += items[i].empty() ? "null" : items[i];
  }
  out += ']';
}

static void append_value(std::string& out, const Column& column, size_t row) {
  if (column.present[row] == 0) {
    out += "null";
    return;
  }
  switch (column.kind) {
    case Kind::text:
    case Kind::choice:
      return append_json_string(out, column.text(row));
    case Kind::number:
    case Kind::percent:
      return append_number(out, column.numbers[row], column.decimals);
    case Kind::date:
      out += '"';
      append_date(out, column.days[row]);
      out += '"';
      return;
    case Kind::boolean:
      out += column.booleans[row] != 0 ? "true" : "false";
      return;
    case Kind::list:
      return column.series ? append_numbers(out, column.list(row)) : append_array(out, column.list(row));
  }
}

void append_json_row(std::string& out, const table::Table& table, const std::vector<std::string>& members, size_t row) {
  out += '{';
  for (size_t i = 0; i < members.size(); ++i) {
    if (i > 0) out += ',';
    out += members[i];
    append_value(out, table.columns[i], row);
  }
  out += '}';
}

}  // namespace hr::render
