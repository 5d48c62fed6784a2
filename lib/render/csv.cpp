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
  return text.find_first_of(",\"\n\r") != std::string_view::npos;
}

// Of eight bytes at once: most texts have none of what needs quotes, nor anything else that comes before '-'.
bool any_before_minus(uint64_t bytes) {
  constexpr uint64_t kOnes = 0x0101'0101'0101'0101U;
  return ((bytes - kOnes * '-') & ~bytes & kOnes << 7U) != 0;
}

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
  bool doubtful = false;
  size_t i = 0;
  for (uint64_t bytes = 0; i + sizeof bytes <= text.size(); i += sizeof bytes) {
    std::memcpy(&bytes, text.data() + i, sizeof bytes);
    std::memcpy(to + i, &bytes, sizeof bytes);
    doubtful |= any_before_minus(bytes);
  }
  for (; i < text.size(); ++i) {
    to[i] = text[i];
    doubtful |= static_cast<unsigned char>(text[i]) < '-';
  }
  return doubtful && needs_quotes(text) ? write_quoted(to, text) : to + text.size();
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

// Where a column's fields come from.
enum class Source : uint8_t { made, own, number, date, boolean };

// One column's cells as fields. Where many rows share few texts, their fields are made once, by code. Places of cells
// are kept as plain pointers: bytes that are written could be any object's, so that vectors would be looked at ever
// again.
class Fields {
 public:
  // `own`: how many columns before it have texts of their own.
  Fields(const Column& column, bool for_excel, size_t own)
      : column_(column),
        source_(source_of(column)),
        for_excel_(for_excel),
        present_(column.present.data()),
        codes_(column.codes.data()),
        numbers_(column.numbers.data()),
        own_(own) {
    if (source_ == Source::own) most_ = 0;
    if (source_ != Source::made) return;
    most_ = 0;
    make({});
    if (column.kind == Kind::list) {
      for (const std::vector<std::string>& items : column.lists) make(joined(items));
    } else {
      for (uint32_t code = 0; code < column.texts.size(); ++code) make(column.texts[code]);
    }
    most_ = (most_ + kStep - 1) / kStep * kStep;
    made_.room(most_);  // which is copied from the last one, too
    fields_ = made_.all().data();
    ends_ = made_ends_.data();
  }

  // Bytes that write() may write, but for texts of the row's own.
  size_t most() const { return most_; }
  bool is_own() const { return source_ == Source::own; }

  // Asks for the cells of these rows.
  void fetch(size_t begin, size_t end, Fetched& fetched) const {
    constexpr size_t kLine = 64;  // bytes of a cache line
    fetch_stretch(present_ + begin, present_ + end, kLine);
    if (!column_.codes.empty()) fetch_stretch(codes_ + begin, codes_ + end, kLine / sizeof(uint32_t));
    if (!column_.numbers.empty()) fetch_stretch(numbers_ + begin, numbers_ + end, kLine / sizeof(Decimal));
    if (!is_own()) return;
    for (size_t row = begin; row < end; ++row) {
      std::string_view& text = fetched.texts[own_][row - begin];
      text = column_.text(row);
      __builtin_prefetch(text.data());
      fetched.most[row - begin] += most_of(text);
    }
  }

  // `at`: of the row among those fetched.
  char* write(char* to, size_t row, const Fetched& fetched, size_t at) const {
    switch (source_) {
      case Source::made:
        return write_made(to, codes_[row] + 1);
      case Source::own:
        return write_text(to, fetched.texts[own_][at], for_excel_);
      case Source::number:
        return present_[row] == 0 ? to : write_number(to, numbers_[row], column_.decimals);
      case Source::date:
        return present_[row] == 0 ? to : write_date(to, column_.days[row]);
      case Source::boolean:
        break;
    }
    return present_[row] == 0 ? to : write_bytes(to, column_.booleans[row] != 0 ? "true" : "false");
  }

 private:
  static constexpr size_t kStep = 16;      // so many bytes are copied at once
  static constexpr size_t kMostFast = 64;  // up to here as many for each, which a processor foresees

