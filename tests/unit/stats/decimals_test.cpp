// Decimals of any size: worked by hand.
#include "stats/decimals.h"

#include <doctest/doctest.h>

#include <vector>

using namespace hr;

static std::vector<Decimal> decimals(std::initializer_list<const char*> texts) {
  std::vector<Decimal> values;
  for (const char* text : texts) values.push_back(*parse_decimal(text));
  return values;
}

static std::string text_of(const std::optional<Decimal>& value) {
  return value ? to_string(*value) : "none";
}

TEST_CASE("means are exact, then rounded once at nine decimals") {
  CHECK(text_of(stats::mean(decimals({}))) == "none");
  CHECK(text_of(stats::mean(decimals({"0.1", "0.2"}))) == "0.15");
  CHECK(text_of(stats::mean(decimals({"1", "2", "2"}))) == "1.666666667");
  CHECK(text_of(stats::mean(decimals({"-1", "-2", "-2"}))) == "-1.666666667");
  CHECK(text_of(stats::mean(decimals({"0.000000001", "0"}))) == "0.000000001");  // a tie goes away from zero
  CHECK(text_of(stats::mean(decimals({"-0.000000001", "0"}))) == "-0.000000001");
  // Twelve digits before the point leave six behind it.
  CHECK(text_of(stats::mean(decimals({"100000000000", "100000000001", "100000000001"}))) == "100000000000.666667");
  CHECK(text_of(stats::mean(decimals({"999999999999999999", "999999999999999999"}))) == "999999999999999999");
  CHECK(text_of(stats::mean(decimals({"0.000000000000000001", "999999999999999999"}))) == "500000000000000000");
}

TEST_CASE("quantiles lie on the line between the two nearest values") {
  CHECK(text_of(stats::quantile(decimals({}), 50)) == "none");
  CHECK(text_of(stats::quantile(decimals({"7"}), 90)) == "7");
  CHECK(text_of(stats::quantile(decimals({"1", "2", "4", "10"}), 50)) == "3");
  CHECK(text_of(stats::quantile(decimals({"1", "2", "4", "10"}), 90)) == "8.2");  // h = 2.7: 4 + 0.7 × 6
  CHECK(text_of(stats::quantile(decimals({"1", "2"}), 0)) == "1");
  CHECK(text_of(stats::quantile(decimals({"1", "2"}), 100)) == "2");
  CHECK(text_of(stats::quantile(decimals({"-10", "12000000000.5"}), 25)) == "2999999992.625");
}

TEST_CASE("the sample standard deviation") {
  CHECK_FALSE(stats::deviation(decimals({"3"})));
  CHECK(*stats::deviation(decimals({"0.1", "0.1", "0.1"})) == 0);
  CHECK(*stats::deviation(decimals({"2", "4", "4", "4", "5", "5", "7", "9"})) ==
        doctest::Approx(2.13808993529939));  // √(32 / 7)
}
