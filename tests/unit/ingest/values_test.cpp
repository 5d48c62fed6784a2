// Single values: numbers, days, periods, ids, subjects, choices; and what each wrong form is called.
#include "ingest/values.h"

#include <doctest/doctest.h>

#include <random>
#include <tuple>

#include "ingest/quick_values.h"
#include "ingest/short_decimals.h"
#include "ingest/totals.h"

using namespace hr;
using namespace hr::ingest;

namespace {

struct Verdict {
  std::string message;
  std::string suggestion;

  bool operator==(const Verdict&) const = default;
};

Verdict number(std::string_view text) {
  ValueFault fault;
  const auto value = read_number(text, false, fault);
  CHECK(value.has_value() == fault.message.empty());
  return value ? Verdict{to_string(*value), "ok"} : Verdict{fault.message, fault.suggestion};
}

DateFormats by(std::string_view format) {
  return format.empty() ? DateFormats{} : DateFormats{{std::string(format)}, {}};
}

Verdict day(std::string_view text, std::string_view format = {}) {
  ValueFault fault;
  const auto value = read_day(text, by(format), fault);
  return value ? Verdict{to_string(*value), "ok"} : Verdict{fault.message, fault.suggestion};
}

Verdict period(std::string_view text, std::string_view format = {}) {
  ValueFault fault;
  const auto value = read_period(text, by(format), fault);
  return value ? Verdict{*value, "ok"} : Verdict{fault.message, fault.suggestion};
}

Verdict id(std::string_view text) {
  ValueFault fault;
  return check_id(text, fault) ? Verdict{std::string(text), "ok"} : Verdict{fault.message, fault.suggestion};
}

}  // namespace

TEST_CASE("plain decimals are exact") {
  const std::pair<const char*, const char*> sound[] = {{"0", "0"},
                                                       {"-12.50", "-12.5"},
                                                       {"+7", "7"},
                                                       {".5", "0.5"},
                                                       {"5.", "5"},
                                                       {"007", "7"},
                                                       {"999999999999999999", "999999999999999999"},
                                                       {"0.000000000000000001", "0.000000000000000001"}};
  for (const auto& [text, value] : sound) CHECK(number(text) == Verdict{value, "ok"});
}

TEST_CASE("the quick way to read a number and the general one agree") {
  std::mt19937 random(7);
  const std::string_view letters = "0123456789.-+e, ";
  for (int round = 0; round < 100000; ++round) {
    std::string text;
    for (size_t n = random() % 18; n > 0; --n) text += letters[random() % (round % 3 == 0 ? letters.size() : 12)];
    ValueFault fault;
    CHECK(read_number(text, false, fault) == parse_decimal(text));
  }
}

TEST_CASE("the quick way to read a day takes every day from 1900 to 2999 and no other") {
  size_t wrong = 0;
  for (unsigned year = 1890; year < 3010; ++year) {
    for (unsigned month = 0; month < 14; ++month) {
      for (unsigned day = 0; day < 34; ++day) {
        std::string text(10, '-');
        const auto put = [&](size_t at, unsigned value) {
          for (size_t i = at; i-- > 0 && value > 0; value /= 10) text[i] = static_cast<char>('0' + value % 10);
        };
        text.replace(0, 4, "0000").replace(5, 2, "00").replace(8, 2, "00");
        put(4, year);
        put(7, month);
        put(10, day);
        int32_t days = 0;
        const std::optional<Date> expected = year < 1900 || year > 2999 ? std::nullopt : parse_date(text);
        const bool taken = quick_day(text, days);
        wrong += taken != expected.has_value() || (taken && days != expected->days) ? 1U : 0U;
      }
    }
  }
  CHECK(wrong == 0);
  for (const char* text : {"2025-02-3", "2025-02-030", "2025/02/03", "2025-0a-03", "2025-02-0:", "", "20250203  "}) {
    int32_t days = 0;
    CHECK_FALSE(quick_day(text, days));
  }
}
TEST_CASE("the quickest way to read a number takes only what is one, and nearly all there are") {
  std::mt19937 random(3);
  size_t taken = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string text(random() % 18, '0');
    const size_t odd = random() % 3;  // so many characters may be none of a number
    for (char& c : text) c = static_cast<char>('0' + random() % 10);
    for (size_t k = 0; k < odd && !text.empty(); ++k) text[random() % text.size()] = "..-0 e/:"[random() % 8];
    Decimal quick;
    const std::string padded = text + "12345678";  // what stands behind is not looked at
    if (!short_decimal(std::string_view(padded).substr(0, text.size()), quick)) continue;
    ++taken;
    REQUIRE(parse_decimal(text) == quick);
  }
  CHECK(taken > 70'000);
  for (const char* text : {"1", "12.5", "338929.47", "1234567.", ".5", "12345678.1234567"}) {
    Decimal quick;
    const std::string padded = std::string(text) + "        ";
    REQUIRE(short_decimal(std::string_view(padded).substr(0, std::string_view(text).size()), quick));
    CHECK(parse_decimal(text) == quick);
  }
}