  static Source source_of(const Column& column) {
    constexpr size_t kRowsOfAText = 4;  // from so many on average
    switch (column.kind) {
      case Kind::number:
      case Kind::percent:
        return Source::number;
      case Kind::date:
        return Source::date;
      case Kind::boolean:
        return Source::boolean;
      case Kind::list:
        return Source::made;
      case Kind::text:
      case Kind::choice:
        break;
    }
    return column.texts.size() * kRowsOfAText <= column.codes.size() ? Source::made : Source::own;
  }

  static void fetch_stretch(const auto* from, const auto* to, ptrdiff_t step) {
    for (; from < to; from += step) __builtin_prefetch(from);
  }

  void make(std::string_view text) {
    char* to = made_.room(most_of(text));
    char* end = write_text(to, text, for_excel_);
    most_ = std::max(most_, static_cast<size_t>(end - to));
    made_.end_at(end);
    made_ends_.push_back(made_.all().size());
  }

  // `at`: code + 1; 0 = no text, as it is for kNoCode.
  char* write_made(char* to, uint32_t at) const {
    const size_t size = ends_[at + 1] - ends_[at];
    const char* from = fields_ + ends_[at];
    if (most_ > kMostFast) return write_bytes(to, {from, size});
    for (size_t done = 0; done < most_; done += kStep) std::memcpy(to + done, from + done, kStep);
    return to + size;
  }

  const Column& column_;
  Source source_;
  bool for_excel_;
  const uint8_t* present_;
  const uint32_t* codes_;
  const Decimal* numbers_;
  const char* fields_ = nullptr;
  const size_t* ends_ = nullptr;
  Bytes made_;  // fields, one after the other: of no text, then by code
  std::vector<size_t> made_ends_{0};
  size_t most_ = kNumberBytes;
  size_t own_;
};

// The rows of a table, any of them.
class Rows {
 public:
  Rows(const table::Table& table, bool for_excel) {
    fields_.reserve(table.columns.size());  // they refer to parts of themselves
    for (const Column& column : table.columns) {
      most_ += fields_.emplace_back(column, for_excel, own_).most() + 1;
      if (fields_.back().is_own()) ++own_;
    }
  }

  void append(size_t begin, size_t end, Bytes& out) const {
    Fetched fetched(own_);
    for (; begin < end; begin += kFetched) {
      const size_t stop = std::min(end, begin + kFetched);
      fetched.most.fill(most_);
      for (const Fields& f : fields_) f.fetch(begin, stop, fetched);
      for (size_t row = begin; row < stop; ++row) append_row(out, fetched, row, row - begin);
    }
  }

 private:
  void append_row(Bytes& out, const Fetched& fetched, size_t row, size_t at) const {
    char* const begin = out.room(fetched.most[at]);
    char* to = begin;
    for (const Fields& f : fields_) {
      to = f.write(to, row, fetched, at);
      *to++ = ',';
    }
    if (to == begin + 1) to = write_bytes(begin, "\"\",");  // a lone empty cell: an empty line would be no row
    if (to != begin) to[-1] = '\n';
    out.end_at(to);
  }

  std::vector<Fields> fields_;
  size_t most_ = 2;  // bytes of a row of one empty cell; but for texts of the row's own
  size_t own_ = 0;
};

void append_heading(const table::Table& table, bool for_excel, Bytes& out) {
  if (for_excel) out.put("\xEF\xBB\xBF");
  for (size_t i = 0; i < table.columns.size(); ++i) {
    const std::string& key = table.columns[i].key;
    if (i > 0) out.put(',');
    out.end_at(write_text(out.room(most_of(key)), key, for_excel));
  }
  if (!table.columns.empty()) out.put('\n');
}

}  // namespace

void write_csv(const table::Table& table, const RenderOptions& options, const Sink& sink) {
  Bytes heading;
  append_heading(table, options.bom, heading);
  sink(heading.all());
  const Rows rows(table, options.bom);
  write_pieces<Bytes>(table.rows(), options.threads, sink,
                      [&](size_t begin, size_t end, Bytes& out) { rows.append(begin, end, out); });
}

void append_csv_part(const table::Table& table, const RenderOptions& options, bool is_first, Bytes& out) {
  if (is_first) append_heading(table, options.bom, out);
  Rows(table, options.bom).append(0, table.rows(), out);
}

}  // namespace hr::render
