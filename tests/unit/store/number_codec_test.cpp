// Integers as bytes. Expected bytes are worked out by hand from docs/formats/store.md.
#include "store/number_codec.h"

#include <algorithm>
#include <random>

#include "encoded_integers.h"
#include "store_fixture.h"

namespace hr::store {

TEST_CASE("integers are their minimum and as many planes as they need") {
  CHECK(encoded(std::vector<int64_t>{}) == std::string("\x00\x00\x00", 3));
  CHECK(encoded({5, 5, 5}) == std::string("\x0a\x00\x00", 3));          // 5 in zigzag is 10; no plane, no exception
  CHECK(encoded({300, 45}) == std::string("\x5a\x08\xff\x00\x00", 5));  // 45 is 90; 255 and 0
  // −1 is 1; 0 and 256 in a plane of bytes and one of single bits: 0 and 1
  CHECK(encoded({-1, 255}) == std::string("\x01\x09\x00\x00\x02\x00", 6));
  // four bits a value, three bytes: 1 and 4 share the first, 2 and 5 the second, 3 and 9 the third
  CHECK(encoded({0, 1, 2, 3, 4, 9}) == std::string("\x00\x04\x30\x41\x92\x00", 6));
  CHECK(encoded({0, 1, 2, 3, 4, 9, 1}) == std::string("\x00\x04\x40\x91\x12\x03\x00", 7));
}

TEST_CASE("integers of any size come back") {
  for (const std::vector<int64_t>& values : {std::vector<int64_t>{INT64_MIN, INT64_MAX, 0, -1},
                                             {INT64_MIN},
                                             {7, 70'000},
                                             {0, 1LL << 24, -(1LL << 24)},
                                             {1LL << 40, 3}}) {
    CHECK(decoded(encoded(values), values.size()) == values);
  }
}

TEST_CASE("wide integers lie in planes, not each as an exception") {
  std::vector<int64_t> values;
  for (int64_t i = 0; i < 1'000; ++i) values.push_back(i * 137'438'953 % 137'438'953'471);  // up to 37 bits
  CHECK(encoded(values).size() <= 1'000 * 5 + 16);                                          // five bytes each
  CHECK(decoded(encoded(values), values.size()) == values);
}

TEST_CASE("few large integers among small ones are exceptions") {
  // 100 values of one bit, 1 but for the 3rd, which is 1 + 2 · 500: 13 bytes of planes, then one exception after 2
  // others, 500 above the plane (500 = 0x1F4: F4, 03 in sevens).
  std::vector<int64_t> values(100, 1);
  values[0] = 0;
  values[2] = 1001;
  const std::string bytes = encoded(values);
  CHECK(bytes.substr(0, 2) == std::string("\x00\x01", 2));
  CHECK(bytes.substr(15) == std::string("\x01\x02\xf4\x03", 4));
  CHECK(decoded(bytes, values.size()) == values);
}

TEST_CASE("exceptions come back from every place among numbers that are passed over in groups") {
  for (size_t place = 0; place < 200; ++place) {
    for (const size_t other : {place, size_t{63}, size_t{64}, size_t{199}}) {
      std::vector<int64_t> values(200, 1);
      values[place] += int64_t{1} << 20U;
      values[other] += int64_t{1} << 40U;
      REQUIRE(decoded(encoded(values), values.size()) == values);
      for (int64_t& v : values) v &= 0x3FFFFFFF;
      REQUIRE(decoded(encoded(values), values.size()) == values);
    }
  }
}

TEST_CASE("integers of all widths and lengths come back, as 32 bits too") {
  std::mt19937_64 random(5);
  for (size_t n = 0; n < 70; ++n) {
    for (unsigned width = 0; width <= 64; ++width) {
      std::vector<int64_t> values;
      std::vector<uint32_t> numbers;
      for (size_t i = 0; i < n; ++i) {
        const unsigned bits = random() % 16 ? width : 64;
        values.push_back(static_cast<int64_t>(bits ? random() >> (64 - bits) : 0) - 3);
        numbers.push_back(static_cast<uint32_t>(values.back()));
      }
      REQUIRE(decoded(encoded(values), n) == values);
      ByteWriter out;
      encode_numbers(out, numbers);
      const std::string bytes = out.take();
      REQUIRE(bytes == encoded(std::vector<int64_t>(numbers.begin(), numbers.end())));
      ByteReader in(bytes);
      std::vector<uint32_t> again;
      decode_numbers(in, n, UINT32_MAX, again);
      REQUIRE(again == numbers);
    }
  }
}

TEST_CASE("numbers above their limit are refused") {
  ByteWriter out;
  encode_numbers(out, std::vector<uint32_t>{3, 9});
  const std::string bytes = out.take();
  std::vector<uint32_t> numbers;
  ByteReader good(bytes);
  CHECK_NOTHROW(decode_numbers(good, 2, 9, numbers));
  ByteReader bad(bytes);
  CHECK_THROWS_AS(decode_numbers(bad, 2, 8, numbers), DamagedBlob);
}

TEST_CASE("offsets are the integers above their minimum, or none where one is too wide") {
  std::mt19937_64 random(3);
  for (int round = 0; round < 300; ++round) {
    const unsigned most_bits = random() % 64;
    const auto low = static_cast<int64_t>(random()) >> (random() % 64);
    std::vector<int64_t> values(random() % 50);
    for (int64_t& v : values) {
      const uint64_t above = (random() >> (63 - most_bits)) >> (random() % 5 == 0 ? 0 : most_bits / 2);
      v = static_cast<int64_t>(std::min<uint64_t>(
              above, static_cast<uint64_t>(INT64_MAX) - static_cast<uint64_t>(std::max<int64_t>(low, 0)))) +
          low;
    }
    const std::string bytes = encoded(values);
    ByteReader in(bytes);
    std::vector<uint32_t> offsets(values.size(), 7);
    const auto least = decode_offsets(in, offsets);
    const auto [min, max] = std::minmax_element(values.begin(), values.end());
    const bool fits = values.empty() || static_cast<uint64_t>(*max) - static_cast<uint64_t>(*min) <= UINT32_MAX;
    REQUIRE(least.has_value() == fits);
    if (fits) {
      CHECK_NOTHROW(in.end());
      for (size_t i = 0; i < values.size(); ++i) CHECK(*least + int64_t{offsets[i]} == values[i]);
    } else {
      CHECK(decode_integers(in, values.size()) == values);  // nothing had been read
    }
  }
}

TEST_CASE("integers and their differences to the least of them are the same bytes") {
  std::mt19937_64 random(3);
  for (const unsigned bits : {0U, 1U, 7U, 8U, 16U, 31U, 32U, 33U, 62U}) {
    for (const size_t n : {0UL, 1UL, 2UL, 9UL, 1000UL}) {
      const int64_t least = static_cast<int64_t>(random() >> 2U) - (int64_t{1} << 61U);
      Integers values(n);
      std::vector<uint32_t> offsets(n);
      for (size_t i = 0; i < n; ++i) {
        const uint64_t offset = i == 0 || bits == 0 ? 0 : random() >> (64 - bits);
        values[i] = least + static_cast<int64_t>(offset);
        offsets[i] = static_cast<uint32_t>(offset);
      }
      CHECK(decoded(encoded(values), n) == values);
      if (bits > 32 || n == 0) continue;
      ByteWriter out;
      encode_offsets(out, least, offsets);
      CHECK(out.take() == encoded(values));
    }
  }
  CHECK(decoded(encoded(Integers{INT64_MIN, INT64_MAX, 0}), 3) == Integers{INT64_MIN, INT64_MAX, 0});
}

}  // namespace hr::store
