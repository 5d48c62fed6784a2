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

constexpr std::array<bool, 256> kNeedsQuotes = [] {
  std::array<bool, 256> special{};
  for (const char c : {',', '"', '\n', '\r'}) special[static_cast<unsigned char>(c)] = true;
  return special;
}();

// Writers write at `to` and return the end; most_of() says what they may need.
char* write_bytes(char* to, std::string_view bytes) {
  std::copy(bytes.begin(), bytes.end(), to);
  return to + bytes.size();
}

size_t most_of(std::string_view text) {
  return 2 * text.size() + 3;  // all quotes, quotes around it, and the mark of no formula
}

char* write_quoted(char* to, std::string_view text) {
  *to++ = '"';
  for (const char c : text) {
    if (c == '"') *to++ = '"';
    *to++ = c;
  }
  *to++ = '"';
  return to;
}

char* write_text(char* to, std::string_view text, bool for_excel) {
  if (for_excel && looks_like_formula(text)) return write_text(to, "'" + std::string(text), false);
  bool needs_quotes = false;
  for (size_t i = 0; i < text.size(); ++i) {
    to[i] = text[i];
    needs_quotes |= kNeedsQuotes[static_cast<unsigned char>(text[i])];
  }
  return needs_quotes ? write_quoted(to, text) : to + text.size();
}

std::string joined(const std::vector<std::string>& items) {
  std::string text;
  for (size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += ';';
    text += items[i];
  }
  return text;
}

// Rows that are fetched at once: columns side by side are more streams than a processor foresees, and each text lies
// somewhere else.
constexpr size_t kFetched = 128;

// What rows have texts of their own of, and how many bytes those may take.
struct Fetched {
  explicit Fetched(size_t columns) : texts(columns) {}

  std::vector<std::array<std::string_view, kFetched>> texts;  // by column that has them, row; empty where missing
  std::array<size_t, kFetched> most;
};

// One column's cells as fields. Where many rows share few texts, their fields are made once, by code. Places of cells
// are kept as plain pointers: bytes that are written could be any object's, so that vectors would be looked at ever
// again.
class Fields {
 public:
  // `own`: how many columns before it have texts of their own.
  Fields(const Column& column, bool for_excel, size_t own)
      : column_(column),
        present_(column.present.data()),
        codes_(column.codes.data()),
        own_(own),
        for_excel_(for_excel) {
    constexpr size_t kRowsOfAText = 4;  // from so many on average
    const bool is_text = column.kind == Kind::text || column.kind == Kind::choice;
    if (column.kind == Kind::list) {
      for (const std::vector<std::string>& items : column.lists) make(joined(items));
    } else if (is_text && column.texts.size() * kRowsOfAText <= column.codes.size()) {
      for (uint32_t code = 0; code < column.texts.size(); ++code) make(column.texts[code]);
    }
    is_made_ = column.kind == Kind::list || ends_.size() > 1;
    is_own_ = is_text && !is_made_;
    if (is_made_) most_ = std::max(most_, kShort);
    if (is_own_) most_ = 0;
    made_.room(kShort);  // which is copied from the last one, too
    fields_ = made_.all().data();
  }

  // Bytes that write() may write, but for texts of the row's own.
  size_t most() const { return most_; }
  bool is_own() const { return is_own_; }

  // Asks for the cells of these rows.
  void fetch(size_t begin, size_t end, Fetched& fetched) const {
    constexpr size_t kLine = 64;  // bytes of a cache line
    fetch_stretch(present_ + begin, present_ + end, kLine);
    if (!column_.codes.empty()) fetch_stretch(codes_ + begin, codes_ + end, kLine / sizeof(uint32_t));
    if (!column_.numbers.empty())
      fetch_stretch(column_.numbers.data() + begin, column_.numbers.data() + end, kLine / sizeof(Decimal));
    if (!is_own_) return;
    for (size_t row = begin; row < end; ++row) {
      std::string_view& text = fetched.texts[own_][row - begin];
      text = present_[row] != 0 ? column_.texts[codes_[row]] : std::string_view{};
      __builtin_prefetch(text.data());
      fetched.most[row - begin] += most_of(text);
    }
  }

