#include "ingest/fast_rows.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "ingest/quick_values.h"
#include "ingest/short_decimals.h"

namespace hr::ingest {

using facts::Column;
using facts::kMissingCode;
using facts::Storage;
using model::ColumnType;

FastRows::FastRows(const Opened& opened, const ColumnPlan& plan, TableReader& reader, facts::Frame& frame)
    : opened_(opened),
      plan_(plan),
      reader_(reader),
      frame_(frame),
      seen_(plan.columns.size()),
      recent_(plan.columns.size()),
      known_(plan.columns.size()) {
  constexpr size_t kReadBehind = 16;  // see words_of(), quick_values.h
  for (const PlannedColumn& column : plan.columns) {
    const bool given = column.mapping != nullptr && column.mapping->default_value.has_value();
    defaults_.push_back(given ? *column.mapping->default_value : std::string());
    defaults_.back().reserve(defaults_.back().size() + kReadBehind);
  }
  for (size_t at = 0; at < known_.size(); ++at) known_[at].resize(frame.columns[at].dictionary.size());
}

bool FastRows::can_read(const Opened& opened, const ColumnPlan& plan) {
  const auto plain = [](const PlannedColumn& column) {
    return column.mapping == nullptr || !column.mapping->changes_fields();
  };
  return opened.format != FileFormat::json && plan.wide.empty() &&
         (plan.mapping == nullptr || plan.mapping->takes_rows_as_they_are()) &&
         std::all_of(plan.columns.begin(), plan.columns.end(), plain);
}

// The records that are rows; odd are those with too few or too many fields.
bool FastRows::find_rows(uint32_t line) {
  const std::span<const uint32_t> fields = ends_.of_fields();
  const std::span<const uint32_t> records = ends_.of_records();
  rows_.resize(records.size());
  odd_.resize(records.size());
  Row* row = rows_.data();
  uint8_t* odd = odd_.data();
  const size_t in_row = opened_.headings.size();
  uint32_t begin = 0;
  uint32_t first = 0;
  for (const uint32_t end : records) {
    size_t last = first + in_row - 1;
    const bool regular = last < fields.size() && fields[last] == end;
    if (!regular)
      last = static_cast<size_t>(std::lower_bound(fields.begin() + first, fields.end(), end) - fields.begin());
    if (end != begin) {
      if (end - begin > kMaxRecord) return false;
      *row++ = {begin, first, line};
      *odd++ = regular ? 0 : 1;
    }
    first = static_cast<uint32_t>(last + 1);
    begin = end + 1;
    if (end < bytes_.size() && bytes_[end] == '\r' && begin < bytes_.size() && bytes_[begin] == '\n') ++begin;
    ++line;
  }
  rows_.resize(static_cast<size_t>(row - rows_.data()));
  odd_.resize(rows_.size());
  return true;
}

// The texts of one field by row; where there is none, a default. All that loops need of FastRows, in one place of their
// own: the compiler cannot know that what they write does not change it.
class FastRows::Cells {
 public:
  Cells(FastRows& of, size_t field, std::string_view otherwise)
      : bytes_(of.bytes_.data()),
        ends_(of.ends_.of_fields().data()),
        rows_(of.rows_.data()),
        odd_(of.odd_.data()),
        field_(field),
        quotes_(of.quotes_),
        otherwise_(otherwise) {}

  // The row is odd when the field's quotes say more than where it begins and ends.
  [[gnu::always_inline]] std::string_view operator[](size_t row) const {
    if (field_ == kNoField) return otherwise_;
    const Row& r = rows_[row];
    const size_t begin = field_ == 0 ? r.begin : ends_[r.first + field_ - 1] + 1;
    const size_t end = ends_[r.first + field_];
    std::string_view text(bytes_ + begin, end - begin);
    if (quotes_ && !text.empty() && text[0] == '"') {
      text = text.substr(1, text.size() - 2);
      if (text.find('"') != std::string_view::npos) odd_[row] = 1;
    }
    return text.empty() ? otherwise_ : text;
  }
  bool is_odd(size_t row) const { return odd_[row] != 0; }
  void set_odd(size_t row) const { odd_[row] = 1; }

