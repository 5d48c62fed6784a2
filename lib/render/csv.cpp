// CSV by RFC 4180, lines ended by "\n". Bytes are faithful unless it is for Excel: see RenderOptions::bom.
#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "render/bytes.h"
#include "render/row_pieces.h"
#include "render/value_text.h"
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

bool needs_quotes(std::string_view text) {
  static constexpr std::array<bool, 256> kSpecial = [] {
    std::array<bool, 256> special{};
    for (const char c : {',', '"', '\n', '\r'}) special[static_cast<unsigned char>(c)] = true;
    return special;
  }();
  bool needed = false;
  for (const char c : text) needed |= kSpecial[static_cast<unsigned char>(c)];
  return needed;
}

void append_field(Bytes& out, std::string_view text) {
  if (!needs_quotes(text)) return out.put(text);
  out.put('"');
  for (size_t begin = 0;;) {
    const size_t quote = text.find('"', begin);
    out.put(text.substr(begin, quote - begin));
    if (quote == std::string_view::npos) break;
    out.put("\"\"");
    begin = quote + 1;
  }
  out.put('"');
}

void append_text(Bytes& out, std::string_view text, bool for_excel) {
  if (for_excel && looks_like_formula(text))
    append_field(out, "'" + std::string(text));
  else
    append_field(out, text);
}

std::string joined(const std::vector<std::string>& items) {
  std::string text;
  for (size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += ';';
    text += items[i];
  }
  return text;
}

// One column's cells as fields. Where many rows share few texts, their fields are made once, by code.
class Fields {
 public:
  Fields(const Column& column, bool for_excel) : column_(column), for_excel_(for_excel) {
    constexpr size_t kRowsOfAText = 4;  // from so many on average
    if (column.kind == Kind::list) {
      for (const std::vector<std::string>& items : column.lists) add(joined(items));
    } else if (is_text() && column.texts.size() * kRowsOfAText <= column.codes.size()) {
      for (uint32_t code = 0; code < column.texts.size(); ++code) add(column.texts[code]);
    }
    made_.room(kShort);  // which put_short() may read beyond the last one
  }

  void append(Bytes& out, size_t row) const {
    if (column_.present[row] == 0) return;
    switch (column_.kind) {
      case Kind::text:
      case Kind::choice:
      case Kind::list:
        if (ends_.size() > 1) return append_made(out, column_.codes[row]);
        return append_text(out, column_.text(row), for_excel_);
      case Kind::number:
      case Kind::percent:
        return out.end_at(write_number(out.room(kNumberBytes), column_.numbers[row], column_.decimals));
      case Kind::date:
        return out.end_at(write_date(out.room(kDateBytes), column_.days[row]));
      case Kind::boolean:
        return out.put(column_.booleans[row] != 0 ? std::string_view("true") : std::string_view("false"));
    }
  }

 private:
  static constexpr size_t kShort = 16;  // copied at once, whatever their length

  bool is_text() const { return column_.kind == Kind::text || column_.kind == Kind::choice; }

  void add(std::string_view text) {
    append_text(made_, text, for_excel_);
    ends_.push_back(made_.all().size());
  }

  void append_made(Bytes& out, uint32_t code) const {
    const size_t begin = ends_[code];
    const size_t size = ends_[code + 1] - begin;
    const char* field = made_.all().data() + begin;
    if (size > kShort) return out.put({field, size});
    char* to = out.room(kShort);
    std::memcpy(to, field, kShort);
    out.end_at(to + size);
  }

  const Column& column_;
  bool for_excel_;
  Bytes made_;                   // fields, one after the other
  std::vector<size_t> ends_{0};  // of the field of each code: [ends_[code], ends_[code + 1])
};

void append_row(Bytes& out, const std::vector<Fields>& fields, size_t row) {
  const size_t begin = out.all().size();
  for (size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) out.put(',');
    fields[i].append(out, row);
  }
  if (out.all().size() == begin) out.put("\"\"");  // a lone empty cell: an empty line would be no row
  out.put('\n');
}

void write_heading(const table::Table& table, bool for_excel, const Sink& sink) {
  Bytes out;
  if (for_excel) out.put("\xEF\xBB\xBF");
  for (size_t i = 0; i < table.columns.size(); ++i) {
    if (i > 0) out.put(',');
    append_text(out, table.columns[i].key, for_excel);
  }
  if (!table.columns.empty()) out.put('\n');
  sink(out.all());
}

}  // namespace

void write_csv(const table::Table& table, const RenderOptions& options, const Sink& sink) {
  write_heading(table, options.bom, sink);
  std::vector<Fields> fields;
  for (const Column& column : table.columns) fields.emplace_back(column, options.bom);
  write_rows<Bytes>(table.rows(), options.threads, sink, [&](size_t row, Bytes& out) { append_row(out, fields, row); });
}

}  // namespace hr::render