TEST_CASE("many short numbers are read as each of them is") {
  std::mt19937 random(5);
  for (int round = 0; round < 20'000; ++round) {
    std::vector<std::string> texts(1 + random() % 9);
    std::vector<std::string_view> views;
    for (std::string& text : texts) {
      const size_t n = random() % 19;
      for (size_t i = 0; i < n; ++i) text += static_cast<char>('0' + random() % 10);
      for (size_t odd = random() % 3; odd > 0 && n > 0; --odd)
        text[random() % n] = std::string_view("...0-/: \x80\xFF\0", 11)[random() % 11];
      text += "1234567890.1234567";  // what stands behind is not looked at
      views.push_back(std::string_view(text).substr(0, n));
    }
    std::vector<Decimal> plain(texts.size());
    std::vector<uint8_t> plain_read(texts.size(), 7);
    const bool all = read_short_decimals_plain(views.data(), views.size(), plain.data(), plain_read.data());
    for (const ReadShortDecimals fast_reader : short_decimal_readers()) {
      std::vector<Decimal> fast(texts.size());
      std::vector<uint8_t> fast_read(texts.size(), 7);
      REQUIRE(fast_reader(views.data(), views.size(), fast.data(), fast_read.data()) == all);
      REQUIRE(plain_read == fast_read);
      for (size_t i = 0; i < texts.size(); ++i) {
        if (plain_read[i]) REQUIRE(plain[i] == fast[i]);
      }
    }
  }
}

TEST_CASE("numbers in another form are named, and what they most likely mean") {
  const std::tuple<const char*, const char*, const char*> cases[] = {
      {"12,5", "bad-number/decimal-comma", "12.5"},
      {"1,234", "bad-number/thousands", "1234"},
      {"1,234,567.5", "bad-number/thousands", "1234567.5"},
      {"1.234,5", "bad-number/comma-and-point", "1234.5"},
      {"1 234", "bad-number/grouped", "1234"},
      {"1'234.5", "bad-number/grouped", "1234.5"},
      {"85%", "bad-number/percent", "0.85"},
      {"12.5\xEF\xBC\x85", "bad-number/percent", "0.125"},  // ％
      {"\xC2\xA5"
       "5",
       "bad-number/currency", "5"},
      {"$1,000", "bad-number/currency", "1000"},
      {"\xEF\xBC\x91\xEF\xBC\x92", "bad-number/digit", "12"},  // １２
      {"\xD9\xA3", "bad-number/digit", "3"},                   // Arabic three
      {"\xE2\x88\x92"
       "5",
       "bad-number/minus", "-5"},  // U+2212
      {"'5", "bad-number/apostrophe", "5"},
      {"(5)", "bad-number/parentheses", "-5"},
      {"#N/A", "bad-number/excel-error", ""},
      {"#DIV/0!", "bad-number/excel-error", ""},
      {"NaN", "bad-number/not-finite", ""},
      {"-inf", "bad-number/not-finite", ""},
      {"0x1F", "bad-number/hexadecimal", ""},
      {"1e3", "bad-number/exponent", ""},
      {"-", "bad-number/dash", ""},
      {"n/a", "bad-number/word-for-nothing", ""},
      {"\xE6\x97\xA0", "bad-number/word-for-nothing", ""},  // 无
      {"18\xE4\xB8\x87", "bad-number/unit", ""},            // 18万
      {"12\xE4\xBA\xBA", "bad-number/character", ""},       // 12人
      {"1.2.3", "bad-number/grouped", ""},
      {"abc", "bad-number", ""},
      {"1234567890123456789", "bad-number/too-many-digits", ""}};
  for (const auto& [field, message, suggestion] : cases) {
    const std::string text = field;
    INFO(text);
    CHECK(number(text).message == std::string(message));
    CHECK(number(text).suggestion == std::string(suggestion));
  }
  ValueFault fault;
  CHECK(read_number("85%", true, fault) == parse_decimal("85"));
  CHECK(read_number("85.5 %", true, fault) == parse_decimal("85.5"));
  CHECK_FALSE(read_number("85%%", true, fault));
}

