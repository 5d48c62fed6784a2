#include "ingest/values.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/listed.h"
#include "base/period.h"
#include "base/text.h"

namespace hr::ingest {

std::string_view without_blanks(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

void append_utf8(std::string& out, uint32_t cp) {
  const auto put = [&out](uint32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (cp < 0x80) return put(cp);
  if (cp < 0x800) {
    put(0xC0U | cp >> 6U);
  } else if (cp < 0x10000) {
    put(0xE0U | cp >> 12U);
    put(0x80U | (cp >> 6U & 0x3FU));
  } else {
    put(0xF0U | cp >> 18U);
    put(0x80U | (cp >> 12U & 0x3FU));
    put(0x80U | (cp >> 6U & 0x3FU));
  }
  put(0x80U | (cp & 0x3FU));
}

// The shape of a text: digits as 9, all else as it is.
static std::string shape_of(std::string_view text) {
  std::string shape(text.substr(0, 40));
  for (char& c : shape) {
    if (c >= '0' && c <= '9') c = '9';
  }
  return shape;
}

namespace {

// Forms of days that people write, and the format that reads each; empty: which number is the month cannot be told.
struct DateForm {
  std::string_view shape;
  std::string_view format;
};
constexpr std::array kDateForms{
    DateForm{"9999/99/99", "%Y/%m/%d"},
    DateForm{"9999/9/9", "%Y/%m/%d"},
    DateForm{"9999/99/9", "%Y/%m/%d"},
    DateForm{"9999/9/99", "%Y/%m/%d"},
    DateForm{"9999.99.99", "%Y.%m.%d"},
    DateForm{"9999.9.9", "%Y.%m.%d"},
    DateForm{"9999.99.9", "%Y.%m.%d"},
    DateForm{"9999.9.99", "%Y.%m.%d"},
    DateForm{"9999-9-9", "%Y-%m-%d"},
    DateForm{"9999-99-9", "%Y-%m-%d"},
    DateForm{"9999-9-99", "%Y-%m-%d"},
    DateForm{"99999999", "%Y%m%d"},
    DateForm{"9999年9月9日", "%Y年%m月%d日"},
    DateForm{"9999年99月9日", "%Y年%m月%d日"},
    DateForm{"9999年9月99日", "%Y年%m月%d日"},
    DateForm{"9999年99月99日", "%Y年%m月%d日"},
    DateForm{"9999-99-99 99:99", "%Y-%m-%d %H:%M"},
    DateForm{"9999-99-99 99:99:99", "%Y-%m-%d %H:%M:%S"},
    DateForm{"9999-99-99T99:99:99", "%Y-%m-%dT%H:%M:%S"},
    DateForm{"9999-99-99T99:99:99Z", "%Y-%m-%dT%H:%M:%SZ"},
    DateForm{"9999/99/99 99:99:99", "%Y/%m/%d %H:%M:%S"},
    DateForm{"9999/9/9 9:99", "%Y/%m/%d %H:%M"},
};

// Day and month in either order: 03/04/2024. Told apart only when one of them cannot be a month.
std::optional<ValueFault> day_or_month_first(std::string_view text) {
  const size_t first = text.find_first_of("/.-");
  if (first == std::string_view::npos || first == 0 || first > 2) return std::nullopt;
  const char mark = text[first];
  const size_t second = text.find(mark, first + 1);
  if (second == std::string_view::npos || second - first < 2 || second - first > 3) return std::nullopt;
  const std::string_view year = text.substr(second + 1);
  if (shape_of(year) != "9999" && shape_of(year) != "99") return std::nullopt;
  const std::string y = year.size() == 4 ? "%Y" : "%y";
  const std::string m(1, mark);
  const std::string day_first = "%d" + m + "%m" + m + y;
  const std::string month_first = "%m" + m + "%d" + m + y;
  const auto by_day_first = parse_date(text, day_first);
  const auto by_month_first = parse_date(text, month_first);
  if (!by_day_first && !by_month_first) return std::nullopt;
  if (by_day_first && by_month_first) return ValueFault{"bad-date/ambiguous", {month_first, day_first}, {}};
  const std::string& form = by_day_first ? day_first : month_first;
  if (year.size() == 2) return ValueFault{"bad-date/two-digit-year", {form}, {}};  // of which century nobody can tell
  return ValueFault{"bad-date/other-form", {form}, to_string(by_day_first ? *by_day_first : *by_month_first)};
}

// The day that Excel means by a number (its days count from 1899-12-30 on); empty = one that nobody works on.
std::string serial_day(std::string_view digits) {
  int number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  const Date day = *parse_date("1899-12-30") + number;
  return day < *parse_date("1950-01-01") || day > *parse_date("2100-01-01") ? std::string() : to_string(day);
}

ValueFault day_fault(std::string_view text) {
  const std::string shape = shape_of(text);
  if (shape == "9999-99-99") return {"bad-date/no-such-day", {}, {}};
  if (shape == "99999") return {"bad-date/serial", {}, serial_day(text)};
  for (const DateForm& form : kDateForms) {
    if (form.shape != shape) continue;
    const auto day = parse_date(text, form.format);
    if (!day) return {"bad-date/no-such-day", {}, {}};
    return {"bad-date/other-form", {std::string(form.format)}, to_string(*day)};
  }
  if (auto fault = day_or_month_first(text)) return *fault;
  if (text.starts_with('#')) return {"bad-date/excel-error", {}, {}};
  return {"bad-date", {}, {}};
}

}  // namespace

// By the first format that fits, which is told.
static std::optional<Date> read_by(std::string_view text, const DateFormats& dates, const std::string*& format) {
  for (const std::string& f : dates.formats) {
    format = &f;
    if (const auto day = parse_date(text, f, dates.defaults)) return day;
  }
  return std::nullopt;
}

// A real date cell of a workbook comes as an ISO day, whatever its format shows. Not where a format has its own reading
// of such a text, as %Y-%d-%m has.
static std::optional<Date> read_iso_day(std::string_view text, const DateFormats& dates) {
  const bool claimed = std::ranges::any_of(dates.formats, [](const std::string& f) { return f.starts_with("%Y-"); });
  return claimed ? std::nullopt : parse_date(text);
}

static PeriodKind kind_of_format(std::string_view format) {
  const auto has = [&](std::string_view part) { return format.find(part) != std::string_view::npos; };
  return has("%d") ? PeriodKind::day : has("%m") || has("%b") ? PeriodKind::month : PeriodKind::year;
}

// Of a date cell: the day, or the month or year that it is the first day of.
static std::optional<Period> period_of_day(Date day, const DateFormats& dates) {
  for (const std::string& format : dates.formats) {
    const Period period = period_containing(day, kind_of_format(format));
    if (period.from == day) return period;
  }
  return std::nullopt;
}

std::optional<Date> read_day(std::string_view text, const DateFormats& dates, ValueFault& fault) {
  if (!dates.formats.empty()) {
    const std::string* format = nullptr;
    auto day = read_by(text, dates, format);
    if (!day) day = read_iso_day(text, dates);
    if (!day) fault = {"bad-date/format", {listed(dates.formats)}, {}};
    return day;
  }
  const auto day = parse_date(text);
  if (!day) fault = day_fault(text);
  return day;
}

// The canonical form that a period in another form most likely means.
static std::string likely_period(std::string_view text) {
  std::string plain(text);
  for (char& c : plain) {
    if (c == '/' || c == '.') c = '-';
    if (c == 'q' || c == 'h' || c == 'w') c = static_cast<char>(c & ~0x20);
  }
  for (const auto& [from, to] : {std::pair<std::string_view, std::string_view>{"年", "-"},
                                 {"月", ""},
                                 {"上半-", "H1"},
                                 {"第一季度", "Q1"},
                                 {"第二季度", "Q2"},
                                 {"第三季度", "Q3"},
                                 {"第四季度", "Q4"},
                                 {"上半年", "H1"},
                                 {"下半年", "H2"},
                                 {"-H", "H"},
                                 {"-Q", "Q"},
                                 {"下半-", "H2"}}) {
    if (const size_t at = plain.find(from); at != std::string::npos) plain.replace(at, from.size(), to);
  }
  if (plain.ends_with('-')) plain.pop_back();
  const std::string shape = shape_of(plain);
  if (shape == "9999-9") plain.insert(5, "0");
  if (shape == "999999") plain.insert(4, "-");
  const auto period = parse_period(plain);
  return period ? to_string(*period) : std::string();
}

std::optional<std::string> read_period(std::string_view text, const DateFormats& dates, ValueFault& fault) {
  if (!dates.formats.empty()) {
    const std::string* format = nullptr;
    if (const auto day = read_by(text, dates, format)) return to_string(Period{kind_of_format(*format), *day});
    const auto cell = read_iso_day(text, dates);
    if (const auto period = cell ? period_of_day(*cell, dates) : std::nullopt) return to_string(*period);
    fault = {"bad-period/format", {listed(dates.formats)}, {}};
    return std::nullopt;
  }
  const auto period = parse_period(text);
  if (period) return to_string(*period);
  fault = {"bad-period", {}, likely_period(text)};
  return std::nullopt;
}

namespace {

constexpr size_t kMaxIdCharacters = 64;

// Blanks and marks that nobody sees: no-break and other wide or narrow blanks, zero width, bidi, soft hyphen.
bool is_invisible(uint32_t c) {
  return c == 0xA0 || c == 0xAD || c == 0x1680 || c == 0x180E || (c >= 0x2000 && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202F) || (c >= 0x205F && c <= 0x206F) || c == 0x3000 || c == 0xFEFF;
}

}  // namespace

uint32_t code_point_at(std::string_view text, size_t at, size_t& n) {
  const auto lead = static_cast<unsigned char>(text[at]);
  n = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  if (at + n > text.size()) n = text.size() - at;
  uint32_t code = n == 1 ? lead : lead & (0xFFU >> (n + 1));
  for (size_t i = 1; i < n; ++i) code = code << 6U | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
  return code;
}

namespace {

std::string shown_control(uint32_t c) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  return std::string("U+00") + kDigits[c >> 4U & 0xFU] + kDigits[c & 0xFU];
}

bool check_characters(std::string_view text, ValueFault& fault) {
  size_t characters = 0;
  size_t n = 0;
  for (size_t i = 0; i < text.size(); i += n, ++characters) {
    const uint32_t c = code_point_at(text, i, n);
    if (c < 0x20 || (c >= 0x7F && c < 0xA0)) {
      fault = {"bad-id/control", {shown_control(c)}, {}};
      return false;
    }
    if (is_invisible(c)) {
      fault = {"bad-id/invisible", {code_point_name(text.substr(i, n))}, std::string(trim(text))};
      if (fault.suggestion == text) fault.suggestion.clear();
      return false;
    }
  }
  if (characters > kMaxIdCharacters) {
    fault = {"bad-id/too-long", {std::to_string(characters), std::to_string(kMaxIdCharacters)}, {}};
    return false;
  }
  return true;
}

}  // namespace

bool check_id(std::string_view text, ValueFault& fault) {
  const std::string_view bare = without_blanks(text);
  if (bare.empty()) {
    fault = {"bad-id/blank", {}, {}};
    return false;
  }
  if (bare.size() != text.size()) {
    fault = {"bad-id/blank-at-end", {}, std::string(bare)};
    return false;
  }
  if (text.find(':') != std::string_view::npos) {
    fault = {"bad-id/colon", {}, {}};
    return false;
  }
  if (text.starts_with('#') &&
      (text == "#N/A" || text == "#REF!" || text == "#NAME?" || text == "#VALUE!" || text == "#DIV/0!")) {
    fault = {"bad-id/excel-error", {}, {}};
    return false;
  }
  return check_characters(text, fault);
}

bool check_subject(std::string_view text, bool jobs, bool company, ValueFault& fault) {
  if (company && text == "company") return true;
  const size_t colon = text.find(':');
  if (colon == std::string_view::npos) return check_id(text, fault);
  const std::string_view kind = text.substr(0, colon);
  if (kind != "unit" && !(jobs && kind == "job")) {
    fault = {jobs ? "bad-subject/targets" : "bad-subject", {std::string(kind)}, {}};
    return false;
  }
  return check_id(text.substr(colon + 1), fault);
}

std::optional<std::string> read_choice(std::string_view text, std::string_view choices, ValueFault& fault) {
  struct Synonyms {
    std::string_view choice;
    std::string_view words;  // separated by '|'
  };
  static constexpr std::array kSynonyms{
      Synonyms{"manager", "上级|直属上级|直接上级|主管|领导|经理|上级评价|supervisor|boss|line manager"},
      Synonyms{"peer", "同事|同级|平级|同僚|同事评价|同级评价|互评|colleague|coworker|co-worker"},
      Synonyms{"report", "下级|下属|直属下级|下级评价|下属评价|direct report|subordinate|reports"},
      Synonyms{"self", "自评|本人|自己|自我评价|self-assessment|self assessment|self rating"},
      Synonyms{"other", "其他|其它|其他人|others"},
      Synonyms{"committed", "承诺|承诺型|承诺类"},
      Synonyms{"aspirational", "挑战|挑战型|愿景|愿景型|stretch"},
      Synonyms{"learning", "学习|学习型"},
      Synonyms{"guardrail", "护栏|护栏型|护栏指标|底线"},
  };
  const std::string folded = fold_for_match(text);
  std::vector<std::string> names;
  for (const std::string_view choice : split(choices, '|')) {
    if (folded == choice) return std::string(choice);
    names.emplace_back(choice);
    for (const Synonyms& s : kSynonyms) {
      if (s.choice != choice) continue;
      for (const std::string_view word : split(s.words, '|')) {
        if (folded == fold_for_match(word)) return std::string(choice);
      }
    }
  }
  fault = {"bad-choice", {listed(names)}, nearest(folded, names).value_or(std::string())};
  return std::nullopt;
}

}  // namespace hr::ingest
