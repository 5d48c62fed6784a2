#include "render/json_text.h"

#include <algorithm>

#include "base/text.h"
#include "render/cells.h"

namespace hr::render {

using table::Column;
using table::Kind;

static void append_escape(std::string& out, char c) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  switch (c) {
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
      out += "\\u00";
      out += kHex[static_cast<unsigned char>(c) >> 4U];
      out += kHex[static_cast<unsigned char>(c) & 15U];
  }
}

static bool needs_escape(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\' || c == 0x7f;
}

// The text without quotes; it must be UTF-8.
static void append_escaped(std::string& out, std::string_view text) {
  for (auto begin = text.begin();;) {
    const auto special = std::find_if(begin, text.end(), needs_escape);
    out.append(begin, special);
    if (special == text.end()) return;
    append_escape(out, *special);
    begin = special + 1;
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

static void append_value(std::string& out, const Column& column, size_t row) {
  if (column.present[row] == 0) {
    out += "null";
    return;
  }
  switch (column.kind) {
    case Kind::text:
    case Kind::choice:
      return append_json_string(out, column.texts[row]);
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
      return append_array(out, column.lists[row]);
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