 private:
  const char* bytes_;
  const uint32_t* ends_;
  const Row* rows_;
  uint8_t* odd_;
  size_t field_;
  bool quotes_;
  std::string_view otherwise_;
};

FastRows::Cells FastRows::cells_of(size_t at) {
  return {*this, plan_.columns[at].field, defaults_[at]};
}

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool FastRows::is_new_text_sound(size_t at, std::string_view text) {
  if (text.size() > kMaxField || is_blank(text.front()) || is_blank(text.back())) return false;
  const ColumnType type = plan_.columns[at].spec.type;
  if (type == ColumnType::text) return true;
  ValueFault fault;
  const auto canonical = reader_.rows().cells().canonical(plan_.columns[at], text, fault);
  if (!canonical) return false;
  const bool itself = type == ColumnType::id || type == ColumnType::subject;
  if (!itself) seen_[at].codes.push_back(frame_.columns[at].dictionary.add(*canonical));
  return true;
}

// What a column's dictionary began with may be no text for this one: job:X is no subject of a fact.
bool FastRows::is_known_text_sound(size_t at, uint32_t code, std::string_view text) {
  if (known_[at][code]) return true;
  if (!is_new_text_sound(at, text)) return false;
  known_[at][code] = true;
  return true;
}

// Codes of texts in the column's dictionary; kMissingCode of those that are not sound.
void FastRows::look_up(size_t at, std::span<const std::string_view> texts, std::span<uint32_t> codes) {
  const ColumnType type = plan_.columns[at].spec.type;
  const bool itself = type == ColumnType::id || type == ColumnType::subject || type == ColumnType::text;
  facts::Dictionary& dictionary = itself ? frame_.columns[at].dictionary.own() : seen_[at].raw;
  const facts::Dictionary::Take sound = [&](std::string_view text) { return is_new_text_sound(at, text); };
  dictionary.add_all(texts, codes, sound);
  for (size_t i = 0; i < texts.size(); ++i) {
    if (codes[i] == kMissingCode) continue;
    if (!itself)
      codes[i] = seen_[at].codes[codes[i]];
    else if (codes[i] < known_[at].size() && !is_known_text_sound(at, codes[i], texts[i]))
      codes[i] = kMissingCode;
  }
}

void FastRows::read_texts(size_t at) {
  constexpr size_t kGroup = 64;
  constexpr uint8_t kNone = 0xFF;
  std::array<std::string_view, kGroup> texts;  // to be looked up
  std::array<uint32_t, kGroup> found;
  std::array<uint8_t, kGroup> text_of;  // by row: which of them, kNone = none
  const bool required = plan_.columns[at].spec.required;
  const Cells cells = cells_of(at);
  uint32_t* codes = frame_.columns[at].codes.data();
  RecentTexts& recent = recent_[at];
  for (size_t begin = 0; begin < rows_.size(); begin += kGroup) {
    const size_t rows = std::min(kGroup, rows_.size() - begin);
    size_t n = 0;
    // Of the row before, in most files the same: a text that is still to be looked up is in the group only once.
    TextWords before;
    uint32_t code_before = kMissingCode;
    uint8_t text_before = kNone;
    for (size_t i = 0; i < rows; ++i) {
      const size_t row = begin + i;
      codes[row] = kMissingCode;
      text_of[i] = kNone;
      if (cells.is_odd(row)) continue;
      const std::string_view text = cells[row];
      if (text.empty()) {
        if (required) cells.set_odd(row);
        continue;
      }
      const TextWords words = words_of(text);
      if (words == before && words.any()) {
        codes[row] = code_before;
        text_of[i] = text_before;
        continue;
      }
      before = words;
      text_before = kNone;
      if (const uint32_t* known = recent.find(words)) {
        codes[row] = code_before = *known;
        continue;
      }
      texts[n] = text;
      text_of[i] = text_before = static_cast<uint8_t>(n++);
    }
    if (n == 0) continue;
    look_up(at, {texts.data(), n}, {found.data(), n});
    for (size_t i = 0; i < n; ++i) {
      if (found[i] != kMissingCode) recent.put(words_of(texts[i]), found[i]);
    }
    for (size_t i = 0; i < rows; ++i) {
      if (text_of[i] == kNone) continue;
      codes[begin + i] = found[text_of[i]];
      if (found[text_of[i]] == kMissingCode) cells.set_odd(begin + i);
    }
  }
}

void FastRows::read_days(size_t at) {
  const PlannedColumn& planned = plan_.columns[at];
  const Cells cells = cells_of(at);
  int32_t* days = frame_.columns[at].days.data();
  for (size_t row = 0; row < rows_.size(); ++row) {
    days[row] = facts::kMissingDay;
    if (cells.is_odd(row)) continue;
    const std::string_view text = cells[row];
    if (cells.is_odd(row)) continue;
    if (text.empty()) {
      if (planned.spec.required) cells.set_odd(row);
      continue;
    }
    if (!quick_day(text, days[row])) {
      ValueFault fault;
      const auto day = read_day(text, {}, fault);
      if (!day || *day >= kFarFuture) {
        cells.set_odd(row);
        continue;
      }
      days[row] = day->days;
    }
    if (planned.spec.type == ColumnType::last_day) ++days[row];
  }
}

// Whether a number may stand in a column of this type.
static bool is_ordinary(const Decimal& number, ColumnType type, const Bounds* bounds) {
  if (type == ColumnType::money && (number.unscaled < 0 || number.scale > 2)) return false;
  if (type == ColumnType::count && (number.unscaled < 0 || number.scale > 0)) return false;
  return bounds == nullptr || !(number < bounds->least || (bounds->most && number > *bounds->most));
}

void FastRows::read_decimals(size_t at) {
  const PlannedColumn& planned = plan_.columns[at];
  const bool any = planned.spec.type == ColumnType::decimal && planned.bounds == nullptr;
  const bool required = planned.spec.required;
  const Cells cells = cells_of(at);
  const size_t rows = rows_.size();
  Decimal* decimals = frame_.columns[at].decimals.data();
  static const ReadShortDecimals read_short = fastest_read_short_decimals();
  constexpr size_t kGroup = 64;
  std::array<std::string_view, kGroup> texts;
  std::array<uint8_t, kGroup> read;
  for (size_t begin = 0; begin < rows; begin += kGroup) {
    const size_t n = std::min(kGroup, rows - begin);
    for (size_t i = 0; i < n; ++i) texts[i] = cells.is_odd(begin + i) ? std::string_view() : cells[begin + i];
    read_short(texts.data(), n, decimals + begin, read.data());
    for (size_t i = 0; i < n; ++i) {
      if (read[i] && any) continue;
      const size_t row = begin + i;
      const Decimal number = decimals[row];
      decimals[row] = facts::kMissingDecimal;
      if (cells.is_odd(row)) continue;
      if (texts[i].empty()) {
        if (required) cells.set_odd(row);
        continue;
      }
      Decimal other = number;
      if (!(read[i] || quick_decimal(texts[i], other)) ||
          !(any || is_ordinary(other, planned.spec.type, planned.bounds)))
        cells.set_odd(row);
      else
        decimals[row] = other;
    }
  }
}

template <class T>
static void take_last(std::vector<T>& cells, size_t row) {
  if (cells.empty()) return;
  cells[row] = cells.back();
  cells.pop_back();
}

template <class T>
static void drop(std::vector<T>& cells, const std::vector<size_t>& rows) {
  if (cells.empty()) return;
  auto to = cells.begin() + static_cast<ptrdiff_t>(rows[0]);
  for (size_t i = 0; i < rows.size(); ++i) {
    const auto from = cells.begin() + static_cast<ptrdiff_t>(rows[i] + 1);
    const auto end = i + 1 < rows.size() ? cells.begin() + static_cast<ptrdiff_t>(rows[i + 1]) : cells.end();
    to = std::copy(from, end, to);
  }
  cells.erase(to, cells.end());
}

size_t FastRows::next_odd(size_t row) const {
  const void* found = row < odd_.size() ? std::memchr(&odd_[row], 1, odd_.size() - row) : nullptr;
  return found ? static_cast<size_t>(static_cast<const uint8_t*>(found) - odd_.data()) : odd_.size();
}

// Odd rows by the rules, each to its place; those that were set aside leave no gap.
void FastRows::read_odd_rows(uint64_t offset) {
  reader_.set_bytes(bytes_, offset);
  CsvRecords records(bytes_, opened_.delimiter);
  Record record;
  std::vector<size_t> gone;
  size_t read = 0;
  for (size_t row = next_odd(0); row < rows_.size(); row = next_odd(row + 1), ++read) {
    records.go_to(rows_[row].begin, rows_[row].line);
    records.next(record);
    reader_.read(record, records);
    if (frame_.rows.size() == rows_.size()) {
      gone.push_back(row);
      continue;
    }
    take_last(frame_.rows, row);
    for (Column& column : frame_.columns) {
      take_last(column.codes, row);
      take_last(column.days, row);
      take_last(column.decimals, row);
    }
  }
  reader_.count_rows(rows_.size() - read);
  if (gone.empty()) return;
  drop(frame_.rows, gone);
  for (Column& column : frame_.columns) {
    drop(column.codes, gone);
    drop(column.days, gone);
    drop(column.decimals, gone);
  }
}

void FastRows::read_column(size_t at) {
  Column& column = frame_.columns[at];
  const bool there = plan_.columns[at].field != kNoField || !defaults_[at].empty();
  const size_t n = rows_.size();
  switch (column.storage) {
    case Storage::text:
      column.codes.assign(there ? 0 : n, kMissingCode);
      column.codes.resize(n);
      if (there) read_texts(at);
      break;
    case Storage::day:
      column.days.assign(there ? 0 : n, facts::kMissingDay);
      column.days.resize(n);
      if (there) read_days(at);
      break;
    case Storage::decimal:
      column.decimals.assign(there ? 0 : n, facts::kMissingDecimal);
      column.decimals.resize(n);
      if (there) read_decimals(at);
      break;
  }
}

// Rows whose later day is not later, where both are there.
void FastRows::check_order(size_t earlier, size_t later, bool equal_is_odd) {
  if (earlier == kNoField || later == kNoField) return;
  const std::vector<int32_t>& from = frame_.columns[earlier].days;
  const std::vector<int32_t>& to = frame_.columns[later].days;
  for (size_t row = 0; row < rows_.size(); ++row) {
    if (from[row] == facts::kMissingDay || to[row] == facts::kMissingDay) continue;
    if (to[row] < from[row] || (equal_is_odd && to[row] == from[row])) odd_[row] = 1;
  }
}

bool FastRows::read(const Piece& piece, std::string_view bytes, uint32_t line) {
  bytes_ = bytes;
  quotes_ = piece.quotes;
  ends_.find(bytes, opened_.delimiter);
  if (!find_rows(line)) return false;
  for (const size_t at : plan_.unnamed) {
    const Cells cells(*this, at, {});
    for (size_t row = 0; row < rows_.size(); ++row) {
      if (!cells.is_odd(row) && !cells[row].empty()) cells.set_odd(row);
    }
  }
  frame_.rows.resize(rows_.size());
  for (size_t row = 0; row < rows_.size(); ++row) frame_.rows[row] = rows_[row].line;
  for (size_t at = 0; at < plan_.columns.size(); ++at) read_column(at);
  check_order(reader_.rows().hire(), reader_.rows().termination(), false);
  check_order(reader_.rows().from(), reader_.rows().to(), true);
  read_odd_rows(piece.offset + static_cast<size_t>(bytes.data() - piece.room.data()));
  return true;
}

}  // namespace hr::ingest