  // `at`: of the row among those fetched.
  char* write(char* to, size_t row, const Fetched& fetched, size_t at) const {
    if (present_[row] == 0) return to;
    if (is_made_) return write_made(to, codes_[row]);
    switch (column_.kind) {
      case Kind::number:
      case Kind::percent:
        return write_number(to, column_.numbers[row], column_.decimals);
      case Kind::date:
        return write_date(to, column_.days[row]);
      case Kind::boolean:
        return write_bytes(to, column_.booleans[row] != 0 ? "true" : "false");
      case Kind::text:
      case Kind::choice:
      case Kind::list:
        break;
    }
    return write_text(to, fetched.texts[own_][at], for_excel_);
  }

 private:
  static constexpr size_t kShort = 16;  // copied at once, whatever their length

  static void fetch_stretch(const auto* from, const auto* to, ptrdiff_t step) {
    for (; from < to; from += step) __builtin_prefetch(from);
  }

  void make(std::string_view text) {
    char* to = made_.room(most_of(text));
    char* end = write_text(to, text, for_excel_);
    most_ = std::max(most_, static_cast<size_t>(end - to));
    made_.end_at(end);
    ends_.push_back(made_.all().size());
  }

  char* write_made(char* to, uint32_t code) const {
    const size_t begin = ends_[code];
    const size_t size = ends_[code + 1] - begin;
    std::memcpy(to, fields_ + begin, kShort);
    if (size > kShort) std::memcpy(to + kShort, fields_ + begin + kShort, size - kShort);
    return to + size;
  }

  const Column& column_;
  const uint8_t* present_;
  const uint32_t* codes_;
  const char* fields_ = nullptr;
  Bytes made_;                   // fields, one after the other
  std::vector<size_t> ends_{0};  // of the field of each code: [ends_[code], ends_[code + 1])
  size_t most_ = kNumberBytes;
  size_t own_;
  bool for_excel_;
  bool is_made_ = false;
  bool is_own_ = false;
};

void append_row(Bytes& out, const std::vector<Fields>& fields, const Fetched& fetched, size_t row, size_t at) {
  char* const begin = out.room(fetched.most[at]);
  char* to = begin;
  for (const Fields& f : fields) {
    to = f.write(to, row, fetched, at);
    *to++ = ',';
  }
  if (to == begin + 1) to = write_bytes(begin, "\"\",");  // a lone empty cell: an empty line would be no row
  if (to != begin) to[-1] = '\n';
  out.end_at(to);
}

void write_heading(const table::Table& table, bool for_excel, const Sink& sink) {
  Bytes out;
  if (for_excel) out.put("\xEF\xBB\xBF");
  for (size_t i = 0; i < table.columns.size(); ++i) {
    const std::string& key = table.columns[i].key;
    if (i > 0) out.put(',');
    out.end_at(write_text(out.room(most_of(key)), key, for_excel));
  }
  if (!table.columns.empty()) out.put('\n');
  sink(out.all());
}

}  // namespace

void write_csv(const table::Table& table, const RenderOptions& options, const Sink& sink) {
  write_heading(table, options.bom, sink);
  write_csv_rows(table, options, sink);
}

void write_csv_rows(const table::Table& table, const RenderOptions& options, const Sink& sink) {
  std::vector<Fields> fields;
  size_t most = 2;  // of a row of one empty cell
  size_t own = 0;
  for (const Column& column : table.columns) {
    most += fields.emplace_back(column, options.bom, own).most() + 1;
    if (fields.back().is_own()) ++own;
  }
  write_pieces<Bytes>(table.rows(), options.threads, sink, [&](size_t begin, size_t end, Bytes& out) {
    Fetched fetched(own);
    for (; begin < end; begin += kFetched) {
      const size_t stop = std::min(end, begin + kFetched);
      fetched.most.fill(most);
      for (const Fields& f : fields) f.fetch(begin, stop, fetched);
      for (size_t row = begin; row < stop; ++row) append_row(out, fields, fetched, row, row - begin);
    }
  });
}

}  // namespace hr::render
