// The nearest name against a plain table of edit distances.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "base/suggester.h"
#include "base/text.h"

using hr::nearest;
using Names = std::vector<std::string>;

// Optimal string alignment over bytes, the whole table.
static size_t distance(const std::string& a, const std::string& b) {
  std::vector<std::vector<size_t>> d(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    for (size_t j = 1; j <= b.size(); ++j) {
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

// Eight names beside one, of a few letters each: what is found is the first of those that the table calls nearest.
// `ordered`: names that follow each other begin alike.
static void check_words(size_t rounds, size_t most, size_t least = 0, bool ordered = false) {
  std::mt19937 random(11);
  const auto word = [&](size_t longest) {
    std::string text;
    for (size_t n = least + random() % (longest - least + 1); n > 0; --n) text += static_cast<char>('a' + random() % 3);
    return text;
  };
  for (size_t round = 0; round < rounds; ++round) {
    const std::string name = word(most);
    Names candidates;
    for (int i = 0; i < 8; ++i) candidates.push_back(word(most + 1));
    if (ordered) std::sort(candidates.begin(), candidates.end());
    std::optional<std::string> expected;
    size_t best = std::max<size_t>(1, name.size() / 3) + 1;
    for (const std::string& candidate : candidates) {
      const size_t d = distance(name, candidate);
      if (d >= best || d >= name.size()) continue;
      best = d;
      expected = candidate;
    }
    CHECK(nearest(name, candidates) == expected);
    const std::vector<std::string_view> views(candidates.begin(), candidates.end());
    CHECK(nearest(name, views) == expected);
  }
}

TEST_CASE("the first of the nearest names, within a third of the letters and never all of them") {
  check_words(20'000, 12);
}

TEST_CASE("names in order, of which each begins as the one before") {
  check_words(20'000, 12, 0, true);
  CHECK(nearest("销售金额目标", Names{"利销售", "利润率", "销售额", "销金额售目标", "销金售额目标", "销金售额目率"}) ==
        "销金售额目标");  // 售 and 金 swapped
  // Bytes that are no code point stand for themselves: two of the first name are in the second one's 绩.
  CHECK(nearest("\xC3绩\xC3", Names{"\xC3\xE7\xA9", "\xC3绩"}) == "\xC3绩");
}

TEST_CASE("names of more than 64 letters, and of about so many") {
  check_words(300, 67, 60);
}

TEST_CASE("letters are characters, and the case of ASCII ones does not count") {
  CHECK(nearest("Revenue", Names{"revenue"}) == "revenue");
  CHECK(nearest("销售颔", Names{"利润率", "销售额"}) == "销售额");
  CHECK(nearest("销售金额目标", Names{"销金售额目标x", "销金售额目标", "销售目标"}) == "销金售额目标");  // two swapped
  CHECK_FALSE(nearest("", Names{"a"}));
  CHECK_FALSE(nearest("S", Names{"A", "B"}));
}

TEST_CASE("a suggester stops when its budget is spent") {
  hr::Suggester suggester(100);
  const Names known{"revenue", "calls"};  // 12 letters: a name of 7 costs 84
  CHECK(suggester.near("revenu3", known) == "revenue");
  CHECK(suggester.near("revenu3", known).empty());
}
