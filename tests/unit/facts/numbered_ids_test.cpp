// Ids that have a number and come in no order, beside a map of the standard library.
#include "facts/numbered_ids.h"

#include <doctest/doctest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "facts/dictionary.h"
#include "ids.h"

using namespace hr::facts;

namespace {

using Codes = std::map<std::string, uint32_t>;

// So many ids of one shape in no order, among them some that come twice, others, and some that only look like them.
std::vector<std::string> texts_of(const std::string& front, size_t digits, size_t n, std::mt19937& random) {
  uint64_t most = 10;
  for (size_t i = 1; i < digits; ++i) most *= 10;
  std::vector<std::string> texts;
  while (texts.size() < n) {
    texts.push_back(padded(front, random() % most, digits));
    if (random() % 8 == 0) texts.push_back(texts[random() % texts.size()]);
    if (random() % 64 != 0) continue;
    texts.push_back("name " + std::to_string(random() % 1'000) + "x");
    for (const std::string& other : changed(texts.back(), random)) texts.push_back(other);
  }
  return texts;
}

Codes codes_of(const std::vector<std::string>& texts, uint32_t first = 0) {
  Codes codes;
  for (const std::string& text : texts) codes.emplace(text, first + static_cast<uint32_t>(codes.size()));
  return codes;
}

size_t wrong_in(const Dictionary& dictionary, const Codes& expected, std::mt19937& random) {
  size_t wrong = 0;
  for (const auto& [text, code] : expected) {
    wrong += dictionary.find(text) != code || dictionary[code] != text ? 1U : 0U;
    for (const std::string& other : changed(text.empty() ? "E1" : text, random)) {
      const auto at = expected.find(other);
      wrong += dictionary.find(other) != (at == expected.end() ? std::nullopt : std::optional(at->second)) ? 1U : 0U;
    }
  }
  return wrong;
}

}  // namespace

TEST_CASE("ids of one shape in no order get the codes that any texts would") {
  std::mt19937 random(11);
  for (const IdForm& form : {IdForm{"E", 7}, {"", 8}, {"unit:U", 6}, {"20240000", 8}, {"K", 5}, {"员工", 6}, {"", 4}}) {
    CAPTURE(form.front);
    const std::vector<std::string> texts = texts_of(form.front, form.digits, 20'000, random);
    const Codes expected = codes_of(texts);
    Dictionary one_by_one, together;
    std::vector<std::string_view> views(texts.begin(), texts.end());
    std::vector<uint32_t> codes(texts.size());
    together.expect(form.digits > 6 ? 30'000 : 0);
    together.add_all(views, codes);
    size_t wrong = 0;
    for (size_t i = 0; i < texts.size(); ++i)
      wrong += one_by_one.add(texts[i]) != codes[i] || expected.at(texts[i]) != codes[i] ? 1U : 0U;
    CHECK(wrong == 0);
    CHECK(wrong_in(together, expected, random) == 0);
    std::vector<uint32_t> found(together.size());
    one_by_one.find_all(together, found);
    for (uint32_t c = 0; c < found.size(); ++c) wrong += found[c] != c ? 1U : 0U;
    CHECK(wrong == 0);
    CHECK(wrong_in(Dictionary(together), expected, random) == 0);
  }
}

TEST_CASE("numbered ids on top of other texts, and those that are not agreed to") {
  std::mt19937 random(12);
  const auto base = std::make_shared<Dictionary>();
  const std::vector<std::string> before = texts_of("E", 7, 10'000, random);
  for (const std::string& text : before) base->add(text);
  std::vector<std::string> texts = texts_of("E", 7, 10'000, random);
  texts.insert(texts.end(), before.begin(), before.begin() + 5'000);
  std::shuffle(texts.begin(), texts.end(), random);
  const auto is_even = [](std::string_view text) { return text.empty() || text.back() % 2 == 0; };
  Codes expected = codes_of(before);
  Dictionary dictionary(base);
  std::vector<std::string_view> views(texts.begin(), texts.end());
  std::vector<uint32_t> codes(texts.size());
  dictionary.add_all(views, codes, is_even);
  size_t wrong = 0;
  for (size_t i = 0; i < texts.size(); ++i) {
    if (is_even(texts[i])) expected.emplace(texts[i], static_cast<uint32_t>(expected.size()));
    const auto at = expected.find(texts[i]);
    wrong += codes[i] != (at == expected.end() ? kMissingCode : at->second) ? 1U : 0U;
  }
  CHECK(wrong == 0);
  CHECK(wrong_in(dictionary, expected, random) == 0);
}

TEST_CASE("texts known to be distinct find their place among numbered ids") {
  std::mt19937 random(13);
  std::vector<std::string> texts = texts_of("E", 7, 9'000, random);
  Dictionary dictionary;
  for (const std::string& text : texts) dictionary.add(text);
  Codes expected = codes_of(texts);
  std::string bytes;
  std::vector<uint32_t> lengths;
  for (const std::string& text : texts_of("E", 7, 9'000, random)) {
    if (!expected.emplace(text, static_cast<uint32_t>(expected.size())).second) continue;
    bytes += text;
    lengths.push_back(static_cast<uint32_t>(text.size()));
  }
  dictionary.append_distinct(bytes, lengths);
  CHECK(wrong_in(dictionary, expected, random) == 0);
}

TEST_CASE("numbers find their codes however many there are, the least and the greatest too") {
  NumberedIds ids;
  ids.begin(IdShape("E00000001"), 0);
  for (uint32_t i = 0; i < 50'000; ++i) ids.put(uint64_t{i} * 1'999, i);
  ids.put(99'999'999, 50'000);
  size_t wrong = 0;
  for (uint32_t i = 0; i < 50'000; ++i) {
    wrong += ids.find(uint64_t{i} * 1'999) != i ? 1U : 0U;
    wrong += ids.find(uint64_t{i} * 1'999 + 1) != kMissingCode ? 1U : 0U;
  }
  CHECK(wrong == 0);
  CHECK(ids.find(99'999'999) == 50'000);
  CHECK(ids.number_of("E00000000") == 0);
  CHECK(ids.number_of("F00000000") == IdShape::kNone);
}
