// Numbers of one scale into another: model/mapping.h.
#include <doctest/doctest.h>

#include "model/mapping.h"

using namespace hr;
using model::ScaleConversion;

static Decimal dec(const char* text) {
  return *parse_decimal(text);
}

static ScaleConversion scale(const char* a, const char* b, const char* c, const char* d) {
  return {dec(a), dec(b), dec(c), dec(d)};
}

static std::string converted(const ScaleConversion& s, const char* x) {
  const auto y = s.convert(dec(x));
  return y ? to_string(*y) : "-";
}

TEST_CASE("a straight line, the ends become the ends") {
  const ScaleConversion s = scale("1", "4", "1", "5");
  CHECK(converted(s, "1") == "1");
  CHECK(converted(s, "4") == "5");
  CHECK(converted(s, "2") == "2.333333333");
  CHECK(converted(s, "3") == "3.666666667");
  CHECK(converted(s, "2.125") == "2.5");  // 1 + 1.125 × 4/3
  CHECK(converted(scale("-2.5", "2.5", "0", "100"), "0.123") == "52.46");
}

TEST_CASE("nine decimals, half away from zero, of the whole figure") {
  CHECK(converted(scale("0", "2", "0", "0.000000001"), "1") == "0.000000001");
  CHECK(converted(scale("0", "2", "-0.000000001", "0"), "1") == "-0.000000001");
  CHECK(converted(scale("0", "2.000000002", "0", "0.000000001"), "1") == "0");  // just under the half
}

TEST_CASE("more digits than can be kept exactly are no number") {
  CHECK(converted(scale("-900000000000000000", "900000000000000000", "0", "900000000000000000"), "0.5") == "-");
}

TEST_CASE("lossy: fewer points, counted where both have whole ends") {
  CHECK(scale("1", "4", "1", "3").is_lossy());
  CHECK(scale("0", "10", "1", "5").is_lossy());
  CHECK_FALSE(scale("1", "4", "0", "3").is_lossy());
  CHECK_FALSE(scale("1", "4", "1", "5").is_lossy());
  CHECK_FALSE(scale("0.5", "4", "1", "2").is_lossy());
}

TEST_CASE("what is on the scale") {
  const ScaleConversion s = scale("1", "4", "1", "5");
  CHECK(s.covers(dec("1")));
  CHECK(s.covers(dec("4")));
  CHECK_FALSE(s.covers(dec("0.999999999")));
  CHECK_FALSE(s.covers(dec("4.1")));
}
