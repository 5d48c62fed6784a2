// Numbers in sequence as bytes. Expected bytes are worked out by hand from docs/formats/store.md.
#include "store/sequence_codec.h"

#include <algorithm>
#include <bit>
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

// The plain twin of encode_sequence(): any difference as 64 bits, one number after the other.
std::string plainly(const std::vector<uint32_t>& values) {
  const auto width = [](const std::vector<int64_t>& of) {
    const auto [low, high] = std::minmax_element(of.begin(), of.end());
    return of.empty() ? 0U : static_cast<unsigned>(std::bit_width(static_cast<uint64_t>(*high - *low)));
  };
  const auto steps_of = [](const std::vector<int64_t>& of) {
    std::vector<int64_t> steps;
    for (size_t i = 1; i < of.size(); ++i) steps.push_back(of[i] - of[i - 1]);
    return steps;
  };
  const auto simple = [&](const std::vector<int64_t>& of) {
    std::vector<int64_t> steps = steps_of(of);
    if (width(steps) >= width(of)) return std::string(1, '\0') + encoded(of);
    steps.insert(steps.begin(), steps.front());  // the first says nothing
    ByteWriter first;
    first.number(static_cast<uint64_t>(of[0]));
    return "\x01" + first.take() + encoded(steps);
  };
  std::vector<int64_t> all(values.begin(), values.end()), each, lengths;
  for (const int64_t v : all) {
    if (each.empty() || each.back() != v) {
      each.push_back(v);
      lengths.push_back(0);
    }
    ++lengths.back();
  }
  const size_t in_runs = std::min(width(all), width(steps_of(each)));
  if (each.size() * (width(lengths) + in_runs) >= all.size() * std::min(width(all), width(steps_of(all))))
    return simple(all);
  ByteWriter out;
  out.byte(2);
  out.number(each.size());
  return out.take() + encoded(lengths) + simple(each);
}

}  // namespace

TEST_CASE("numbers up to 2^31 and beyond have the form that any difference as 64 bits leads to") {
  std::mt19937 generator(12);
  const auto random = [&] { return static_cast<uint32_t>(generator()); };
  for (int round = 0; round < 4000; ++round) {
    std::vector<uint32_t> values;
    const uint32_t kind = random() % 5;
    const uint32_t often = 1 + random() % 30;
    const uint32_t least =
        std::vector<uint32_t>{0, 5, INT32_MAX - 3, INT32_MAX, 3'000'000'000, UINT32_MAX}[random() % 6];
    uint32_t now = least;
    for (uint32_t n = random() % 90; n > 0; --n) {
      if (kind == 0) now = random();
      if (kind == 1) now += random() % 3;
      if (kind == 2 && random() % often == 0) now = least + random() % 100;
      if (kind == 3 && random() % often == 0) ++now;
      if (kind == 4) now = random() % often == 0 ? UINT32_MAX - random() % 2 : random() % 2;
      values.push_back(now);
    }
    REQUIRE(encoded_sequence(values) == plainly(values));
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

}  // namespace hr::store
