#include "base/decimal.h"

#include <doctest/doctest.h>

#include <array>
#include <climits>

using hr::Decimal;
using hr::DecimalFault;
using hr::make_decimal;
using hr::parse_decimal;

static DecimalFault fault_of(std::string_view text) {
  DecimalFault fault = DecimalFault::none;
  CHECK_FALSE(parse_decimal(text, &fault));
  return fault;
}

TEST_CASE("a decimal is held without trailing zeros of its fraction") {
  CHECK(parse_decimal("2.50") == Decimal{25, 1});
  CHECK(parse_decimal("2.5") == Decimal{25, 1});
  CHECK(parse_decimal("+0002.500000000000000000000000") == Decimal{25, 1});
  CHECK(parse_decimal("100") == Decimal{100, 0});
  CHECK(parse_decimal("100.") == Decimal{100, 0});
  CHECK(parse_decimal(".5") == Decimal{5, 1});
  CHECK(parse_decimal("-.5") == Decimal{-5, 1});
  CHECK(parse_decimal("0.00") == Decimal{0, 0});
  CHECK(parse_decimal("-0") == Decimal{0, 0});
  CHECK(parse_decimal("0.105") == Decimal{105, 3});
  CHECK(parse_decimal("10.01") == Decimal{1001, 2});
  CHECK(make_decimal(2500, 3) == Decimal{25, 1});
  CHECK(make_decimal(0, 18) == Decimal{0, 0});
  CHECK(make_decimal(-1'000'000'000'000'000'000, 18) == Decimal{-1, 0});
}

TEST_CASE("what is not a plain decimal is refused with its reason") {
  CHECK(fault_of("") == DecimalFault::empty);
  for (const char* text : {" 1", "1 ", "1,5", "1e3", "0x1F", "nan", "inf", "--1", "1-", "1.2.3", "+", "-", ".", "-.",
                           "１２", "85%", "1_000", "1\n"}) {
    CAPTURE(text);
    CHECK(fault_of(text) == DecimalFault::not_a_number);
  }
}

TEST_CASE("a decimal has at most 18 significant digits and 18 decimals") {
  CHECK(parse_decimal("123456789012345678") == Decimal{123456789012345678, 0});
  CHECK(parse_decimal("-0.123456789012345678") == Decimal{-123456789012345678, 18});
  CHECK(parse_decimal("0.000000000000000001") == Decimal{1, 18});
  CHECK(parse_decimal("000000000000000000000000000001") == Decimal{1, 0});
  CHECK(fault_of("1234567890123456789") == DecimalFault::too_many_digits);
  CHECK(fault_of("1234567890123456780") == DecimalFault::too_many_digits);
  CHECK(fault_of("0.0000000000000000001") == DecimalFault::too_many_digits);
  CHECK(fault_of("1.000000000000000000000001") == DecimalFault::too_many_digits);
  CHECK(fault_of("123456789012345.6789") == DecimalFault::too_many_digits);
  CHECK(fault_of("1234567890123456789x") == DecimalFault::not_a_number);
  CHECK(fault_of("1.2345678901234567890.1") == DecimalFault::not_a_number);
}

TEST_CASE("a decimal prints as it was written in its shortest form") {
  for (const char* text : {"0", "2.5", "-2.5", "0.05", "-0.000000000000000001", "123456789012345678", "1200000"}) {
    CHECK(hr::to_string(*parse_decimal(text)) == text);
  }
  CHECK(hr::to_string(Decimal{LLONG_MIN, 0}) == "-9223372036854775808");
}

