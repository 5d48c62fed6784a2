// Texts and their numbers, beside a map of the standard library.
#include "facts/dictionary.h"

#include <doctest/doctest.h>

#include <map>
#include <random>
#include <string>
#include <thread>

using namespace hr::facts;

namespace {

// Numbers in order of first appearance, the slow way.
class Plain {
 public:
  uint32_t add(const std::string& text) {
    const auto [it, fresh] = codes_.emplace(text, static_cast<uint32_t>(texts_.size()));
    if (fresh) texts_.push_back(text);
    return it->second;
  }
  const std::vector<std::string>& texts() const { return texts_; }

 private:
  std::map<std::string, uint32_t> codes_;
  std::vector<std::string> texts_;
};

void check_same(const Dictionary& dictionary, const Plain& plain) {
  REQUIRE(dictionary.size() == plain.texts().size());
  for (uint32_t c = 0; c < dictionary.size(); ++c) {
    REQUIRE(dictionary[c] == plain.texts()[c]);
    REQUIRE(dictionary.find(plain.texts()[c]) == c);
  }
}

std::string random_text(std::mt19937& random) {
  const size_t kinds[] = {0, 1, 2, 3, 7, 8, 9, 15, 16, 17, 40, 300};
  std::string text(kinds[random() % 12], ' ');
  for (char& c : text) c = "abc"[random() % 3];
  return text;
}

std::vector<std::string> ids(size_t n) {
  std::vector<std::string> all;
  for (size_t i = 0; i < n; ++i) all.push_back("E" + std::to_string(1'000'000 + i));
  return all;
}

}  // namespace

TEST_CASE("texts get numbers in order of first appearance, however they come") {
  std::mt19937 random(5);
  Dictionary one_by_one;
  Dictionary together;
  Plain plain;
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string> texts;
    const bool in_order = round % 3 == 0 && !plain.texts().empty();
    size_t at = in_order ? random() % plain.texts().size() : 0;
    for (size_t i = 0; i < random() % 200; ++i) {
      texts.push_back(in_order && random() % 16 != 0 ? plain.texts()[at] : random_text(random));
      if (in_order && random() % 4 == 0) at = (at + 1) % plain.texts().size();
    }
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    std::vector<uint32_t> codes(views.size());
    together.add_all(views, codes);
    for (size_t i = 0; i < texts.size(); ++i) {
      const uint32_t expected = plain.add(texts[i]);
      REQUIRE(one_by_one.add(texts[i]) == expected);
      REQUIRE(codes[i] == expected);
    }
  }
  check_same(one_by_one, plain);
  check_same(together, plain);
}

TEST_CASE("a text fills a block, more than a block, or nothing") {
  Dictionary dictionary;
  Plain plain;
  for (const size_t n :
       {0UL, 255UL, 1UL, 256UL, 1UL << 20U, (1UL << 20U) + 1, 3UL, 3UL << 20U, (1UL << 20U) - 1, 1UL, 2UL}) {
    const std::string text(n, n % 2 == 0 ? 'x' : 'y');
    CHECK(dictionary.add(text) == plain.add(text));
  }
  check_same(dictionary, plain);
  Dictionary copy = dictionary;
  const size_t n = dictionary.size();
  CHECK(copy.add("behind a copy") == n);
  CHECK(dictionary.find("behind a copy") == std::nullopt);
  CHECK(dictionary.add("z") == n);
  const std::string_view before = copy[3];
  const Dictionary moved = std::move(copy);
  CHECK(moved[3].data() == before.data());
}

TEST_CASE("texts known to be distinct are found, by many threads at once too") {
  const std::vector<std::string> texts = ids(50'000);
  std::string bytes;
  std::vector<uint32_t> lengths;
  for (const std::string& text : texts) {
    bytes += text;
    lengths.push_back(static_cast<uint32_t>(text.size()));
  }
  Dictionary dictionary;
  dictionary.add("first");
  dictionary.append_distinct(bytes, lengths);
  REQUIRE(dictionary.size() == texts.size() + 1);
  std::vector<size_t> wrong(4, 0);
  {
    std::vector<std::jthread> threads;
    for (size_t t = 0; t < wrong.size(); ++t) {
      threads.emplace_back([&, t] {
        for (size_t i = 0; i < texts.size(); ++i) wrong[t] += dictionary.find(texts[i]) != i + 1 ? 1U : 0U;
      });
    }
  }
  CHECK(wrong == std::vector<size_t>(4, 0));
  CHECK(dictionary.add(texts[7]) == 8);
  CHECK(dictionary.add("last") == texts.size() + 1);
}

TEST_CASE("all texts of one dictionary are looked up in another") {
  Dictionary some;
  some.append_distinct("ac", std::vector<uint32_t>{1, 1});
  Dictionary other;
  for (const char* text : {"b", "a", "", "c"}) other.add(text);
  std::vector<uint32_t> codes(4);
  some.find_all(other, codes);
  CHECK(codes == std::vector<uint32_t>{kMissingCode, 0, kMissingCode, 1});
  Dictionary().find_all(other, codes);
  CHECK(codes == std::vector<uint32_t>(4, kMissingCode));
}
