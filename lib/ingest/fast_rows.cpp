#include "ingest/fast_rows.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>

#include "ingest/quick_values.h"
#include "ingest/scan.h"

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
  constexpr size_t kReadBehind = 16;  // bytes that may be read behind a text
  for (const PlannedColumn& column : plan.columns) {
    const bool given = column.mapping != nullptr && column.mapping->default_value.has_value();
    defaults_.push_back(given ? *column.mapping->default_value : std::string());
    defaults_.back().reserve(defaults_.back().size() + kReadBehind);
  }
  for (size_t at = 0; at < known_.size(); ++at) known_[at].resize(frame.columns[at].dictionary.size());
}

bool FastRows::can_read(const Opened& opened, const ColumnPlan& plan) {
  const auto plain = [](const PlannedColumn& column) {
    const model::ColumnMapping* m = column.mapping;
    return m == nullptr ||
           (m->values.empty() && m->open.empty() && m->format.empty() && m->unit.empty() && !m->scale && !m->exclusive);
  };
  return opened.format != FileFormat::json_lines && plan.wide.empty() &&
         std::all_of(plan.columns.begin(), plan.columns.end(), plain);
}

// Where fields end, and which of them end a record.
void FastRows::find_fields(std::string_view bytes) {
  static const FindMasks find_masks = fastest_find_masks();
  constexpr size_t kGroup = 32;
  std::array<Masks, kGroup> masks;
  const size_t n = bytes.size();
  if (ends_.size() <= n) ends_.resize(n + 1);
  if (row_ends_.size() <= n + 1) row_ends_.resize(n + 2);
  uint32_t* end = ends_.data();
  uint32_t* row_end = row_ends_.data();
  uint64_t inside_before = 0;
  uint64_t return_before = 0;
  for (size_t at = 0; at < n; at += kMaskBytes) {
    const size_t in_group = at / kMaskBytes % kGroup;
    if (in_group == 0)
      find_masks(bytes.data() + at, std::min(kGroup, (n - at + kMaskBytes - 1) / kMaskBytes), opened_.delimiter,
                 masks.data());
    const Masks& m = masks[in_group];
    const uint64_t there = n - at < kMaskBytes ? (uint64_t{1} << (n - at)) - 1 : ~uint64_t{0};
    const uint64_t inside = m.quotes == 0 ? inside_before : prefix_xor(m.quotes) ^ inside_before;
    const uint64_t second = m.line_feeds & (m.returns << 1U | return_before);  // of CR LF
    const uint64_t records = (m.line_feeds | m.returns) & ~second & ~inside & there;
    for (uint64_t fields = (m.delimiters & ~inside & there) | records; fields != 0; fields &= fields - 1) {
      const auto bit = static_cast<uint32_t>(__builtin_ctzll(fields));
      *row_end = static_cast<uint32_t>(end - ends_.data());
      row_end += records >> bit & 1U;
      *end++ = static_cast<uint32_t>(at) + bit;
    }
    inside_before = static_cast<uint64_t>(static_cast<int64_t>(inside) >> 63U);
    return_before = m.returns >> 63U;
  }
  const bool ended = n > 0 && (bytes[n - 1] == '\n' || bytes[n - 1] == '\r');
  if (n > 0 && !ended) {  // the last line of the file
    *row_end++ = static_cast<uint32_t>(end - ends_.data());
    *end++ = static_cast<uint32_t>(n);
  }
  records_ = static_cast<size_t>(row_end - row_ends_.data());
}

// The records that are rows; odd are those with too few or too many fields.
bool FastRows::find_rows(uint32_t line) {
  rows_.clear();
  odd_.clear();
  const size_t fields = opened_.headings.size();
  uint32_t begin = 0;
  uint32_t first = 0;
  for (size_t i = 0; i < records_; ++i) {
    const uint32_t last = row_ends_[i];
    const uint32_t end = ends_[last];
    if (end != begin) {
      if (end - begin > kMaxRecord) return false;
      rows_.push_back({begin, first, line});
      odd_.push_back(last - first + 1 == fields ? 0 : 1);
    }
    first = last + 1;
    begin = end + 1;
    if (end < bytes_.size() && bytes_[end] == '\r' && begin < bytes_.size() && bytes_[begin] == '\n') ++begin;
    ++line;
  }
  return true;
}

