// Texts as bytes. Expected bytes are worked out by hand from docs/formats/store.md.
#include "store/text_codec.h"

#include <algorithm>
#include <random>

#include "encoded_integers.h"
#include "store_fixture.h"

namespace hr::store {

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

}  // namespace

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
      if (const size_t any = (i * 7919 + 3) % texts.size(); single.at(any) != texts[any]) return false;
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

}  // namespace hr::store
