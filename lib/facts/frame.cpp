#include "facts/frame.h"

#include <algorithm>
#include <cassert>
#include <cstring>

namespace hr::facts {

__extension__ using Wide = unsigned __int128;

template <class Word>
static uint64_t load(const char* bytes) {
  Word word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

// The last 1 to 8 bytes as one word; with the length hashed beside it no two texts give the same words.
static uint64_t load_tail(const char* p, size_t n) {
  if (n == 8) return load<uint64_t>(p);
  if (n >= 4) return load<uint32_t>(p) << 32U | load<uint32_t>(p + n - 4);
  return load<uint8_t>(p) << 16U | load<uint8_t>(p + n / 2) << 8U | load<uint8_t>(p + n - 1);
}

// Folds the 128-bit product: every bit of both factors reaches the result.
static uint64_t mix(uint64_t a, uint64_t b) {
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64U);
}

// Only ever compared within one process: codes are given by order of appearance, never by hash.
static uint32_t hash_of(std::string_view text) {
  constexpr uint64_t kFirst = 0x9E3779B97F4A7C15U;
  constexpr uint64_t kSecond = 0xD6E8FEB86659FD93U;
  uint64_t h = text.size() ^ kFirst;
  const char* p = text.data();
  size_t n = text.size();
  for (; n > 8; n -= 8, p += 8) h = mix(h ^ load<uint64_t>(p), kSecond);
  if (n > 0) h = mix(h ^ load_tail(p, n), kSecond);
  h = mix(h, kFirst);
  return static_cast<uint32_t>(h ^ (h >> 32U));
}

Dictionary::Dictionary(const Dictionary& other) {
  for (const std::string_view text : other.texts_) add(text);
}

Dictionary& Dictionary::operator=(const Dictionary& other) {
  if (this != &other) *this = Dictionary(other);
  return *this;
}

const Dictionary::Slot* Dictionary::slot_of(std::string_view text, uint32_t hash) const {
  const size_t mask = slots_.size() - 1;
  for (size_t i = hash & mask;; i = (i + 1) & mask) {
    const Slot& slot = slots_[i];
    if (slot.code == kMissingCode || (slot.hash == hash && texts_[slot.code] == text)) return &slot;
  }
}

void Dictionary::grow() {
  std::vector<Slot> bigger(slots_.empty() ? 16 : slots_.size() * 2);
  const size_t mask = bigger.size() - 1;
  for (const Slot& slot : slots_) {
    if (slot.code == kMissingCode) continue;
    size_t i = slot.hash & mask;
    while (bigger[i].code != kMissingCode) i = (i + 1) & mask;
    bigger[i] = slot;
  }
  slots_ = std::move(bigger);
}

std::string_view Dictionary::keep(std::string_view text) {
  constexpr size_t kSmallest = 256;
  constexpr size_t kLargest = size_t{1} << 20U;
  if (blocks_.empty() || blocks_.back().size - blocks_.back().used < text.size()) {
    const size_t usual = blocks_.empty() ? kSmallest : std::min(kLargest, blocks_.back().size * 2);
    const size_t size = std::max(usual, text.size());
    blocks_.push_back({std::make_unique<char[]>(size), size, 0});
  }
  Block& block = blocks_.back();
  char* at = block.bytes.get() + block.used;
  std::copy(text.begin(), text.end(), at);
  block.used += text.size();
  return {at, text.size()};
}

uint32_t Dictionary::add(std::string_view text) {
  if (2 * (texts_.size() + 1) > slots_.size()) grow();
  const uint32_t hash = hash_of(text);
  const auto i = static_cast<size_t>(slot_of(text, hash) - slots_.data());
  if (slots_[i].code == kMissingCode) {
    slots_[i] = {hash, static_cast<uint32_t>(texts_.size())};
    texts_.push_back(keep(text));
  }
  return slots_[i].code;
}

std::optional<uint32_t> Dictionary::find(std::string_view text) const {
  if (slots_.empty()) return std::nullopt;
  const uint32_t code = slot_of(text, hash_of(text))->code;
  return code == kMissingCode ? std::nullopt : std::optional(code);
}

Storage storage_of(model::ColumnType type) {
  switch (type) {
    case model::ColumnType::date:
    case model::ColumnType::last_day:
      return Storage::day;
    case model::ColumnType::decimal:
    case model::ColumnType::money:
    case model::ColumnType::count:
      return Storage::decimal;
    case model::ColumnType::id:
    case model::ColumnType::subject:
    case model::ColumnType::text:
    case model::ColumnType::period:
    case model::ColumnType::choice:
      break;
  }
  return Storage::text;
}

bool Column::missing(size_t row) const {
  switch (storage) {
    case Storage::text:
      return codes[row] == kMissingCode;
    case Storage::day:
      return days[row] == kMissingDay;
    case Storage::decimal:
      break;
  }
  return decimals[row].scale < 0;
}

std::optional<Date> Column::date(size_t row) const {
  return days[row] == kMissingDay ? std::nullopt : std::optional(Date{days[row]});
}

std::optional<Decimal> Column::decimal(size_t row) const {
  return decimals[row].scale < 0 ? std::nullopt : std::optional(decimals[row]);
}

void Column::append_missing() {
  switch (storage) {
    case Storage::text:
      codes.push_back(kMissingCode);
      break;
    case Storage::day:
      days.push_back(kMissingDay);
      break;
    case Storage::decimal:
      decimals.push_back(kMissingDecimal);
      break;
  }
}

Column* Frame::find(std::string_view name) {
  const auto it = std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.name == name; });
  return it == columns.end() ? nullptr : &*it;
}

const Column* Frame::find(std::string_view name) const {
  return const_cast<Frame*>(this)->find(name);
}

Frame make_frame(model::TableId table) {
  Frame frame;
  for (const model::CanonicalColumn& c : model::imported_table(table).columns) {
    Column column;
    column.name = c.name;
    column.storage = storage_of(c.type);
    frame.columns.push_back(std::move(column));
  }
  return frame;
}

static void append_column(Column& whole, Column&& part) {
  assert(whole.name == part.name && whole.storage == part.storage);
  whole.days.insert(whole.days.end(), part.days.begin(), part.days.end());
  whole.decimals.insert(whole.decimals.end(), part.decimals.begin(), part.decimals.end());
  std::vector<uint32_t> code_of(part.dictionary.size());
  for (uint32_t c = 0; c < code_of.size(); ++c) code_of[c] = whole.dictionary.add(part.dictionary[c]);
  whole.codes.reserve(whole.codes.size() + part.codes.size());
  for (const uint32_t c : part.codes) whole.codes.push_back(c == kMissingCode ? c : code_of[c]);
}

void append_frame(Frame& whole, Frame&& part) {
  assert(whole.columns.size() == part.columns.size());
  for (size_t i = 0; i < whole.columns.size(); ++i) append_column(whole.columns[i], std::move(part.columns[i]));
  whole.rows.insert(whole.rows.end(), part.rows.begin(), part.rows.end());
  whole.sources.insert(whole.sources.end(), part.sources.begin(), part.sources.end());
}

std::string cell_text(const Column& column, size_t row) {
  if (column.missing(row)) return {};
  switch (column.storage) {
    case Storage::text:
      return std::string(column.text(row));
    case Storage::day:
      return to_string(Date{column.days[row]});
    case Storage::decimal:
      break;
  }
  return to_string(column.decimals[row]);
}

}  // namespace hr::facts
