// The checksum of rows: its value by the standard, and the same by both ways of computing it.
#include "store/checksum.h"

#include <random>

#include "store_fixture.h"

namespace hr::store {

TEST_CASE("the checksum is CRC-32C") {
  const auto crc = [](std::string_view text) {
    Checksum sum;
    sum.add(text);
    return sum.value();
  };
  CHECK(crc("123456789") == 0xE3069283U);            // the check value of CRC-32C (RFC 3720, catalogue of CRCs)
  CHECK(crc(std::string(32, '\0')) == 0x8A9136AAU);  // RFC 3720 B.4
  CHECK(crc(std::string(32, '\xff')) == 0x62A8AB43U);
  Checksum pieces;
  pieces.add("1234");
  pieces.add("5");
  pieces.add("6789");
  CHECK(pieces.value() == 0xE3069283U);
}

TEST_CASE("the checksum is the same with the processor's instruction and without") {
  std::mt19937 random(3);
  std::string text;
  for (size_t n = 0; n < 200; ++n) {
    for (size_t skip = 0; skip < 9 && skip <= n; ++skip) {
      Checksum fast;
      Checksum plain;
      fast.add(std::string_view(text).substr(skip));
      plain.add_plainly(std::string_view(text).substr(skip));
      REQUIRE(fast.value() == plain.value());
    }
    text += static_cast<char>(random());
  }
}

}  // namespace hr::store
