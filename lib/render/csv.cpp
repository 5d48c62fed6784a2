// CSV by RFC 4180, lines ended by "\n". Bytes are faithful unless it is for Excel: see RenderOptions::bom.
#include <string>
#include <string_view>

#include "base/decimal.h"
#include "render/cells.h"
#include "render/writers.h"

namespace hr::render {

namespace {

using table::Column;
using table::Kind;

// Would Excel take this text for a formula? A number with a sign is not one. Full-width signs count: Excel folds them.
bool looks_like_formula(std::string_view text) {
  if (text.empty()) return false;
  for (const std::string_view sign : {"＝", "＋", "－", "＠"}) {
    if (text.starts_with(sign)) return true;
  }
  return std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos && !parse_decimal(text);
}

void append_field(std::string& out, std::string_view text) {
  if (text.find_first_of(",\"\n\r") == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  for (size_t begin = 0;;) {
    const size_t quote = text.find('"', begin);
    out += text.substr(begin, quote - begin);
    if (quote == std::string_view::npos) break;
    out += "\"\"";
    begin = quote + 1;
  }
  out += '"';
}

void append_text(std::string& out, std::string_view text, bool for_excel) {
  if (for_excel && looks_like_formula(text))
    append_field(out, "'" + std::string(text));
  else
    append_field(out, text);
}

void append_list(std::string& out, const std::vector<std::string>& items, bool for_excel) {
  std::string joined;
  for (size_t i = 0; i < items.size(); ++i) {
    if (i > 0) joined += ';';
    joined += items[i];
  }
  append_text(out, joined, for_excel);
}

void append_cell(std::string& out, const Column& column, size_t row, bool for_excel) {
  if (column.present[row] == 0) return;
  switch (column.kind) {
    case Kind::text:
    case Kind::choice:
      return append_text(out, column.texts[row], for_excel);
    case Kind::number:
    case Kind::percent:
      return append_number(out, column.numbers[row], column.decimals);
    case Kind::date:
      return append_date(out, column.days[row]);
    case Kind::boolean:
      out += column.booleans[row] != 0 ? "true" : "false";
      return;
    case Kind::list:
      return append_list(out, column.lists[row], for_excel);
  }
}

}  // namespace

std::string write_csv(const table::Table& table, const RenderOptions& options) {
  std::string out = options.bom ? "\xEF\xBB\xBF" : "";
  for (size_t i = 0; i < table.columns.size(); ++i) {
    if (i > 0) out += ',';
    append_text(out, table.columns[i].key, options.bom);
  }
  if (!table.columns.empty()) out += '\n';
  for (size_t row = 0; row < table.rows(); ++row) {
    const size_t begin = out.size();
    for (size_t i = 0; i < table.columns.size(); ++i) {
      if (i > 0) out += ',';
      append_cell(out, table.columns[i], row, options.bom);
    }
    if (out.size() == begin) out += "\"\"";  // a lone empty cell: an empty line would be no row
    out += '\n';
  }
  return out;
}

}  // namespace hr::render
