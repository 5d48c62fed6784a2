// Ids that count, beside a map of the standard library.
#include "facts/counted_ids.h"

#include <doctest/doctest.h>

#include <map>
#include <memory>
#include <random>
#include <string>

#include "distinct_texts.h"
#include "facts/dictionary.h"
#include "ids.h"

using namespace hr::facts;

namespace {

Dictionary dictionary_of(const std::vector<std::string>& texts) {
  Dictionary dictionary;
  append_distinct(dictionary, texts);
  return dictionary;
}

// Whether each is found under its place, alone and together.
bool all_found(const Dictionary& dictionary, const std::vector<std::string>& texts) {
  Dictionary others;
  bool right = true;
  for (uint32_t i = 0; i < texts.size(); ++i) {
    others.add(texts[i]);
    right &= dictionary.find(texts[i]) == i;
  }
  std::vector<uint32_t> codes(texts.size());
  dictionary.find_all(others, codes);
  for (uint32_t i = 0; i < codes.size(); ++i) right &= codes[i] == i;
  return right;
}

using Ranges = std::vector<std::pair<uint32_t, uint32_t>>;

Ranges left_of(const std::vector<std::string>& texts) {
  const Dictionary all = dictionary_of(texts);
  return CountedIds().take(all, 0, static_cast<uint32_t>(texts.size()));
}

// `n` ids from `first` on, `step` apart.
std::vector<std::string> ids(const std::string& front, size_t digits, uint64_t first, size_t n, uint64_t step = 1) {
  std::vector<std::string> all;
  for (size_t i = 0; i < n; ++i) all.push_back(padded(front, first + step * i, digits));
  return all;
}

std::vector<std::string> operator+(std::vector<std::string> a, const std::vector<std::string>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

}  // namespace

TEST_CASE("ids that count are found among others, and nothing that only looks like one") {
  std::mt19937 random(7);
  const IdForm forms[] = {{"", 4},    {"", 7},       {"", 8},     {"E", 7},    {"K", 4},
                          {"No-", 5}, {"unit:U", 6}, {"2024", 8}, {"员工", 6}, {"20240000", 5}};
  for (const IdForm& form : forms) {
    const std::string front = form.front;
    const size_t digits = form.digits;
    CAPTURE(front);
    std::vector<std::string> texts{"first", "E12x"};
    uint64_t number = random() % 1'000;
    for (int i = 0; i < 4'500; ++i)
      texts.push_back(padded(front, number += 1 + (digits > 4 ? random() % 9 : 0), digits));
    texts.emplace_back("last");
    for (int i = 0; i < 50; ++i)
      texts.push_back(padded(front, number += 1 + random() % 3, digits));  // too few to count
    std::map<std::string, uint32_t> expected;
    for (const std::string& text : texts) expected.emplace(text, static_cast<uint32_t>(expected.size()));
    const Dictionary dictionary = dictionary_of(texts);
    REQUIRE(CountedIds().take(dictionary, 0, static_cast<uint32_t>(texts.size())).size() == 2);
    std::vector<std::string> asked = texts;
    for (int i = 0; i < 2'000; ++i) {
      const std::vector<std::string> others = changed(texts[random() % texts.size()], random);
      asked.insert(asked.end(), others.begin(), others.end());
      asked.push_back(padded(front, random() % (number + 100), digits));
    }
    Dictionary others;
    size_t wrong = 0;
    for (const std::string& text : asked) {
      others.add(text);
      const auto at = expected.find(text);
      const auto code = dictionary.find(text);
      wrong += code != (at == expected.end() ? std::nullopt : std::optional(at->second)) ? 1U : 0U;
    }
    CHECK(wrong == 0);
    std::vector<uint32_t> codes(others.size());  // the same looked up together
    dictionary.find_all(others, codes);
    for (uint32_t c = 0; c < codes.size(); ++c) {
      const auto at = expected.find(std::string(others[c]));
      wrong += codes[c] != (at == expected.end() ? kMissingCode : at->second) ? 1U : 0U;
    }
    CHECK(wrong == 0);
  }
}

TEST_CASE("what does not count is left: too few, too far apart, not going up, too many runs") {
  CHECK(left_of(ids("E", 7, 5, 5'000)).empty());
  CHECK(left_of(ids("E", 7, 5, 4'095)) == Ranges{{0, 4'095}});
  CHECK(left_of(ids("E", 8, 0, 5'000, 64)).empty());
  CHECK(left_of(ids("E", 8, 0, 5'000, 66)) == Ranges{{0, 5'000}});
  CHECK(left_of({"a", "b"}) == Ranges{{0, 2}});
  // One far away ends a run, whose others still count.
  CHECK(left_of(ids("E", 7, 0, 5'000) + ids("E", 7, 9'999'999, 1)) == Ranges{{5'000, 5'001}});
  // Two runs, the second of lower numbers than the first.
  CHECK(left_of(ids("E", 7, 10'000, 5'000) + ids("E", 7, 0, 5'000)).empty());
  std::vector<std::string> many;
  for (const char* front : {"A", "B", "C", "D", "E"}) many = many + ids(front, 7, 0, 5'000);
  CHECK(left_of(many) == Ranges{{20'000, 25'000}});
}

TEST_CASE("ids of several runs are found, and of those that are left") {
  std::vector<std::string> texts;
  for (const char* front : {"A", "B", "C", "D", "E"}) texts = texts + ids(front, 7, 0, 5'000, 3);
  CHECK(all_found(dictionary_of(texts), texts));
  const std::vector<std::string> again = ids("E", 7, 10'000, 5'000) + ids("E", 7, 0, 5'000);  // of one shape
  CHECK(all_found(dictionary_of(again), again));
  // Of a text that stands twice, which should not be, those behind it keep their codes.
  const Dictionary twice = dictionary_of(ids("E", 7, 0, 5'000) + ids("E", 7, 4'999, 5'000));
  CHECK(twice.find("E0004999") == 4'999);
  CHECK(twice.find("E0005000") == 5'001);
}

TEST_CASE("ids that come behind an index that was made, or on top of other texts, are found") {
  const std::vector<std::string> first = ids("E", 7, 0, 5'000);
  const std::vector<std::string> later = ids("F", 7, 0, 5'000);
  Dictionary dictionary = dictionary_of(first);
  CHECK(dictionary.find("E0000007") == 7);
  append_distinct(dictionary, later);
  CHECK(all_found(dictionary, first + later));

  const auto below = std::make_shared<const Dictionary>(dictionary_of(first));
  const auto between = std::make_shared<Dictionary>(below);
  append_distinct(*between, later);
  Dictionary top(between);
  CHECK(top.add("G1") == 10'000);
  append_distinct(top, ids("H", 7, 0, 5'000));
  CHECK(all_found(top, first + later + std::vector<std::string>{"G1"} + ids("H", 7, 0, 5'000)));

  std::vector<uint32_t> codes(4);
  const std::vector<std::string_view> texts{"F0000001", "new", "E0000002", "refused"};
  top.add_all(texts, codes, [](std::string_view text) { return text == "new"; });
  CHECK(codes == std::vector<uint32_t>{5'001, 15'001, 2, kMissingCode});
}

TEST_CASE("texts added to a dictionary whose ids count get the next numbers, and are found") {
  Dictionary dictionary = dictionary_of(ids("E", 7, 0, 5'000) + ids("E", 7, 6'000, 100));
  CHECK(dictionary.add("E0005500") == 5'100);
  CHECK(dictionary.add("E0004999") == 4'999);
  CHECK(dictionary.add("E0006007") == 5'007);
  CHECK(dictionary.add("E0005500") == 5'100);
  CHECK(dictionary.add("name") == 5'101);
  const Dictionary copy = dictionary;
  CHECK(copy.find("name") == 5'101);
  CHECK(copy.find("E0000042") == 42);
  CHECK_FALSE(copy.find("E0005000"));
}