TEST_CASE("rounding is half away from zero on the written digits") {
  // Excel: ROUND(2.345,2) = 2.35, ROUND(2.675,2) = 2.68, ROUND(1.005,2) = 1.01, ROUND(-2.5,0) = -3
  CHECK(hr::to_fixed(*parse_decimal("2.345"), 2) == "2.35");
  CHECK(hr::to_fixed(*parse_decimal("2.675"), 2) == "2.68");
  CHECK(hr::to_fixed(*parse_decimal("1.005"), 2) == "1.01");
  CHECK(hr::to_fixed(*parse_decimal("-2.345"), 2) == "-2.35");
  CHECK(hr::to_fixed(*parse_decimal("-2.5"), 0) == "-3");
  CHECK(hr::to_fixed(*parse_decimal("2.4999999"), 0) == "2");
  CHECK(hr::to_fixed(*parse_decimal("-0.004"), 2) == "0.00");
  CHECK(hr::to_fixed(*parse_decimal("99.995"), 2) == "100.00");
  CHECK(hr::to_fixed(*parse_decimal("75"), 2) == "75.00");
  CHECK(hr::to_fixed(*parse_decimal("7.5"), 3) == "7.500");
  CHECK(hr::round_half_away(*parse_decimal("0.5"), 0) == Decimal{1, 0});
  CHECK(hr::round_half_away(*parse_decimal("0.999999999999999999"), 0) == Decimal{1, 0});
  CHECK(hr::round_half_away(*parse_decimal("1.20"), 1) == Decimal{12, 1});
}

TEST_CASE("to_double gives the nearest double") {
  // Python: float("…").hex()
  CHECK(parse_decimal("0.1")->to_double() == 0x1.999999999999ap-4);
  CHECK(parse_decimal("-0.3")->to_double() == -0x1.3333333333333p-2);
  CHECK(parse_decimal("1.005")->to_double() == 0x1.0147ae147ae14p+0);
  CHECK(parse_decimal("9007199254740993")->to_double() == 0x1.0p+53);
  CHECK(parse_decimal("123456789012345678")->to_double() == 0x1.b69b4ba630f35p+56);
  CHECK(parse_decimal("90071992547409.93")->to_double() == 0x1.47ae147ae147cp+46);
  CHECK(parse_decimal("12345678901234567.8")->to_double() == 0x1.5ee2a2eb5a5c4p+53);
  CHECK(parse_decimal("0.000000000000000001")->to_double() == 0x1.2725dd1d243acp-60);
  CHECK(Decimal{LLONG_MIN, 0}.to_double() == -0x1.0p+63);
}

TEST_CASE("decimals compare by value at any scales") {
  CHECK(Decimal{25, 1} < Decimal{251, 2});
  CHECK(Decimal{-25, 1} > Decimal{-251, 2});
  CHECK(Decimal{1, 0} > Decimal{999999999999999999, 18});
  CHECK(Decimal{LLONG_MAX, 0} > Decimal{1, 18});
}

TEST_CASE("sums and products are exact or none") {
  CHECK(hr::add(*parse_decimal("0.1"), *parse_decimal("0.2")) == parse_decimal("0.3"));
  CHECK(hr::add(*parse_decimal("33.33"), *parse_decimal("66.67")) == Decimal{100, 0});
  CHECK_FALSE(hr::add(Decimal{LLONG_MAX, 0}, Decimal{1, 0}));
  CHECK_FALSE(hr::add(Decimal{999999999999999999, 0}, Decimal{1, 18}));  // 36 digits
  CHECK(hr::multiply(*parse_decimal("1.5"), *parse_decimal("-0.2")) == parse_decimal("-0.3"));
  CHECK(hr::multiply(*parse_decimal("0.000000001"), *parse_decimal("0.000000001")) ==
        parse_decimal("0.000000000000000001"));
  CHECK_FALSE(hr::multiply(*parse_decimal("0.0000000001"), *parse_decimal("0.000000001")));  // 1e-19
  CHECK_FALSE(hr::multiply(Decimal{4'000'000'000, 0}, Decimal{4'000'000'000, 0}));           // 1.6e19 > 2^63
  const std::array<Decimal, 10> tenths = [] {
    std::array<Decimal, 10> a{};
    a.fill(Decimal{1, 1});
    return a;
  }();
  CHECK(hr::sum(tenths) == Decimal{1, 0});
  CHECK(hr::sum({}) == Decimal{0, 0});
  const std::array<Decimal, 2> huge{Decimal{LLONG_MAX, 0}, Decimal{LLONG_MAX, 0}};
  CHECK_FALSE(hr::sum(huge));
}