// The text of a field; the row is odd when its quotes say more than where it begins and ends.
inline std::string_view FastRows::field(size_t row, size_t at) {
  const Row& r = rows_[row];
  const size_t begin = at == 0 ? r.begin : ends_[r.first + at - 1] + 1;
  const size_t end = ends_[r.first + at];
  std::string_view text(bytes_.data() + begin, end - begin);
  if (!quotes_ || text.empty() || text[0] != '"') return text;
  text = text.substr(1, text.size() - 2);
  if (text.find('"') != std::string_view::npos) odd_[row] = 1;
  return text;
}

// The text of a column; where there is none, its default.
inline std::string_view FastRows::cell(size_t row, size_t at) {
  const size_t from = plan_.columns[at].field;
  const std::string_view text = from == kNoField ? std::string_view{} : field(row, from);
  return text.empty() ? std::string_view(defaults_[at]) : text;
}

static uint64_t word_at(const char* p) {
  uint64_t word = 0;
  std::memcpy(&word, p, sizeof word);
  return word;
}

// Where a text stands among the recent ones.
size_t FastRows::place_of_words(uint64_t low, uint64_t high) {
  return static_cast<size_t>((low ^ high * 0x9E3779B97F4A7C15U) * 0xD6E8FEB86659FD93U >> 56U);
}

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool FastRows::is_new_text_sound(size_t at, std::string_view text) {
  if (text.size() > kMaxField || is_blank(text.front()) || is_blank(text.back())) return false;
  const ColumnType type = plan_.columns[at].spec.type;
  if (type == ColumnType::text) return true;
  ValueFault fault;
  const auto canonical = reader_.rows().canonical(at, text, fault);
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

// The bytes of a text of 1 to 16 in two words, the rest zero; up to 15 bytes behind it are read. No text has a zero.
static void words_of(std::string_view text, uint64_t& low, uint64_t& high) {
  const size_t n = text.size();
  low = word_at(text.data());
  high = 0;
  if (n <= 8) {
    low &= ~uint64_t{0} >> (64 - 8 * n);
  } else {
    high = word_at(text.data() + 8) & ~uint64_t{0} >> (128 - 8 * n);
  }
}

void FastRows::read_texts(size_t at) {
  constexpr size_t kGroup = 64;
  std::array<std::string_view, kGroup> texts;
  std::array<uint32_t, kGroup> found;
  std::array<uint8_t, kGroup> place;
  const PlannedColumn& planned = plan_.columns[at];
  const ColumnType type = planned.spec.type;
  const bool itself = type == ColumnType::id || type == ColumnType::subject || type == ColumnType::text;
  facts::Dictionary& dictionary = itself ? frame_.columns[at].dictionary.own() : seen_[at].raw;
  const facts::Dictionary::Take sound = [&](std::string_view text) { return is_new_text_sound(at, text); };
  std::vector<uint32_t>& codes = frame_.columns[at].codes;
  std::vector<Recent>& recent = recent_[at];
  recent.resize(kRecent);
  for (size_t begin = 0; begin < rows_.size(); begin += kGroup) {
    const size_t rows = std::min(kGroup, rows_.size() - begin);
    size_t n = 0;
    for (size_t i = 0; i < rows; ++i) {
      const size_t row = begin + i;
      codes[row] = kMissingCode;
      if (odd_[row] != 0) continue;
      const std::string_view text = cell(row, at);
      if (text.empty()) {
        if (planned.spec.required) odd_[row] = 1;
        continue;
      }
      if (text.size() <= 16) {
        uint64_t low = 0;
        uint64_t high = 0;
        words_of(text, low, high);
        const Recent& known = recent[place_of_words(low, high)];
        if (known.low == low && known.high == high) {
          codes[row] = known.code;
          continue;
        }
      }
      texts[n] = text;
      place[n++] = static_cast<uint8_t>(i);
    }
    dictionary.add_all({texts.data(), n}, {found.data(), n}, sound);
    for (size_t i = 0; i < n; ++i) {
      const size_t row = begin + place[i];
      const bool known = itself && found[i] < known_[at].size();
      if (found[i] == kMissingCode || (known && !is_known_text_sound(at, found[i], texts[i]))) {
        odd_[row] = 1;
        continue;
      }
      codes[row] = itself ? found[i] : seen_[at].codes[found[i]];
      if (texts[i].size() > 16) continue;
      Recent now{0, 0, codes[row]};
      words_of(texts[i], now.low, now.high);
      recent[place_of_words(now.low, now.high)] = now;
    }
  }
}

void FastRows::read_days(size_t at) {
  const PlannedColumn& planned = plan_.columns[at];
  std::vector<int32_t>& days = frame_.columns[at].days;
  for (size_t row = 0; row < rows_.size(); ++row) {
    days[row] = facts::kMissingDay;
    if (odd_[row] != 0) continue;
    const std::string_view text = cell(row, at);
    if (odd_[row] != 0) continue;
    if (text.empty()) {
      if (planned.spec.required) odd_[row] = 1;
      continue;
    }
    if (!quick_day(text, days[row])) {
      ValueFault fault;
      const auto day = read_day(text, {}, fault);
      if (!day || *day >= kFarFuture) {
        odd_[row] = 1;
        continue;
      }
      days[row] = day->days;
    }
    if (planned.spec.type == ColumnType::last_day) ++days[row];
  }
}

void FastRows::read_decimals(size_t at) {
  const PlannedColumn& planned = plan_.columns[at];
  const ColumnType type = planned.spec.type;
  const auto ordinary = [&](const Decimal& number) {
    if (type == ColumnType::money && (number.unscaled < 0 || number.scale > 2)) return false;
    if (type == ColumnType::count && (number.unscaled < 0 || number.scale > 0)) return false;
    const Bounds* bounds = planned.bounds;
    return bounds == nullptr || !(number < bounds->least || (bounds->most && number > *bounds->most));
  };
  const bool any = type == ColumnType::decimal && planned.bounds == nullptr;
  std::vector<Decimal>& decimals = frame_.columns[at].decimals;
  for (size_t row = 0; row < rows_.size(); ++row) {
    decimals[row] = facts::kMissingDecimal;
    if (odd_[row] != 0) continue;
    const std::string_view text = cell(row, at);
    if (text.empty()) {
      if (planned.spec.required) odd_[row] = 1;
      continue;
    }
    const bool read = (text.size() <= 8 && short_decimal(text, decimals[row])) || quick_decimal(text, decimals[row]);
    if (!read || !(any || ordinary(decimals[row]))) odd_[row] = 1;
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

// Odd rows by the rules, each to its place; those that were set aside leave no gap.
void FastRows::read_odd_rows(uint64_t offset) {
  reader_.set_bytes(bytes_, offset);
  CsvRecords records(bytes_, opened_.delimiter);
  Record record;
  std::vector<size_t> gone;
  for (size_t row = 0; row < rows_.size(); ++row) {
    if (odd_[row] == 0) continue;
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
  reader_.count_rows(rows_.size() - static_cast<size_t>(std::count(odd_.begin(), odd_.end(), 1)));
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
  find_fields(bytes);
  if (!find_rows(line)) return false;
  for (const size_t at : plan_.unnamed) {
    for (size_t row = 0; row < rows_.size(); ++row) {
      if (odd_[row] == 0 && !field(row, at).empty()) odd_[row] = 1;
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