TEST_CASE("days") {
  CHECK(day("2024-02-29") == Verdict{"2024-02-29", "ok"});
  CHECK(day("2026-02-29") == Verdict{"bad-date/no-such-day", ""});
  CHECK(day("2026-13-01") == Verdict{"bad-date/no-such-day", ""});
  CHECK(day("2026/03/31") == Verdict{"bad-date/other-form", "2026-03-31"});
  CHECK(day("2026/3/1") == Verdict{"bad-date/other-form", "2026-03-01"});
  CHECK(day("20260331") == Verdict{"bad-date/other-form", "2026-03-31"});
  CHECK(day("2026\xE5\xB9\xB4"
            "3\xE6\x9C\x88"
            "31\xE6\x97\xA5") == Verdict{"bad-date/other-form", "2026-03-31"});
  CHECK(day("31.12.2025") == Verdict{"bad-date/other-form", "2025-12-31"});
  CHECK(day("12/31/2025") == Verdict{"bad-date/other-form", "2025-12-31"});
  CHECK(day("03/04/2025") == Verdict{"bad-date/ambiguous", ""});
  CHECK(day("2026-03-31 08:00:00") == Verdict{"bad-date/other-form", "2026-03-31"});
  CHECK(day("45678") == Verdict{"bad-date/serial", "2025-01-21"});  // Excel: 45658 is 2025-01-01
  CHECK(day("99999") == Verdict{"bad-date/serial", ""});            // 2173: nobody works on it
  CHECK(day("#N/A") == Verdict{"bad-date/excel-error", ""});
  CHECK(day("soon") == Verdict{"bad-date", ""});
  CHECK(day("31/03/2026", "%d/%m/%Y") == Verdict{"2026-03-31", "ok"});
  CHECK(day("2026-03-31", "%d/%m/%Y") == Verdict{"2026-03-31", "ok"});  // a date cell of a workbook
  CHECK(day("2026-03-04", "%Y-%d-%m") == Verdict{"2026-04-03", "ok"});
  CHECK(day("2026-03-31", "%Y-%d-%m") == Verdict{"bad-date/format", ""});
  CHECK(day("2026.03.31", "%d/%m/%Y") == Verdict{"bad-date/format", ""});
}

TEST_CASE("periods") {
  for (const char* sound : {"2026-03", "2026Q1", "2026H2", "2026", "2026-03-31", "2026-W05"})
    CHECK(period(sound) == Verdict{sound, "ok"});
  CHECK(period("2026-Q1") == Verdict{"2026Q1", "ok"});
  CHECK(period("2026/3") == Verdict{"bad-period", "2026-03"});
  CHECK(period("202603") == Verdict{"bad-period", "2026-03"});
  CHECK(period("2026q1") == Verdict{"bad-period", "2026Q1"});
  CHECK(period("2026\xE5\xB9\xB4"
               "3\xE6\x9C\x88") == Verdict{"bad-period", "2026-03"});
  CHECK(period("2026\xE5\xB9\xB4\xE4\xB8\x8A\xE5\x8D\x8A\xE5\xB9\xB4") == Verdict{"bad-period", "2026H1"});
  CHECK(period("2026\xE5\xB9\xB4\xE7\xAC\xAC\xE4\xB8\x80\xE5\xAD\xA3\xE5\xBA\xA6") == Verdict{"bad-period", "2026Q1"});
  CHECK(period("2026-13") == Verdict{"bad-period", ""});
  CHECK(period("2026-W54") == Verdict{"bad-period", ""});
  CHECK(period("2026/03", "%Y/%m") == Verdict{"2026-03", "ok"});
  CHECK(period("31.03.2026", "%d.%m.%Y") == Verdict{"2026-03-31", "ok"});
  CHECK(period("2026", "%Y") == Verdict{"2026", "ok"});
  CHECK(period("2026-03", "%Y/%m") == Verdict{"bad-period/format", ""});
  CHECK(period("2026-03-01", "%Y/%m") == Verdict{"2026-03", "ok"});  // date cells of a workbook
  CHECK(period("2026-01-01", "%Y") == Verdict{"2026", "ok"});
  CHECK(period("2026-03-31", "%d.%m.%Y") == Verdict{"2026-03-31", "ok"});
  CHECK(period("2026-03-02", "%Y/%m") == Verdict{"bad-period/format", ""});
  CHECK(period("2026-03-01", "%Y-%m") == Verdict{"bad-period/format", ""});
}

