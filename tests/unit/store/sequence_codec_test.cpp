// Numbers in sequence as bytes. Expected bytes are worked out by hand from docs/formats/store.md.
#include "store/sequence_codec.h"

#include <random>

#include "encoded_integers.h"
#include "store_fixture.h"

namespace hr::store {

namespace {

std::string encoded_sequence(const std::vector<uint32_t>& values) {
  ByteWriter out;
  encode_sequence(out, values);
  return out.take();
}

std::vector<uint32_t> decoded_sequence(const std::string& bytes, size_t n, uint32_t limit = UINT32_MAX) {
  ByteReader in(bytes);
  std::vector<uint32_t> values(n);
  decode_sequence(in, values, limit);
  in.end();
  return values;
}

}  // namespace

TEST_CASE("numbers in sequence come back in every form") {
  CHECK(encoded_sequence({7, 8, 9}) == "\x01\x07" + encoded(Integers{1, 1, 1}));  // the first, steps of 1
  CHECK(encoded_sequence({4, 4}) == std::string(1, '\0') + encoded(Integers{4, 4}));
  CHECK(encoded_sequence({1, 1, 1, 1, 1, 1, 1, 1, 300, 300, 300, 300, 300, 300, 300, 300, 2, 2, 2, 2, 2, 2, 2, 2}) ==
        "\x02\x03" + encoded(Integers{8, 8, 8}) + std::string(1, '\0') + encoded(Integers{1, 300, 2}));  // three runs
  std::mt19937 random(11);
  for (int round = 0; round < 300; ++round) {
    std::vector<uint32_t> values;
    auto now = static_cast<uint32_t>(random());
    for (int i = 0; i < 200; ++i) {
      const uint32_t kind = static_cast<uint32_t>(round) % 4;
      if (kind == 0) now = static_cast<uint32_t>(random());
      if (kind == 1) now += static_cast<uint32_t>(random() % 3);
      if (kind == 2 && random() % 20 == 0) now = static_cast<uint32_t>(random());
      if (kind == 3 && random() % 20 == 0) ++now;
      values.push_back(now);
    }
    CHECK(decoded_sequence(encoded_sequence(values), values.size()) == values);
  }
  CHECK(decoded_sequence(encoded_sequence({}), 0).empty());
  CHECK_THROWS_AS(decoded_sequence(encoded_sequence({7, 8, 9}), 3, 8), DamagedBlob);
}

}  // namespace hr::store
