#include "ingest/column_profile.h"

#include <algorithm>
#include <array>

#include "base/date.h"
#include "base/decimal.h"
#include "base/period.h"
#include "base/text.h"
#include "ingest/cleansing.h"
#include "ingest/simplified.h"
#include "ingest/values.h"
#include "model/mapping.h"

namespace hr::ingest {

namespace {

constexpr std::array<std::string_view, 20> kDates{
    "%Y-%m-%d",       "%Y/%m/%d",          "%Y.%m.%d",       "%Y年%m月%d日",   "%Y%m%d",
    "%m/%d/%Y",       "%d/%m/%Y",          "%m/%d/%y",       "%d/%m/%y",       "%d.%m.%Y",
    "%d-%m-%Y",       "%d-%b-%Y",          "%d %b %Y",       "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S",
    "%Y/%m/%d %H:%M", "%Y/%m/%d %H:%M:%S", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M", "%Y-%m-%dT%H:%M:%S"};
constexpr std::array<std::string_view, 8> kMonths{"%Y-%m", "%Y/%m", "%Y.%m", "%Y年%m月",
                                                  "%Y%m",  "%b %Y", "%b-%Y", "%m/%Y"};

constexpr size_t kMostSeen = 50'000;
constexpr size_t kMostShapes = 100;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

size_t digits_in(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), is_digit));
}

// By the set of formats that the text fits.
template <size_t N>
uint64_t fitting(std::string_view text, const std::array<std::string_view, N>& formats) {
  uint64_t bits = 0;
  for (size_t i = 0; i < N; ++i) {
    if (parse_date(text, formats[i])) bits |= uint64_t{1} << i;
  }
  return bits;
}

bool is_one_of(std::string_view text, std::string_view words) {
  const auto all = split(words, '|');
  return std::find(all.begin(), all.end(), text) != all.end();
}

// 17 digits and a digit or X whose check digit is right (GB 11643): no other number is taken for one.
bool is_id_card(std::string_view text) {
  if (text.size() != 18 || digits_in(text.substr(0, 17)) != 17) return false;
  constexpr int kWeights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (size_t i = 0; i < 17; ++i) sum += (text[i] - '0') * kWeights[i];
  const char last = text[17] == 'x' ? 'X' : text[17];
  return last == "10X98765432"[sum % 11];
}

bool is_phone(std::string_view text) {
  if (text.starts_with("+86")) text.remove_prefix(3);
  if (text.size() == 11 && digits_in(text) == 11) return text[0] == '1' && text[1] >= '3';
  const bool marked = text.find('-') != std::string_view::npos || text.starts_with('+') || text.starts_with('(');
  return marked && digits_in(text) >= 9 && digits_in(text) <= 15 &&
         text.find_first_not_of("0123456789+-() ") == std::string_view::npos && !parse_date(text);
}

bool is_email(std::string_view text) {
  const size_t at = text.find('@');
  return at != std::string_view::npos && at > 0 && text.find('.', at) != std::string_view::npos &&
         text.find(' ') == std::string_view::npos;
}

bool is_number(std::string_view text) {
  return parse_decimal(text).has_value();
}

ValueLook look_of_number(std::string_view text) {
  if (is_number(text)) return ValueLook::number;
  if (text.ends_with('%') && is_number(text.substr(0, text.size() - 1))) return ValueLook::percent;
  if (const auto plain = without_thousands(text); plain && is_number(*plain)) return ValueLook::grouped;
  std::string_view sign;
  if (const auto bare = without_currency(text, sign)) {
    const auto plain = without_thousands(*bare);
    if (is_number(*bare) || (plain && is_number(*plain))) return ValueLook::currency;
  }
  return model::clock_hours(text) ? ValueLook::clock : ValueLook::text;
}

ValueLook look_of(std::string_view text) {
  if (is_missing_word(text)) return ValueLook::missing_word;
  if (is_id_card(text)) return ValueLook::id_card;
  if (is_phone(text)) return ValueLook::phone;
  if (digits_in(text) > 0) {
    const ValueLook look = look_of_number(text);
    if (look != ValueLook::text) return look;
  }
  if (is_email(text)) return ValueLook::email;
  if (text.size() > 40) return ValueLook::text;
  const std::string folded = fold_word(text);
  if (is_one_of(folded, "是|否|yes|no|y|n|true|false|有|无")) return ValueLook::yes_no;
  if (is_one_of(folded, "男|女|m|f|male|female|男性|女性")) return ValueLook::sex;
  if (is_one_of(folded, "在职|离职|试用|正式|退休|停薪留职|active|terminated|inactive|leaver"))
    return ValueLook::job_status;
  return ValueLook::text;
}

