// Columns as bytes. Expected bytes are worked out by hand from docs/formats/store.md; what is decoded must be what was
// encoded; damaged bytes must be refused or give some value, never a crash.
#include "store/column_codec.h"

#include <algorithm>
#include <random>

#include "store/checksum.h"
#include "store_fixture.h"

namespace hr::store {

namespace {

std::string encoded(const std::vector<int64_t>& values) {
  ByteWriter out;
  encode_integers(out, values);
  return out.take();
}

std::vector<int64_t> decoded(const std::string& bytes, size_t n) {
  ByteReader in(bytes);
  auto values = decode_integers(in, n);
  in.end();
  return values;
}

std::vector<Decimal> decimals(std::initializer_list<const char*> texts) {
  std::vector<Decimal> values;
  for (const std::string_view t : texts)
    values.push_back(t.empty() ? facts::kMissingDecimal : parse_decimal(t).value());
  return values;
}

std::string encoded(const std::vector<Decimal>& values) {
  ByteWriter out;
  encode_decimals(out, values);
  return out.take();
}

facts::Frame sample() {
  facts::Frame frame = frame_of(
      model::TableId::employees, {"employee_id", "name", "fte", "hire_date", "attr.x"},
      {{"E1", "李娜", "0.5", "2020-02-29", ""}, {"E2", "", "1", "", "y"}, {"E3", "Bo", "", "1999-12-31", "y"}});
  frame.sources = {7, 7, 9};
  return frame;
}

bool same(const facts::Frame& frame, const FrameBlock& block, size_t begin) {
  bool equal = frame.columns.size() == block.columns.size();
  for (size_t c = 0; equal && c < block.columns.size(); ++c) {
    const facts::Column& a = frame.columns[c];
    const ColumnBlock& b = block.columns[c];
    equal = a.name == b.name && a.storage == b.storage && a.carried == b.carried;
    for (size_t row = 0; equal && row < block.size(); ++row) {
      if (a.storage == facts::Storage::day)
        equal = a.days[begin + row] == b.days[row];
      else if (a.storage == facts::Storage::decimal)
        equal = a.decimals[begin + row] == b.decimals[row];
      else
        equal = (b.codes[row] == facts::kMissingCode) == a.missing(begin + row) &&
                (a.missing(begin + row) || b.texts[b.codes[row]] == a.text(begin + row));
    }
  }
  for (size_t row = 0; equal && row < block.size(); ++row) equal = block.rows[row] == frame.rows[begin + row];
  return equal;
}

}  // namespace

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

TEST_CASE("decimals of one scale and of many come back with what is missing") {
  for (const auto& values : {decimals({"1.5", "", "-20", "0.25"}), decimals({"", ""}),
                             decimals({"999999999999999999", "0.000000000000000001"}),
                             decimals({"-999999999999999999", "0.1", "", "3"}), decimals({}), decimals({"0"})}) {
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

TEST_CASE("a block of a frame comes back cell by cell") {
  const facts::Frame frame = sample();
  for (const auto& [begin, end] : {std::pair<size_t, size_t>{0, 3}, {1, 3}, {2, 2}}) {
    const std::string bytes = encode_frame_block(frame, begin, end);
    const FrameBlock block = decode_frame_block(bytes, end - begin);
    CHECK(block.size() == end - begin);
    CHECK(same(frame, block, begin));
    CHECK(block.sources == std::vector<uint32_t>(frame.sources.begin() + static_cast<std::ptrdiff_t>(begin),
                                                 frame.sources.begin() + static_cast<std::ptrdiff_t>(end)));
  }
}

TEST_CASE("a block that is cut anywhere is refused") {
  const std::string bytes = encode_frame_block(sample(), 0, 3);
  for (size_t n = 0; n < bytes.size(); ++n) CHECK_THROWS_AS(decode_frame_block(bytes.substr(0, n), 3), DamagedBlob);
  CHECK_THROWS_AS(decode_frame_block(bytes + '\0', 3), DamagedBlob);
  CHECK_THROWS_AS(decode_frame_block(bytes, 9), DamagedBlob);
  CHECK_THROWS_AS(decode_frame_block(bytes, kBlockRows + 1), DamagedBlob);
}

namespace {

std::string encoded_texts(const std::vector<std::string_view>& texts) {
  ByteWriter out;
  encode_texts(out, texts);
  return out.take();
}

std::vector<std::string> decoded_texts(const std::string& bytes, size_t n) {
  ByteReader in(bytes);
  const Texts texts = decode_texts(in, n);
  in.end();
  const std::vector<std::string_view> views = texts.views();
  return {views.begin(), views.end()};
}

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

using Integers = std::vector<int64_t>;

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

TEST_CASE("texts that count cost their steps") {
  // form 1, one run, of 5, its first of 3 bytes, steps
  CHECK(encoded_texts({"K08", "K09", "K10", "K18", "K109"}) ==
        "\x01\x01" + encoded(Integers{5}) + encoded(Integers{3}) + "K08" + encoded(Integers{1, 1, 8, 91}));
  CHECK(encoded_texts({"a", "b"}) == std::string(1, '\0') + encoded(Integers{1, 1}) + "ab");  // form 0
}

TEST_CASE("texts of any kind come back") {
  const auto same = [](const std::vector<std::string>& texts) {
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    const std::string bytes = encoded_texts(views);
    EncodedTexts single(bytes, texts.size());
    for (size_t i = 0; i < texts.size(); ++i) {
      const auto found = single.find(texts[i]);
      if (single.at(i) != texts[i] || !found || texts[*found] != texts[i]) return false;
      const std::string other = texts[i] + "0";  // is there, or is not
      const auto at = single.find(other);
      if (at ? texts[*at] != other : std::find(texts.begin(), texts.end(), other) != texts.end()) return false;
    }
    return !single.find("nobody") && decoded_texts(bytes, texts.size()) == texts;
  };
  CHECK(same({}));
  CHECK(same({"", "1", "2", "3", "4"}));
  CHECK(same({"9", "10", "011", "12", "0", "00", "000", "001", "999", "1000", "01000"}));
  CHECK(same({"E1", "E2", "E3", "E4", "E5", "E5", "E4", "E6"}));
  CHECK(same({"x999999999999999998", "x999999999999999999", "x1000000000000000000", "x1000000000000000001", "x2"}));
  CHECK(same({std::string(300, 'a') + "1", std::string(300, 'a') + "2", "b", "b1", "b2", "b3", "b4", "b5"}));
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string> texts;
    uint64_t number = random() % 20;
    for (int i = 0; i < 100; ++i) {
      if (random() % 40 == 0) number = random() % 2000;
      number += random() % 50 ? random() % 3 : 1000000;
      const std::string digits = std::to_string(number);
      const size_t width = random() % 60 ? 0 : 5;
      texts.push_back("E" + std::string(width > digits.size() ? width - digits.size() : 0, '0') + digits);
    }
    CHECK(same(texts));
  }
}

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

TEST_CASE("random damage of a block never crashes") {
  const std::string bytes = encode_frame_block(sample(), 0, 3);
  std::mt19937 random(7);
  int refused = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string damaged = bytes;
    for (auto flips = 1 + random() % 3; flips > 0; --flips)
      damaged[random() % damaged.size()] = static_cast<char>(random());
    try {
      const FrameBlock block = decode_frame_block(damaged, 3);
      for (const ColumnBlock& c : block.columns) {
        for (const uint32_t code : c.codes)
          REQUIRE((c.numbered || code == facts::kMissingCode || code < c.texts.size()));
      }
    } catch (const DamagedBlob&) {
      ++refused;
    }
  }
  CHECK(refused > 1000);
}

}  // namespace hr::store
