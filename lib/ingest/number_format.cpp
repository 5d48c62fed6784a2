#include "ingest/number_format.h"

#include <fast_float/fast_float.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>

#include "base/date.h"

namespace hr::ingest {

using Kind = NumberFormat::Kind;
using Section = NumberFormat::Section;

namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool starts_with_word(std::string_view text, std::string_view word) {
  return text.size() >= word.size() &&
         std::equal(word.begin(), word.end(), text.begin(), [](char a, char b) { return a == lower(b); });
}

std::optional<double> number_of(std::string_view text) {
  double value = 0;
  const auto [end, error] = fast_float::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

// Reads one section of a format code.
class SectionReader {
 public:
  explicit SectionReader(std::string_view code) : rest_(code) {}

  Section read() {
    while (!rest_.empty()) step();
    return decide();
  }

 private:
  void step() {
    const char c = lower(rest_[0]);
    if (c == '"') return quoted();
    if (c == '[') return bracketed();
    if (c == '\\' || c == '!') return literal(character_at(1), 1);
    if (c == '_' || c == '*') return skip(1 + character_at(1).size());
    if (starts_with_word(rest_, "general")) return placeholder(7);
    if (starts_with_word(rest_, "g/")) return placeholder(rest_.size());  // G/通用格式
    if (starts_with_word(rest_, "am/pm")) return time(5);
    if (starts_with_word(rest_, "a/p")) return time(3);
    if (starts_with_word(rest_, "aaa")) return day(3);
    if (c == 'e' && rest_.size() > 1 && (rest_[1] == '+' || rest_[1] == '-')) return placeholder(2);
    if (c == 'y' || c == 'd' || c == 'e' || c == 'g' || c == 'b') return day(1);
    if (c == 'h' || c == 's') return time(1);
    if (c == 'm') return month_or_minute();
    if (c == '0') return zero();
    if (std::string_view("#?.,%@/").find(c) != std::string_view::npos) return placeholder(1);
    literal(character_at(0), 0);
  }

  std::string_view character_at(size_t at) const {
    size_t n = at < rest_.size() ? 1 : 0;
    while (at + n < rest_.size() && (static_cast<unsigned char>(rest_[at + n]) & 0xC0U) == 0x80U) ++n;
    return rest_.substr(std::min(at, rest_.size()), n);
  }
  void skip(size_t n) { rest_.remove_prefix(std::min(n, rest_.size())); }
  void literal(std::string_view text, size_t before) {
    (section_.digits == 0 ? section_.prefix : behind_) += text;
    skip(before + text.size());
  }
  void quoted() {
    const size_t end = std::min(rest_.find('"', 1), rest_.size());
    literal(rest_.substr(1, end - 1), 1);
    skip(1);
  }
  void bracketed() {
    const size_t end = std::min(rest_.find(']'), rest_.size());
    const std::string_view inner = rest_.substr(1, end - 1);
    skip(end + 1);
    const auto only = [&](char unit) {
      return !inner.empty() && std::all_of(inner.begin(), inner.end(), [&](char c) { return lower(c) == unit; });
    };
    if (only('h') || only('m') || only('s')) duration_ = true;
    if (!inner.empty() && std::string_view("<>=").find(inner[0]) != std::string_view::npos) condition(inner);
  }
  void condition(std::string_view text) {
    const bool two = text.size() > 1 && (text[1] == '=' || text[1] == '>');
    const auto bound = number_of(text.substr(two ? 2 : 1));
    if (!bound) return;
    section_.bound = *bound;
    section_.condition = !two ? text[0] : text[1] == '>' ? 'n' : text[0] == '<' ? 'l' : 'g';
  }
  void placeholder(size_t n) {
    others_ = true;
    skip(n);
  }
  void day(size_t n) {
    day_ = true;
    skip(n);
  }
  void time(size_t n) {
    time_ = true;
    skip(n);
  }
  void month_or_minute() {
    month_ = true;
    skip(1);
  }
  void zero() {
    ++section_.digits;
    skip(1);
  }

  // Letters before the digits make a code of them; a currency sign does not.
  static bool is_code_prefix(std::string_view prefix) {
    return std::all_of(prefix.begin(), prefix.end(), [](char c) {
      return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z') || c == '-' || c == '_';
    });
  }

  Section decide() {
    if (duration_)
      section_.kind = Kind::duration;
    else if (time_)
      section_.kind = Kind::moment;
    else if (day_ || month_)
      section_.kind = Kind::day;
    else if (section_.digits >= 2 && !others_ && behind_.empty() && is_code_prefix(section_.prefix))
      section_.kind = Kind::code;
    return section_;
  }

  std::string_view rest_;
  Section section_;
  std::string behind_;  // literal text behind the first digit
  bool day_ = false, time_ = false, month_ = false, duration_ = false;
  bool others_ = false;  // placeholders besides 0
};

// Where the section ends: at a semicolon that is neither quoted nor escaped.
size_t end_of_section(std::string_view code) {
  for (size_t i = 0; i < code.size(); ++i) {
    if (code[i] == ';') return i;
    if (code[i] == '"') i = std::min(code.find('"', i + 1), code.size() - 1);
    if (code[i] == '[') i = std::min(code.find(']', i + 1), code.size() - 1);
    if (code[i] == '\\' || code[i] == '!' || code[i] == '_' || code[i] == '*') ++i;
  }
  return code.size();
}

bool holds(const Section& section, double value) {
  switch (section.condition) {
    case '<':
      return value < section.bound;
    case '>':
      return value > section.bound;
    case '=':
      return value == section.bound;
    case 'l':
      return value <= section.bound;
    case 'g':
      return value >= section.bound;
    default:
      return value != section.bound;
  }
}

constexpr size_t kExactDigits = 15;                   // that a program keeps of a number
constexpr double kLargestExact = 9007199254740992.0;  // 2^53

// 12.50, -0.0, 007 → 12.5, 0, 7. None: it is no plain decimal.
struct Plain {
  bool negative = false;
  std::string_view whole;     // without leading zeros
  std::string_view fraction;  // without trailing zeros
};
std::optional<Plain> plain_decimal(std::string_view text) {
  Plain p;
  if (text.starts_with('-')) {
    p.negative = true;
    text.remove_prefix(1);
  }
  const size_t point = std::min(text.find('.'), text.size());
  p.whole = text.substr(0, point);
  p.fraction = point < text.size() ? text.substr(point + 1) : std::string_view();
  const auto digits = [](std::string_view part) { return std::all_of(part.begin(), part.end(), is_digit); };
  if (p.whole.empty() || !digits(p.whole) || !digits(p.fraction)) return std::nullopt;
  while (p.whole.starts_with('0')) p.whole.remove_prefix(1);
  while (p.fraction.ends_with('0')) p.fraction.remove_suffix(1);
  return p;
}

void add_plain(std::string& out, const Plain& p) {
  if (p.negative && !(p.whole.empty() && p.fraction.empty())) out += '-';
  out += p.whole.empty() ? std::string_view("0") : p.whole;
  if (p.fraction.empty()) return;
  out += '.';
  out += p.fraction;
}

// The 15 digits that a program shows, without an exponent.
void add_exact_digits(std::string& out, double value) {
  char text[40];
  const auto end =
      std::to_chars(text, std::end(text), std::fabs(value), std::chars_format::scientific, kExactDigits - 1).ptr;
  const char* const mark = std::find<const char*>(text, end, 'e');
  std::string digits(1, text[0]);
  digits += std::string_view(text + 2, static_cast<size_t>(mark - text - 2));
  int exponent = 0;
  std::from_chars(mark + (mark[1] == '+' ? 2 : 1), end, exponent);
  if (exponent < 0) {
    digits.insert(0, static_cast<size_t>(-exponent), '0');
    exponent = 0;
  }
  const auto whole = static_cast<size_t>(exponent) + 1;
  if (digits.size() < whole) digits.append(whole - digits.size(), '0');
  digits.insert(whole, 1, '.');
  if (value < 0) digits.insert(0, 1, '-');
  if (const auto plain = plain_decimal(digits)) add_plain(out, *plain);
}

// A number whose text has more than 15 digits or an exponent.
bool add_long_number(std::string& out, std::string_view stored, const std::optional<Plain>& plain) {
  const auto value = number_of(stored);
  if (!value) {
    out += stored;
    return false;
  }
  const bool is_long = std::fabs(*value) >= 1e15;
  if (is_long && plain && plain->fraction.empty()) {  // a program wrote every digit: none is thrown away here
    add_plain(out, *plain);
    return std::fabs(*value) > kLargestExact || plain->whole.ends_with('0');
  }
  add_exact_digits(out, *value);
  return is_long;
}

bool add_plain_number(std::string& out, std::string_view stored) {
  const auto plain = plain_decimal(stored);
  if (plain) {
    const std::string_view leading = plain->whole.empty() ? plain->fraction : std::string_view();
    const size_t zeros = std::min(leading.find_first_not_of('0'), leading.size());
    if (plain->whole.size() + plain->fraction.size() - zeros <= kExactDigits) {
      add_plain(out, *plain);
      return false;
    }
  }
  return add_long_number(out, stored, plain);
}

constexpr int64_t kDayMs = 86'400'000;
constexpr int64_t kLastDay = 2'958'465;  // 9999-12-31
constexpr int64_t k1904Later = 1462;     // days that 1904-01-01 is behind the first day of 1900

// 08:30, 08:30:15, 08:30:15.250
void add_time(std::string& out, int64_t ms) {
  const int64_t seconds = ms / 1000;
  fmt::format_to(std::back_inserter(out), "{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
  if (ms % 60'000 == 0) return;
  fmt::format_to(std::back_inserter(out), ":{:02}", seconds % 60);
  if (ms % 1000 != 0) fmt::format_to(std::back_inserter(out), ".{:03}", ms % 1000);
}

// The calendar of 1900 has days that there were not: 1900-01-00, and 1900-02-29, which 1900 did not have.
std::string day_text(int64_t serial, bool from_1904) {
  static const Date k1904 = *parse_date("1904-01-01");
  static const Date k1900 = *parse_date("1899-12-30");
  if (from_1904) return to_string(k1904 + static_cast<int>(serial));
  if (serial == 0) return "1900-01-00";
  if (serial == 60) return "1900-02-29";
  return to_string(k1900 + static_cast<int>(serial < 60 ? serial + 1 : serial));
}

// False: no moment has this number.
bool add_moment(std::string& out, double value, Kind kind, bool from_1904) {
  if (value < 0 || value > static_cast<double>(kLastDay + 1)) return false;
  const auto total = static_cast<int64_t>(std::llround(value * static_cast<double>(kDayMs)));
  const int64_t serial = total / kDayMs;
  if (serial > kLastDay - (from_1904 ? k1904Later : 0)) return false;
  const int64_t time = total % kDayMs;
  if (serial == 0 && kind == Kind::moment && !(from_1904 && time == 0)) {
    add_time(out, time);
    return true;
  }
  out += day_text(serial, from_1904);
  if (time == 0) return true;
  out += ' ';
  add_time(out, time);
  return true;
}

bool add_duration(std::string& out, double value) {
  if (std::fabs(value) > static_cast<double>(kLastDay)) return false;
  const auto ms = static_cast<int64_t>(std::llround(std::fabs(value) * static_cast<double>(kDayMs)));
  if (value < 0 && ms > 0) out += '-';
  add_time(out, ms);
  return true;
}

bool add_code(std::string& out, std::string_view stored, const Section& section) {
  const auto plain = plain_decimal(stored);
  if (!plain || plain->negative || !plain->fraction.empty() || plain->whole.size() > kExactDigits) return false;
  out += section.prefix;
  if (plain->whole.size() < section.digits) out.append(section.digits - plain->whole.size(), '0');
  out += plain->whole;
  return true;
}

}  // namespace

const Section& NumberFormat::section_of(double value) const {
  static const Section kPlain;
  const size_t n = std::min<size_t>(sections.size(), 3);  // a fourth one is for text
  for (size_t i = 0; i < n; ++i) {
    const bool by_place = i == 0 ? n == 1 || value > 0 || (n == 2 && value == 0) : i + 1 == n || value < 0;
    if (sections[i].condition != 0 ? holds(sections[i], value) : by_place) return sections[i];
  }
  return kPlain;
}

bool NumberFormat::is_plain() const {
  return std::all_of(sections.begin(), sections.end(), [](const Section& s) { return s.kind == Kind::number; });
}

NumberFormat parse_number_format(std::string_view code) {
  NumberFormat format;
  for (;;) {
    const size_t end = end_of_section(code);
    format.sections.push_back(SectionReader(code.substr(0, end)).read());
    if (end == code.size()) return format;
    code.remove_prefix(end + 1);
  }
}

NumberFormat built_in_number_format(int id) {
  const auto within = [&](int first, int last) { return id >= first && id <= last; };
  NumberFormat format;
  Section section;
  if (id == 46)
    section.kind = Kind::duration;
  else if (within(14, 17) || within(27, 31) || id == 36 || within(50, 54) || within(57, 58))
    section.kind = Kind::day;
  else if (within(18, 22) || within(32, 35) || id == 45 || id == 47 || within(55, 56))  // 34, 35, 55, 56: by language
    section.kind = Kind::moment;
  format.sections.push_back(std::move(section));
  return format;
}

bool add_number(std::string& out, std::string_view stored, const NumberFormat& format, bool from_1904) {
  if (format.is_plain()) return add_plain_number(out, stored);
  const auto value = number_of(stored);
  if (!value) {
    out += stored;
    return false;
  }
  const Section& section = format.section_of(*value);
  const bool done = section.kind == Kind::duration ? add_duration(out, *value)
                    : section.kind == Kind::code   ? add_code(out, stored, section)
                    : section.kind != Kind::number ? add_moment(out, *value, section.kind, from_1904)
                                                   : false;
  return !done && add_plain_number(out, stored);
}

void add_iso_moment(std::string& out, std::string_view stored) {
  const size_t t = stored.find('T');
  if (t == std::string_view::npos) {
    out += stored;
    return;
  }
  std::string_view time = stored.substr(t + 1);
  if (time.ends_with('Z')) time.remove_suffix(1);
  if (const size_t point = time.find('.'); point != std::string_view::npos) {  // 08:30:00.000
    while (time.ends_with('0')) time.remove_suffix(1);
    if (time.ends_with('.')) time.remove_suffix(1);
  }
  if (time.ends_with(":00") && time.size() == 8) time.remove_suffix(3);
  out += stored.substr(0, t);
  if (time == "00:00") return;
  if (t > 0) out += ' ';
  out += time;
}

}  // namespace hr::ingest
