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

static_assert(Piece::kPadding > RowCutter::kBehind && RowCutter::kRows <= UINT8_MAX);

FastRows::FastRows(const Opened& opened, const ColumnPlan& plan, TableReader& reader, facts::Frame& frame)
    : opened_(opened),
      plan_(plan),
      reader_(reader),
      frame_(frame),
      seen_(plan.columns.size()),
      recent_(plan.columns.size()),
      known_(plan.columns.size()),
      cutter_(opened.headings.size(), opened.delimiter) {
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

// The texts of a column's rows, one by one; where there is none, its default.
const std::string_view* FastRows::texts_of(size_t at, const Group& group) {
  const size_t field = plan_.columns[at].field;
  const std::string_view otherwise = defaults_[at];
  if (field == kNoField) {
    std::fill_n(given_.begin(), group.rows, otherwise);
    return given_.data();
  }
  const CutTexts texts = cutter_.texts(field);
  for (size_t i = 0; i < group.rows; ++i) given_[i] = texts[i];
  if (!otherwise.empty())
    std::replace(given_.begin(), given_.begin() + static_cast<ptrdiff_t>(group.rows), std::string_view(), otherwise);
  return given_.data();
}

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool FastRows::is_new_text_sound(size_t at, std::string_view text) {
  const ColumnType type = plan_.columns[at].spec.type;
  const bool is_id = type == ColumnType::id || type == ColumnType::subject;
  if (is_id && quick_id(text)) return true;
  if (text.size() > kMaxField || is_blank(text.front()) || is_blank(text.back())) return false;
  if (type == ColumnType::text) return true;
  ValueFault fault;
  const auto canonical = reader_.rows().cells().canonical(plan_.columns[at], text, fault);
  if (!canonical) return false;
  if (!is_id) seen_[at].codes.push_back(frame_.columns[at].dictionary.add(*canonical));
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

template <class Texts>
void FastRows::read_texts(size_t at, const Group& group, Texts texts) {
  // Texts that are not known are looked up together; until then their rows have codes that no dictionary gives.
  constexpr uint32_t kAsked = kMissingCode - RowCutter::kRows;
  std::array<uint8_t, RowCutter::kRows> asked;  // rows
  const size_t rows = group.rows;
  const bool required = plan_.columns[at].spec.required;
  uint32_t* const codes = &frame_.columns[at].codes[group.first];
  uint8_t* const odd = &odd_[group.first];
  RecentTexts& recent = recent_[at];
  TextWords before = TextWords::none();  // of the row before, in most files the same
  uint32_t code = kMissingCode;
  uint32_t n = 0;
  for (size_t i = 0; i < rows; ++i) {
    const TextWords words = words_of(texts[i]);
    if (!(words == before)) {
      before = words;
      code = recent.code_of(words);
      if (code == kMissingCode) {
        if (odd[i] != 0 || !words.any()) before = TextWords::none();  // the next row asks for its text itself
        if (odd[i] == 0 && !texts[i].empty()) {
          asked[n] = static_cast<uint8_t>(i);
          code = kAsked + n++;
        } else if (required) {
          odd[i] = 1;
        }
      }
    }
    codes[i] = code;
  }
  if (n == 0) return;
  std::array<uint32_t, RowCutter::kRows> found;
  for (size_t i = 0; i < n; ++i) unknown_[i] = texts[asked[i]];
  look_up(at, {unknown_.data(), n}, {found.data(), n});
  for (size_t i = 0; i < n; ++i) recent.put(words_of(unknown_[i]), found[i]);
  for (size_t i = asked[0]; i < rows; ++i) {
    if (codes[i] < kAsked || codes[i] == kMissingCode) continue;
    codes[i] = found[codes[i] - kAsked];
    if (codes[i] == kMissingCode) odd[i] = 1;
  }
}

void FastRows::read_days(size_t at, const Group& group) {
  const PlannedColumn& planned = plan_.columns[at];
  const std::string_view* const texts = texts_of(at, group);
  int32_t* const days = &frame_.columns[at].days[group.first];
  uint8_t* const odd = &odd_[group.first];
  for (size_t i = 0; i < group.rows; ++i) {
    const std::string_view text = texts[i];
    if (!quick_day(text, days[i])) {
      days[i] = facts::kMissingDay;
      if (odd[i] != 0) continue;
      if (text.empty()) {
        if (planned.spec.required) odd[i] = 1;
        continue;
      }
      ValueFault fault;
      const auto day = read_day(text, {}, fault);
      if (!day || *day >= kFarFuture) {
        odd[i] = 1;
        continue;
      }
      days[i] = day->days;
    }
    if (planned.spec.type == ColumnType::last_day) ++days[i];
  }
}

// Whether a number may stand in a column of this type.
static bool is_ordinary(const Decimal& number, ColumnType type, const Bounds* bounds) {
  if (type == ColumnType::money && (number.unscaled < 0 || number.scale > 2)) return false;
  if (type == ColumnType::count && (number.unscaled < 0 || number.scale > 0)) return false;
  return bounds == nullptr || !(number < bounds->least || (bounds->most && number > *bounds->most));
}

void FastRows::read_decimals(size_t at, const Group& group) {
  static const ReadShortDecimals read_short = short_decimal_readers().front();
  const PlannedColumn& planned = plan_.columns[at];
  const bool any = planned.spec.type == ColumnType::decimal && planned.bounds == nullptr;
  const std::string_view* const texts = texts_of(at, group);
  Decimal* const decimals = &frame_.columns[at].decimals[group.first];
  uint8_t* const odd = &odd_[group.first];
  std::array<uint8_t, RowCutter::kRows> read;
  if (read_short(texts, group.rows, decimals, read.data()) && any) return;
  for (size_t i = 0; i < group.rows; ++i) {
    if (read[i] != 0 && any) continue;
    Decimal number = decimals[i];
    decimals[i] = facts::kMissingDecimal;
    if (odd[i] != 0) continue;
    if (texts[i].empty()) {
      if (planned.spec.required) odd[i] = 1;
      continue;
    }
    if (!(read[i] != 0 || quick_decimal(texts[i], number)) ||
        !(any || is_ordinary(number, planned.spec.type, planned.bounds)))
      odd[i] = 1;
    else
      decimals[i] = number;
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
  const size_t rows = odd_.size();
  size_t read = 0;
  for (size_t row = next_odd(0); row < rows; row = next_odd(row + 1), ++read) {
    records.go_to(begins_[row], frame_.rows[row]);
    records.next(record);
    reader_.read(record, records);
    if (frame_.rows.size() == rows) {
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
  reader_.count_rows(rows - read);
  if (gone.empty()) return;
  drop(frame_.rows, gone);
  for (Column& column : frame_.columns) {
    drop(column.codes, gone);
    drop(column.days, gone);
    drop(column.decimals, gone);
  }
}

void FastRows::read_column(size_t at, const Group& group) {
  Column& column = frame_.columns[at];
  const bool there = plan_.columns[at].field != kNoField || !defaults_[at].empty();
  switch (column.storage) {
    case Storage::text:
      if (there && defaults_[at].empty()) return read_texts(at, group, cutter_.texts(plan_.columns[at].field));
      if (there) return read_texts(at, group, texts_of(at, group));
      std::fill_n(&column.codes[group.first], group.rows, kMissingCode);
      break;
    case Storage::day:
      if (there) return read_days(at, group);
      std::fill_n(&column.days[group.first], group.rows, facts::kMissingDay);
      break;
    case Storage::decimal:
      if (there) return read_decimals(at, group);
      std::fill_n(&column.decimals[group.first], group.rows, facts::kMissingDecimal);
      break;
  }
}

// Rows that have a value below an empty heading.
void FastRows::look_at_unnamed(const Group& group) {
  for (const size_t field : plan_.unnamed) {
    const CutTexts texts = cutter_.texts(field);
    for (size_t i = 0; i < group.rows; ++i) {
      if (!texts[i].empty()) odd_[group.first + i] = 1;
    }
  }
}

// Rows whose later day is not later, where both are there.
void FastRows::check_order(size_t earlier, size_t later, bool equal_is_odd) {
  if (earlier == kNoField || later == kNoField) return;
  const std::vector<int32_t>& from = frame_.columns[earlier].days;
  const std::vector<int32_t>& to = frame_.columns[later].days;
  for (size_t row = 0; row < odd_.size(); ++row) {
    if (from[row] == facts::kMissingDay || to[row] == facts::kMissingDay) continue;
    if (to[row] < from[row] || (equal_is_odd && to[row] == from[row])) odd_[row] = 1;
  }
}

void FastRows::set_size(size_t rows) {
  begins_.resize(rows);
  odd_.resize(rows);
  frame_.rows.resize(rows);
  for (Column& column : frame_.columns) {
    if (column.storage == Storage::text) column.codes.resize(rows);
    if (column.storage == Storage::day) column.days.resize(rows);
    if (column.storage == Storage::decimal) column.decimals.resize(rows);
  }
}

bool FastRows::read(const Piece& piece, std::string_view bytes, uint32_t line) {
  bytes_ = bytes;
  set_size(size_t{piece.lines} + 1);  // the last line may have no end
  cutter_.set_bytes(bytes, line);
  Group group;
  for (; (group.rows = cutter_.next()) > 0; group.first += group.rows) {
    std::copy_n(cutter_.begins(), group.rows, &begins_[group.first]);
    std::copy_n(cutter_.odd(), group.rows, &odd_[group.first]);
    std::copy_n(cutter_.lines(), group.rows, &frame_.rows[group.first]);
    look_at_unnamed(group);
    for (size_t at = 0; at < plan_.columns.size(); ++at) read_column(at, group);
  }
  if (cutter_.longest() > kMaxRecord) return false;
  set_size(group.first);
  check_order(reader_.rows().hire(), reader_.rows().termination(), false);
  check_order(reader_.rows().from(), reader_.rows().to(), true);
  read_odd_rows(piece.offset + static_cast<size_t>(bytes.data() - piece.room.data()));
  return true;
}

}  // namespace hr::ingest
