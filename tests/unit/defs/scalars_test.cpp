#include "defs/scalars.h"

#include <doctest/doctest.h>

#include "defs/weights.h"

using namespace hr;
using namespace hr::defs;

TEST_CASE("numbers have one spelling and every other is refused with its reason") {
  for (const char* good :
       {"0", "1", "-1", "+5", "0.5", ".5", "-.5", "5.", "1200000", "0.000000000000000001", "-0", "100.00"}) {
    CAPTURE(std::string(good));
    CHECK(decimal_fault(good) == "");
  }
  const std::pair<std::string, std::string> bad[] = {{"012", "leading-zero"},
                                                     {"-007", "leading-zero"},
                                                     {"00", "leading-zero"},
                                                     {"00.5", "leading-zero"},
                                                     {"0x1F", "number-base"},
                                                     {"0o17", "number-base"},
                                                     {"-0b1", "number-base"},
                                                     {".nan", "not-finite"},
                                                     {".NaN", "not-finite"},
                                                     {"-.inf", "not-finite"},
                                                     {"nan", "not-finite"},
                                                     {"Infinity", "not-finite"},
                                                     {"1e3", "exponent"},
                                                     {"1E-400", "exponent"},
                                                     {"1.5e+7", "exponent"},
                                                     {"60%", "percent"},
                                                     {"1,5", "separator"},
                                                     {"1.234,56", "separator"},
                                                     {"1_000", "separator"},
                                                     {"1'000", "separator"},
                                                     {"1.2.3", "separator"},
                                                     {"１２３", "foreign-digits"},
                                                     {"−5", "foreign-digits"},
                                                     {"–5", "foreign-digits"},
                                                     {"1234567890123456789", "digits"},
                                                     {"0.1234567890123456789", "digits"},
                                                     {"", "number"},
                                                     {"-", "number"},
                                                     {".", "number"},
                                                     {"abc", "number"},
                                                     {"5 ", "number"},
                                                     {"¥5", "number"},
                                                     {"1.2万", "number"},
                                                     {"#N/A", "number"},
                                                     {"true", "number"},
                                                     {"e3", "number"},
                                                     {"1e", "number"},
                                                     {"٣", "number"}};
  for (const auto& [number, reason] : bad) {
    const std::string text = number;
    CAPTURE(text);
    CHECK(decimal_fault(text) == "bad-value/" + reason);
  }
}

TEST_CASE("ids are short and made of ASCII letters digits and three signs") {
  for (const std::string& good :
       std::vector<std::string>{"a", "007", "sales-rep", "x.y_z", "2026H1", std::string(64, 'x')})
    CHECK(id_fault(good) == "");
  for (const std::string& bad :
       std::vector<std::string>{"", "..", "-", "_", "a b", "a/b", "a:b", "工号", "=1+1", "a\n"})
    CHECK(id_fault(bad) == "bad-value/id");
  CHECK(id_fault(std::string(65, 'x')) == "bad-value/id-length");
}

TEST_CASE("imported ids are any short text without blanks at the ends or colons") {
  for (const std::string& good : std::vector<std::string>{"E1", "华东 销售", "a/b", "007"})
    CHECK(imported_id_fault(good) == "");
  for (const std::string& bad : std::vector<std::string>{"", " a", "a ", "a\xC2\xA0", "unit:a", "a\x1b",
                                                         "a\xE2\x80\xAE"
                                                         "b"})
    CHECK(imported_id_fault(bad) == "bad-value/imported-id");
  std::string sixty_five;
  for (int i = 0; i < 65; ++i) sixty_five += "中";
  CHECK(imported_id_fault(sixty_five) == "bad-value/id-length");
  CHECK(imported_id_fault(sixty_five.substr(3)) == "");
}

// The verdict on a list of weights; "-" = not given.
static std::string verdict(const std::vector<std::string>& weights) {
  std::vector<WeightItem> items;
  int line = 0;
  for (const std::string& w : weights)
    items.push_back({w == "-" ? std::nullopt : parse_decimal(w), {"f", ++line, 1, 1}});
  Diagnostics d;
  check_weights(items, {"f", 99, 1, 1}, d);
  return d.empty() ? "" : d.front().code + " " + std::to_string(d.front().span.line);
}

TEST_CASE("weights are all or none and not all zero and add up to 100 or 1") {
  CHECK(verdict({}) == "");
  CHECK(verdict({"-", "-", "-"}) == "");
  CHECK(verdict({"60", "40"}) == "");
  CHECK(verdict({"0.1", "0.1", "0.1", "0.1", "0.1", "0.1", "0.1", "0.1", "0.1", "0.1"}) ==
        "");                                          // E14: ten of 0.1 are exactly 1
  CHECK(verdict({"33.33", "33.33", "33.33"}) == "");  // E15
  CHECK(verdict({"14.29", "14.29", "14.29", "14.29", "14.29", "14.29", "14.29"}) == "");  // 100.03, of seven
  CHECK(verdict({"0.3333", "0.3333", "0.3333"}) == "");
  CHECK(verdict({"100", "0"}) == "");
  CHECK(verdict({"7"}) == "");  // one alone
  CHECK(verdict({"0.5", "0.49"}) == "weight-sum 99");
  CHECK(verdict({"60", "39"}) == "weight-sum 99");
  CHECK(verdict({"33.3", "33.3", "33.3"}) == "weight-sum 99");
  CHECK(verdict({"3", "2"}) == "weight-sum 99");
  CHECK(verdict({"33.33", "33.33", "33.32"}) == "weight-sum 99");  // 99.98 is further than rounding explains: 0.015
  CHECK(verdict({"0"}) == "weights-zero 99");
  CHECK(verdict({"0", "0.00"}) == "weights-zero 99");
  CHECK(verdict({"100", "-"}) == "weights-mixed 2");
  CHECK(verdict({"-", "0", "-"}) == "weights-mixed 1");
  CHECK(verdict({"999999999999999999", "999999999999999999"}) == "weight-sum 99");
}
