#include "base/date.h"

#include <array>
#include <chrono>

namespace hr {

namespace chr = std::chrono;

std::optional<Date> make_date(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const chr::year_month_day ymd{chr::year{year}, chr::month{static_cast<unsigned>(month)},
                                chr::day{static_cast<unsigned>(day)}};
  if (!ymd.ok()) return std::nullopt;
  return Date{static_cast<int32_t>(chr::sys_days{ymd}.time_since_epoch().count())};
}

CivilDate civil(Date date) {
  const chr::year_month_day ymd{chr::sys_days{chr::days{date.days}}};
  return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
          static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

// Reads between `least` and `most` digits at `pos`; none when there are fewer.
static std::optional<int> digits(std::string_view text, size_t& pos, size_t least, size_t most) {
  int value = 0;
  size_t n = 0;
  while (n < most && pos < text.size() && text[pos] >= '0' && text[pos] <= '9') {
    value = value * 10 + (text[pos] - '0');
    ++pos;
    ++n;
  }
  if (n < least) return std::nullopt;
  return value;
}

// Hours, minutes or seconds, which are dropped, but must be ones.
static std::optional<int> clock_part(std::string_view text, size_t& pos, int most) {
  const auto value = digits(text, pos, 1, 2);
  return value && *value <= most ? value : std::nullopt;
}

static std::optional<int> month_name(std::string_view text, size_t& pos) {
  static constexpr std::array<std::string_view, 12> kNames{"jan", "feb", "mar", "apr", "may", "jun",
                                                           "jul", "aug", "sep", "oct", "nov", "dec"};
  if (pos + 3 > text.size()) return std::nullopt;
  std::string word;
  for (size_t i = 0; i < 3; ++i) word += static_cast<char>(text[pos + i] | 0x20);
  for (size_t i = 0; i < kNames.size(); ++i) {
    if (word == kNames[i]) {
      pos += 3;
      return static_cast<int>(i) + 1;
    }
  }
  return std::nullopt;
}

std::optional<Date> parse_date(std::string_view iso) {
  if (iso.size() != 10) return std::nullopt;
  size_t pos = 0;
  const auto year = digits(iso, pos, 4, 4);
  if (!year || iso[pos++] != '-') return std::nullopt;
  const auto month = digits(iso, pos, 2, 2);
  if (!month || iso[pos++] != '-') return std::nullopt;
  const auto day = digits(iso, pos, 2, 2);
  if (!day) return std::nullopt;
  return make_date(*year, *month, *day);
}

// The year from `first` on, within a hundred, that ends in these two digits.
static int year_of_two_digits(int digits, int first) {
  return first + (digits - first % 100 + 100) % 100;
}

static void pass_fraction(std::string_view text, size_t& pos) {
  if (pos + 1 >= text.size() || text[pos] != '.' || text[pos + 1] < '0' || text[pos + 1] > '9') return;
  for (++pos; pos < text.size() && text[pos] >= '0' && text[pos] <= '9';) ++pos;
}

std::optional<Date> parse_date(std::string_view text, std::string_view pattern, const PatternDefaults& defaults) {
  int year = defaults.year;
  int month = defaults.month;
  int day = 1;
  size_t pos = 0;
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%' || i + 1 == pattern.size()) {
      if (pos >= text.size() || text[pos++] != pattern[i]) return std::nullopt;
      continue;
    }
    std::optional<int> value;
    switch (pattern[++i]) {
      case 'Y':
        value = digits(text, pos, 4, 4);
        if (value) year = *value;
        break;
      case 'y':
        value = digits(text, pos, 2, 2);
        if (value) year = year_of_two_digits(*value, defaults.century);
        break;
      case 'm':
        value = digits(text, pos, 1, 2);
        if (value) month = *value;
        break;
      case 'd':
        value = digits(text, pos, 1, 2);
        if (value) day = *value;
        break;
      case 'b':
        value = month_name(text, pos);
        if (value) month = *value;
        break;
      case 'H':
        value = clock_part(text, pos, 24);
        break;
      case 'M':
        value = clock_part(text, pos, 59);
        break;
      case 'S':
        value = clock_part(text, pos, 60);
        pass_fraction(text, pos);
        break;
      default:
        return std::nullopt;
    }
    if (!value) return std::nullopt;
  }
  if (pos != text.size()) return std::nullopt;
  return make_date(year, month, day);
}

std::string format_date(Date day, std::string_view pattern) {
  const std::string iso = to_string(day);
  static constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  std::string text;
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%' || i + 1 == pattern.size()) {
      text += pattern[i];
      continue;
    }
    const char part = pattern[++i];
    if (part == 'Y') text += iso.substr(0, 4);
    if (part == 'y') text += iso.substr(2, 2);
    if (part == 'm') text += iso.substr(5, 2);
    if (part == 'd') text += iso.substr(8, 2);
    if (part == 'b') text += kMonths.substr(static_cast<size_t>(civil(day).month - 1) * 3, 3);
    if (part == 'H' || part == 'M' || part == 'S') text += "00";
  }
  return text;
}

std::string to_string(Date date) {
  const CivilDate c = civil(date);
  std::string s = "0000-00-00";
  const auto put = [&s](size_t at, size_t n, int value) {
    for (size_t i = n; i-- > 0; value /= 10) s[at + i] = static_cast<char>('0' + value % 10);
  };
  put(0, 4, c.year);
  put(5, 2, c.month);
  put(8, 2, c.day);
  return s;
}

bool is_leap_year(int year) {
  return chr::year{year}.is_leap();
}

}  // namespace hr
