// Texts and their numbers, beside a map of the standard library.
#include "facts/shared_dictionary.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <thread>

#include "distinct_texts.h"

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

// Every text gets one and the same number, added singly, together, or the slow way.
void add_to_all(const std::vector<std::string>& texts, Dictionary& one_by_one, Dictionary& together, Plain& plain) {
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  std::vector<uint32_t> codes(views.size());
  together.add_all(views, codes);
  for (size_t i = 0; i < texts.size(); ++i) {
    const uint32_t expected = plain.add(texts[i]);
    REQUIRE(one_by_one.add(texts[i]) == expected);
    REQUIRE(codes[i] == expected);
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

// That end in a letter, so that they do not count: see counted_ids_test.cpp for those that do.
std::vector<std::string> names(size_t n) {
  std::vector<std::string> all = ids(n);
  for (std::string& text : all) text += 'x';
  return all;
}

}  // namespace

TEST_CASE("texts get numbers in order of first appearance, however they come") {
  std::mt19937 random(5);
  Dictionary one_by_one;
  Dictionary together;
  together.expect(100);  // there will be more
  Plain plain;
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string> texts;
    const bool in_order = round % 3 == 0 && !plain.texts().empty();
    size_t at = in_order ? random() % plain.texts().size() : 0;
    for (size_t i = 0; i < random() % 200; ++i) {
      texts.push_back(in_order && random() % 16 != 0 ? plain.texts()[at] : random_text(random));
      if (in_order && random() % 4 == 0) at = (at + 1) % plain.texts().size();
    }
    add_to_all(texts, one_by_one, together, plain);
  }
  check_same(one_by_one, plain);
  check_same(together, plain);
}

TEST_CASE("texts that differ in one byte are two, whatever their length and wherever it is") {
  for (size_t n = 1; n <= 40; ++n) {
    Dictionary dictionary;
    Plain plain;
    std::vector<std::string> texts{std::string(n, 'x')};
    for (size_t at = 0; at < n; ++at) texts.emplace_back(texts[0]).at(at) = 'y';
    for (const std::string& text : texts) {
      CHECK(dictionary.add(texts[0]) == plain.add(texts[0]));  // what comes next is held beside it first
      CHECK(dictionary.add(text) == plain.add(text));
    }
    check_same(dictionary, plain);
  }
}

