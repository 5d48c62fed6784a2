// Decimals as bytes. Expected bytes are worked out by hand from docs/formats/store.md.
#include "store/decimal_codec.h"

#include "store_fixture.h"

namespace hr::store {

namespace {

std::vector<Decimal> decimals(std::initializer_list<const char*> texts) {
  std::vector<Decimal> values;
  for (const std::string_view t : texts)
    values.push_back(t.empty() ? facts::kMissingDecimal : parse_decimal(t).value());
  return values;
}

std::string encoded(const std::vector<Decimal>& values) {
  ByteWriter out;
  encode_decimals(out, scale_decimals(values));
  return out.take();
}

}  // namespace

TEST_CASE("decimals of one scale and of many come back with what is missing") {
  for (const auto& values :
       {decimals({"1.5", "", "-20", "0.25"}), decimals({"", ""}),
        decimals({"999999999999999999", "0.000000000000000001"}), decimals({"-999999999999999999", "0.1", "", "3"}),
        decimals({}), decimals({"0"}), decimals({"1.5", "-20", "", "0", "-0.5", "99999999999999999.9", "10"}),
        decimals({"42949672.90", "42949672.95", "42949672.96", "42949673", "1.25"}),  // 32 bits end within them
        decimals({"42949672.95", "42949672.90"}), decimals({"429496729.5", "429496729.6", "429496730"}),
        decimals({"-0.05", "1.5", "-2.5", "0", "", "300", "-1000", "9999999999999999.99", "7"})}) {
    const std::string bytes = encoded(values);
    ByteReader in(bytes);
    std::vector<Decimal> again;
    decode_decimals(in, values.size(), again);
    CHECK(again == values);
    CHECK_NOTHROW(in.end());
  }
  // flags 0, scale 2, minimum 25 (zigzag 50), eight bits: 150 − 25, 0
  CHECK(encoded(decimals({"1.5", "0.25"})) == std::string("\x00\x02\x32\x08\x7d\x00\x00", 7));
}

TEST_CASE("doubles of a blob are those of its decimals") {
  for (const auto& values :
       {decimals({"1.1", "", "1234567.89"}), decimals({"999999999999999999", "0.3"}),
        decimals({"0.1", "100000000000000000"}), decimals({"-5000000000.25", "1", "2", "3", "4", "5", "6", "7"}),
        decimals({"1", "2", "3", "4", "5", "6", "7", "8", "9", "987654321987654.321"}),
        decimals({"1", "2", "3", "4", "5", "6", "7", "8", "9", "99999999999999999"}),
        decimals({"90071992547409931", "90071992547409932"})}) {
    const std::string bytes = encoded(values);
    ByteReader in(bytes);
    std::vector<double> numbers;
    std::vector<uint8_t> missing;
    decode_doubles(in, values.size(), numbers, missing);
    for (size_t i = 0; i < values.size(); ++i) {
      CHECK((values[i].scale < 0) == (!missing.empty() && missing[i] != 0));
      if (values[i].scale >= 0) CHECK(numbers[i] == std::stod(to_string(values[i])));
    }
  }
}

TEST_CASE("scaled numbers are the bytes of their decimals") {
  std::vector<int64_t> numbers{150, 2500, -30};
  ByteWriter out;
  encode_scaled(out, numbers, 3);
  CHECK(out.take() == encoded(decimals({"0.15", "2.5", "-0.03"})));
  std::vector<int64_t> whole{0, 700};
  ByteWriter shorter;
  encode_scaled(shorter, whole, 2);
  CHECK(shorter.take() == encoded(decimals({"0", "7"})));
}

}  // namespace hr::store