// "E-0012" → "A-9"; "张三" → "中".
std::string shape_of(std::string_view text) {
  std::string shape;
  for (const char c : text.substr(0, 60)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 && byte < 0xC0) continue;
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const char one = is_digit(c) ? '9' : letter ? 'A' : byte >= 0xC0 ? '~' : c;
    if (shape.empty() || shape.back() != one) shape += one;
  }
  return shape;
}

}  // namespace

std::vector<std::string_view> date_formats() {
  return {kDates.begin(), kDates.end()};
}

std::vector<std::string_view> month_formats() {
  return {kMonths.begin(), kMonths.end()};
}

bool is_most(uint64_t part, uint64_t all) {
  return part > 0 && part * 10 >= all * 9;
}

bool is_missing_word(std::string_view value) {
  const bool marks = std::all_of(value.begin(), value.end(), [](char c) {  // &&&&, ***; one mark may mean something
    return std::string_view("!#$%&'()*,-./:;<=>?@[]^_`{|}~\\\"").find(c) != std::string_view::npos;
  });
  if (marks && value.size() > 1) return true;
  const std::string folded = fold_word(value);
  return is_one_of(
      folded, "na|n/a|#n/a|n.a.|null|none|nil|nan|-|--|---|—|——|–|/|\\|无|暂无|空|未知|未填|(空)|(null)|tbd|#null!");
}

void ColumnProfile::note_value(std::string_view value) {
  if (!many) {
    ++values[std::string(value)];
    if (values.size() > kMostDistinct) many = true;
  } else if (const auto known = values.find(std::string(value)); known != values.end()) {
    ++known->second;
  }
  if (!repeated && seen_.size() < kMostSeen) {
    repeated = !seen_.insert(std::hash<std::string_view>{}(value)).second;
    if (repeated) seen_.clear();
  }
}

void ColumnProfile::add(std::string_view field) {
  const std::string_view value = trim(field);
  if (filled + empty == 0) first_filled = !value.empty();
  if (value.empty()) {
    ++empty;
    return;
  }
  ++filled;
  blanks += without_odd_blanks(field) ? size_t{1} : size_t{0};
  wide_characters += without_full_width(value) && digits_in(*without_full_width(value)) > 0 ? size_t{1} : size_t{0};
  const ValueLook look = look_of(value);
  ++looks[static_cast<size_t>(look)];
  if (look == ValueLook::missing_word) {
    ++missing_words[std::string(value)];
    return;
  }
  note_value(value);
  const std::string shape = shape_of(value);
  if (shapes.size() < kMostShapes || shapes.count(shape) > 0) ++shapes[shape];
  ValueFault fault;
  not_ids += check_id(value, fault) ? size_t{0} : size_t{1};
  long_texts += display_width(value) > 40 ? size_t{1} : size_t{0};
  periods += parse_period(value) ? size_t{1} : size_t{0};
  if (value.size() < 6 || value.size() > 30 || digits_in(value) < 3) return;
  if (const uint64_t bits = fitting(value, kDates)) ++dates[bits];
  if (const uint64_t bits = fitting(value, kMonths)) ++months[bits];
}

template <typename Map>
static void add_counts(Map& to, const Map& from) {
  for (const auto& [key, count] : from) to[key] += count;
}

void ColumnProfile::add_all(const ColumnProfile& other) {
  if (filled + empty == 0) first_filled = other.first_filled;
  filled += other.filled;
  empty += other.empty;
  for (size_t i = 0; i < kValueLooks; ++i) looks[i] += other.looks[i];
  periods += other.periods;
  wide_characters += other.wide_characters;
  blanks += other.blanks;
  not_ids += other.not_ids;
  long_texts += other.long_texts;
  add_counts(dates, other.dates);
  add_counts(months, other.months);
  add_counts(shapes, other.shapes);
  add_counts(missing_words, other.missing_words);
  for (const auto& [value, count] : other.values) {
    if (values.size() <= kMostDistinct || values.count(value) > 0) values[value] += count;
  }
  many = many || other.many || values.size() > kMostDistinct;
  repeated = repeated || other.repeated;
}

uint64_t ColumnProfile::numbers() const {
  return count(ValueLook::number) + count(ValueLook::grouped) + count(ValueLook::currency) + count(ValueLook::percent);
}

static uint64_t sum_of(const std::map<uint64_t, uint64_t>& counts) {
  uint64_t sum = 0;
  for (const auto& [bits, n] : counts) sum += n;
  return sum;
}

uint64_t ColumnProfile::days() const {
  return sum_of(dates);
}

uint64_t ColumnProfile::month_values() const {
  return sum_of(months);
}

std::string ColumnProfile::main_shape() const {
  const auto most =
      std::max_element(shapes.begin(), shapes.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == shapes.end() ? std::string() : most->first;
}

}  // namespace hr::ingest