TEST_CASE("ids are texts") {
  for (const char* sound : {"007", "E1", "\xE5\xBC\xA0\xE4\xB8\x89", "a b", "=1+1", "../x"})
    CHECK(id(sound) == Verdict{sound, "ok"});
  CHECK(id(" E1") == Verdict{"bad-id/blank-at-end", "E1"});
  CHECK(id("E1\n") == Verdict{"bad-id/blank-at-end", "E1"});
  CHECK(id("") == Verdict{"bad-id/blank", ""});
  CHECK(id("unit:E1") == Verdict{"bad-id/colon", ""});
  CHECK(id("E\x01") == Verdict{"bad-id/control", ""});
  CHECK(id("E1\xC2\xA0") == Verdict{"bad-id/invisible", "E1"});  // NBSP
  CHECK(id("E\xE2\x80\x8B"
           "1") == Verdict{"bad-id/invisible", ""});  // zero width inside: not for us to take out
  CHECK(id("#N/A") == Verdict{"bad-id/excel-error", ""});
  CHECK(id(std::string(64, 'x')).suggestion == "ok");
  CHECK(id(std::string(65, 'x')) == Verdict{"bad-id/too-long", ""});
  std::string wide;
  for (int i = 0; i < 64; ++i) wide += "\xE5\xBC\xA0";  // characters count, not bytes
  CHECK(id(wide).suggestion == "ok");
  CHECK(first_foreign("E\xEF\xBC\xA5"
                      "1") == "\xEF\xBC\xA5 (U+FF25)");
  CHECK(first_foreign("E1").empty());
}

TEST_CASE("what is quickly taken for an id is one") {
  ValueFault fault;
  const std::string_view characters("09azAZ-_.:# \t\"\0\x7F\xC3\xA9", 17);
  const auto look = [&](const std::string& text) {
    if (!quick_id(text)) return false;
    CAPTURE(text);
    CHECK(check_id(text, fault));
    CHECK(check_subject(text, false, false, fault));
    CHECK_FALSE(is_called_total(text));
    return true;
  };
  size_t quick = 0;
  for (const char a : characters) {
    for (const char b : characters) {
      for (const char c : characters) quick += look(std::string{a, b, c}) ? size_t{1} : size_t{0};
    }
  }
  CHECK(quick == 9 * 9 * 9 - 7 * 7 * 7);  // of nine plain characters, without those that have no digit
  CHECK(look(std::string(63, 'x') + "1"));
  CHECK_FALSE(quick_id(std::string(64, 'x') + "1"));
  for (const char* text : {"", "total", "Total", "subtotal", "合计", "x"}) CHECK_FALSE(quick_id(text));
}

TEST_CASE("subjects and choices") {
  ValueFault fault;
  CHECK(check_subject("E1", false, false, fault));
  CHECK(check_subject("unit:EAST", false, false, fault));
  CHECK_FALSE(check_subject("job:Rep", false, false, fault));
  CHECK(fault.message == "bad-subject");
  CHECK(check_subject("job:Rep", true, false, fault));
  CHECK_FALSE(check_subject("team:A", true, false, fault));
  CHECK(fault.message == "bad-subject/targets");
  CHECK(check_subject("company", false, true, fault));
  CHECK_FALSE(check_subject("unit:", false, false, fault));
  CHECK(read_choice("Peer", "manager|peer", fault) == "peer");
  CHECK(read_choice("\xE5\x90\x8C\xE4\xBA\x8B", "manager|peer", fault) == "peer");  // 同事
  CHECK_FALSE(read_choice("pear", "manager|peer", fault));
  CHECK(fault.message == "bad-choice");
  CHECK(fault.args == std::vector<std::string>{"manager, peer"});
  CHECK(fault.suggestion == "peer");
}