TEST_CASE("texts that share a hash are two") {  // of 300,000 about ten do, with 32 bits
  const std::vector<std::string> texts = names(300'000);
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  std::vector<uint32_t> codes(views.size());
  Dictionary together;
  together.add_all(views, codes);
  Dictionary one_by_one;
  size_t wrong = 0;
  for (uint32_t i = 0; i < texts.size(); ++i) {
    const bool right = codes[i] == i && one_by_one.add(texts[i]) == i && together.find(texts[i]) == i;
    wrong += right ? 0U : 1U;
  }
  CHECK(wrong == 0);
}

TEST_CASE("of new texts only those are added that are agreed to") {
  Dictionary dictionary;
  dictionary.add("old 7");
  std::vector<std::string> texts;  // more than are looked up together
  for (int i = 0; i < 100; ++i) texts.push_back((i % 10 < 5 ? "new " : "old ") + std::to_string(i % 50));
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  std::vector<uint32_t> codes(views.size());
  std::vector<std::string> asked;
  dictionary.add_all(views, codes, [&](std::string_view text) {
    asked.emplace_back(text);
    return text.starts_with("new");
  });
  CHECK(dictionary.size() == 26);  // "old 7" and 25 new ones
  for (size_t i = 0; i < texts.size(); ++i) {
    const bool there = texts[i] == "old 7" || texts[i].starts_with("new");
    CHECK(codes[i] == (there ? dictionary.find(texts[i]).value() : kMissingCode));
  }
  CHECK(std::count(asked.begin(), asked.end(), "old 7") == 0);  // is there
  CHECK(std::count(asked.begin(), asked.end(), "new 0") == 1);
}

TEST_CASE("a dictionary that may repeat texts looks for none where nearly all are new, and for all where not") {
  std::mt19937 random(9);
  const auto sizes = [&](uint32_t distinct) {  // of one that may repeat, and of one that may not
    Dictionary plain;
    Dictionary repeating;
    repeating.allow_repeats();
    for (int round = 0; round < 60; ++round) {
      std::vector<std::string> texts;
      for (int i = 0; i < 1000; ++i) texts.push_back("E" + std::to_string(random() % distinct));
      const std::vector<std::string_view> views(texts.begin(), texts.end());
      std::vector<uint32_t> codes(views.size());
      plain.add_all(views, codes);
      repeating.add_all(views, codes);
      for (size_t i = 0; i < codes.size(); ++i) REQUIRE(repeating[codes[i]] == views[i]);
      const uint32_t one = repeating.add(texts[7]);
      REQUIRE(repeating[one] == texts[7]);
      repeating.add_all({&views[7], 1}, {&codes[7], 1}, [](std::string_view) { return false; });
      REQUIRE((codes[7] == kMissingCode || repeating[codes[7]] == texts[7]));
      if (round == 50) repeating = Dictionary(repeating);  // a copy goes on the same way
    }
    return std::pair(repeating.size(), plain.size());
  };
  const auto few = sizes(50'000);
  CHECK(few.first == few.second);
  const auto many = sizes(1'000'000'000);
  CHECK(many.first > many.second);
  CHECK(many.first > 60'000);
}

TEST_CASE("ids that go up, with some that do not among them, get the numbers that any texts would") {
  std::mt19937 random(11);
  const auto check = [&](const std::string& head, unsigned odd) {  // one in `odd` came before, or is a smaller one
    Dictionary one_by_one;
    Dictionary together;
    Plain plain;
    for (size_t next = 95; next < 3000; next += 100) {  // E95 … E3094: they get longer
      std::vector<std::string> texts;
      for (size_t i = next; i < next + 100; ++i) {
        texts.push_back(head + std::to_string(i));
        if (random() % odd == 0)
          texts.push_back(head + std::to_string(random() % 4 == 0 ? random() % 90 : random() % i));
        if (random() % odd == 0) texts.emplace_back();
      }
      add_to_all(texts, one_by_one, together, plain);
      if (random() % 4 == 0) together = Dictionary(together);  // a copy goes on the same way
    }
    check_same(one_by_one, plain);
    check_same(together, plain);
  };
  for (const unsigned odd : {1000000U, 500U, 20U, 2U}) {
    for (const char* head : {"E", "E0000", "E00000000000", "one of many, many ids "}) check(head, odd);
  }
}

TEST_CASE("a text that came before is found, whatever came last") {
  for (const char* head : {"", "E", "E0000", "E000000", "E00000000000", "one of many, many ids "}) {
    Dictionary up;  // ids that only went up so far
    for (int i = 95; i <= 1200; ++i) up.add(head + std::to_string(i));
    for (const int before : {95, 99, 100, 700, 999, 1000, 1100, 1199, 1200}) {
      Dictionary copy = up;
      CHECK(copy.add(head + std::to_string(before)) == static_cast<uint32_t>(before - 95));
      CHECK(copy.add(head + std::to_string(1201)) == up.size());
    }
  }
  const auto check = [](Dictionary dictionary) {  // has d, c, b, a
    CHECK(dictionary.add("b") == 2);
    CHECK(dictionary.add("e") == 4);
    CHECK(dictionary.add("c") == 1);
  };
  Dictionary down;
  for (const char* text : {"d", "c", "b", "a"}) down.add(text);
  check(down);
  check(Dictionary(std::make_shared<Dictionary>(down)));
  Dictionary read;
  read.append_distinct("dcba", std::vector<uint32_t>(4, 1));
  check(read);
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
  Dictionary full;
  full.add(std::string(1UL << 20U, 'x'));
  full.add("");  // behind a block without room
  CHECK(full[1].empty());
}

TEST_CASE("texts added together lie as those added one by one: a block filled to its end, more than a block, nothing") {
  constexpr size_t kBlock = size_t{1} << 20U;
  Plain plain;
  std::string bytes;
  std::vector<uint32_t> lengths;
  for (const size_t n : {size_t{5}, size_t{255}, size_t{2}, kBlock - 1, size_t{1}, size_t{0}, kBlock, size_t{3},
                         3 * kBlock, kBlock + 1, size_t{4}}) {
    plain.add(std::string(n, 'x'));
    bytes.append(n, 'x');
    lengths.push_back(static_cast<uint32_t>(n));
  }
  Dictionary dictionary;
  dictionary.append_distinct({}, {});
  CHECK(dictionary.size() == 0);
  Dictionary of_nothing;
  of_nothing.append_distinct({}, std::vector<uint32_t>{0});
  CHECK(of_nothing.find("") == 0);
  Dictionary full;
  full.append_distinct(std::string(kBlock, 'x'), std::vector<uint32_t>{kBlock, 0});  // the second has no room there
  CHECK(full[1].empty());
  dictionary.append_distinct(bytes, lengths);
  check_same(dictionary, plain);
  CHECK(dictionary.add(std::string(kBlock - 2, 'x')) == lengths.size());
}

TEST_CASE("texts known to be distinct are found, by many threads at once too") {
  std::vector<std::string> texts = names(25'000);
  for (std::string& text : ids(25'000)) texts.push_back(std::move(text));
  Dictionary dictionary;
  dictionary.add("first");
  append_distinct(dictionary, texts);
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

TEST_CASE("very many texts, of whose index each thread makes a part, are found") {
  const std::vector<std::string> texts = names(390'000);  // the table is nearly full: a part has no room for some
  for (const size_t before : {size_t{0}, size_t{1}}) {
    Dictionary dictionary;
    if (before > 0) CHECK(dictionary.find(std::to_string(dictionary.add("first"))) == std::nullopt);
    append_distinct(dictionary, texts);
    size_t wrong = 0;
    for (size_t i = 0; i < texts.size(); ++i) wrong += dictionary.find(texts[i]) != i + before ? 1U : 0U;
    CHECK(wrong == 0);
    CHECK(dictionary.find("none of them") == std::nullopt);
    CHECK(dictionary.add(texts[5]) == 5 + before);
  }
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
  CHECK(Dictionary().find("a") == std::nullopt);

  Dictionary even;
  Dictionary all;  // more than are looked up together
  std::vector<uint32_t> expected;
  for (uint32_t i = 0; i < 100; ++i) {
    all.add(std::to_string(i));
    expected.push_back(i % 2 == 0 ? even.add(std::to_string(i)) : kMissingCode);
  }
  codes.resize(100);
  even.find_all(all, codes);
  CHECK(codes == expected);
}

TEST_CASE("a dictionary on top of another gives the numbers that one of all texts would") {
  std::mt19937 random(21);
  for (const size_t known : {size_t{0}, size_t{1}, size_t{300}}) {
    Plain plain;
    Dictionary below;
    for (size_t i = 0; i < known; ++i) {
      const std::string text = i % 2 == 0 ? "E" + std::to_string(i) : random_text(random);
      plain.add(text);
      below.add(text);
    }
    const SharedDictionary base(std::move(below));
    SharedDictionary top = base.on_top();
    CHECK(top.begins_with(base) == base.size());
    CHECK(base.begins_with(base) == base.size());
    CHECK(base.begins_with(top) == 0);
    for (int round = 0; round < 60; ++round) {
      std::vector<std::string> texts;
      for (size_t i = 0; i < random() % 80; ++i) {
        const size_t next = (static_cast<size_t>(round) * 7 + i) % 400;
        texts.push_back(random() % 3 == 0 ? random_text(random) : "E" + std::to_string(next));
      }
      const std::vector<std::string_view> views(texts.begin(), texts.end());
      std::vector<uint32_t> codes(views.size());
      top.own().add_all(views, codes);
      for (size_t i = 0; i < texts.size(); ++i) REQUIRE(codes[i] == plain.add(texts[i]));
      const std::string one = random_text(random);
      REQUIRE(top.add(one) == plain.add(one));
      if (round % 20 == 0) top.own() = Dictionary(top.own());
    }
    check_same(top, plain);
    CHECK_FALSE(static_cast<const Dictionary&>(top).find("there is none"));
    std::vector<uint32_t> codes(top.size());
    static_cast<const Dictionary&>(base).find_all(top, codes);
    for (uint32_t c = 0; c < codes.size(); ++c) CHECK(codes[c] == (c < base.size() ? c : kMissingCode));
    static_cast<const Dictionary&>(top).find_all(top, codes);
    for (uint32_t c = 0; c < codes.size(); ++c) CHECK(codes[c] == c);
  }
}
