// The checksum of rows: its value by the standard, and by the definition.
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

// Bit by bit, by the definition: the polynomial of Castagnoli, low bits first.
static uint32_t plain_crc(std::string_view bytes) {
  uint32_t crc = 0xFFFFFFFFU;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1U ^ ((crc & 1U) != 0 ? 0x82F63B78U : 0U);
  }
  return ~crc;
}

TEST_CASE("the checksum is the same in whatever pieces bytes come") {
  std::mt19937 random(3);
  for (int round = 0; round < 500; ++round) {
    std::string bytes;
    Checksum sum;
    for (size_t pieces = random() % 8; pieces > 0; --pieces) {
      std::string piece(random() % 3 == 0 ? random() % 2000 : random() % 40, '\0');
      for (char& c : piece) c = static_cast<char>(random());
      sum.add(piece);
      bytes += piece;
      REQUIRE(sum.value() == plain_crc(bytes));
    }
  }
}

}  // namespace hr::store
