// What the rules of cleansing make of single texts.
#include "ingest/cleansing.h"

#include <doctest/doctest.h>

using namespace hr;
using namespace hr::ingest;

namespace {

std::string currency(std::string_view text) {
  std::string_view sign;
  const auto number = without_currency(text, sign);
  return number ? *number + " " + std::string(sign) : "-";
}

std::string split(std::string_view text, std::string by, int part) {
  return std::string(part_of(text, {std::move(by), part}));
}

}  // namespace

TEST_CASE("blanks of any kind") {
  CHECK(without_odd_blanks(" a ") == "a");
  CHECK(without_odd_blanks("\u3000李\u3000\u3000娜\u00A0") == "李 娜");
  CHECK(without_odd_blanks("a\u200Bb\uFEFF") == "ab");
  CHECK(without_odd_blanks("one\r\ntwo") == "one two");
  CHECK(without_odd_blanks("\u3000") == "");
  CHECK_FALSE(without_odd_blanks("a b").has_value());
  CHECK_FALSE(without_odd_blanks("").has_value());
}

TEST_CASE("full width") {
  CHECK(without_full_width("ＫＰＩ１２３") == "KPI123");
  CHECK(without_full_width("（－１．５％）") == "(-1.5%)");
  CHECK(without_full_width("李　娜") == "李 娜");
  CHECK_FALSE(without_full_width("李娜").has_value());
  CHECK_FALSE(without_full_width("KPI").has_value());
}

TEST_CASE("thousands, in groups of three only") {
  CHECK(without_thousands("1,234") == "1234");
  CHECK(without_thousands("-1,234,567.50") == "-1234567.50");
  CHECK(without_thousands("1 234 567") == "1234567");
  CHECK(without_thousands("1，234") == "1234");
  CHECK(without_thousands("1\u00A0234") == "1234");
  CHECK(without_thousands("12,345%") == "12345%");
  for (const char* text :
       {"1,23", "1234,567", "1,2345", "1,234,56", "1,234 567", "1,5", ",123", "1,234,", "abc", "1234", ""})
    CHECK_FALSE(without_thousands(text).has_value());
}

TEST_CASE("currency signs around a number, and which currency they mean") {
  CHECK(currency("$107,790.00") == "107,790.00 USD");
  CHECK(currency("-$5") == "-5 USD");
  CHECK(currency("$-5") == "-5 USD");
  CHECK(currency("￥ 12.5") == "12.5 CNY");
  CHECK(currency("12.5元") == "12.5 CNY");
  CHECK(currency("HK$7") == "7 HKD");
  CHECK(currency("7 EUR") == "7 EUR");
  for (const char* text : {"$", "$x", "5万元", "-$-5", "5", "元"}) CHECK(currency(text) == "-");
}

TEST_CASE("which currencies a sign can stand for") {
  CHECK(sign_fits("CNY", "CNY"));
  CHECK(sign_fits("CNY", "JPY"));
  CHECK(sign_fits("USD", "HKD"));
  CHECK_FALSE(sign_fits("USD", "CNY"));
  CHECK_FALSE(sign_fits("EUR", "USD"));
}

TEST_CASE("parts of a text") {
  CHECK(split("营销中心/销售部/一组", "/", 1) == "营销中心");
  CHECK(split("营销中心/销售部/一组", "/", -1) == "一组");
  CHECK(split("营销中心 / 销售部", "/", 2) == "销售部");
  CHECK(split("营销中心", "/", 1) == "营销中心");
  CHECK(split("营销中心", "/", 2).empty());
  CHECK(split("a::b::", "::", 3).empty());
  CHECK(split("a::b", "::", 2) == "b");
  CHECK(split("", "/", 1).empty());
}

TEST_CASE("changes count only of rows that are taken") {
  Changes changes(true);
  changes.begin_row();
  changes.note("a", Rule::width, "１", "1");
  changes.begin_row();
  changes.note("a", Rule::blanks, " 1", "1");
  changes.accept_row(7);
  CHECK(changes.counts()[static_cast<size_t>(Rule::width)] == 0);
  CHECK(changes.counts()[static_cast<size_t>(Rule::blanks)] == 1);
  const auto kept = changes.take();
  REQUIRE(kept.size() == 1);
  CHECK(kept[0].line == 7);
  CHECK(kept[0].before == " 1");
  CHECK(rule_id(Rule::scale) == "scale");
  CHECK(rule_id(Rule::fill) == "fill");
}
