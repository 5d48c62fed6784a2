#include "recheck/exact.h"

#include <doctest/doctest.h>

using hr::recheck::Exact;

static Exact of(const char* text) {
  return *Exact::parse(text);
}

TEST_CASE("sums and quotients are exact") {
  CHECK(of("0.1") + of("0.2") == of("0.3"));
  CHECK(Exact(1) / Exact(3) * Exact(3) == Exact(1));
  CHECK(of("100000000.1") - of("100000000") == of("0.1"));
  CHECK(Exact(-7) / Exact(-2) == of("3.5"));
  CHECK(Exact(7) / Exact(-2) == of("-3.5"));
  CHECK(of("-0.000000001") < Exact(0));
  Exact sum;
  for (int64_t i = 1; i <= 200; ++i) sum += Exact(1) / Exact(i);  // the harmonic number H(200)
  CHECK(sum.text(9) == "5.878030948");
  CHECK(Exact(INT64_MIN).text(0) == "-9223372036854775808");
}

TEST_CASE("half away from zero") {
  CHECK(of("2.345").text(2) == "2.35");
  CHECK(of("-2.345").text(2) == "-2.35");
  CHECK(of("0.0000000005").text(9) == "0.000000001");
  CHECK(of("0.00000000049999999999999999999999").text(9) == "0");
  CHECK(of("-0.0000000001").text(9) == "0");
  CHECK(of("2.500").text(9) == "2.5");
  CHECK(of("100").text(9) == "100");
  CHECK(of("0.05").text(0) == "0");
  CHECK((Exact(1) / Exact(8)).rounded(2) == of("0.13"));
}

TEST_CASE("what is no number") {
  for (const char* text : {"", "-", ".", "1.", ".5", "1e3", "+1", "--1", "1.2.3", " 1", "1 ", "1-", "?", "−1"}) {
    CAPTURE(text);
    CHECK_FALSE(Exact::parse(text));
  }
}
