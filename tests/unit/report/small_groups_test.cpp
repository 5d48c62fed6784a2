// Which groups are hidden. Expected by hand from docs/spec/analysis.md.
#include "report/small_groups.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

using namespace hr;

namespace {

// 's' shown, '<' suppressed, '+' complementary.
std::string shown(const std::vector<uint32_t>& people, uint32_t min_shown = 5) {
  std::string text;
  for (const report::Shown s : report::shown_groups(people, min_shown))
    text += s == report::Shown::shown ? 's' : s == report::Shown::suppressed ? '<' : '+';
  return text;
}

}  // namespace

TEST_CASE("small groups: fewer than min_shown are hidden, and the smallest other one with a single one") {
  CHECK(shown({}).empty());
  CHECK(shown({5, 6, 7}) == "sss");
  CHECK(shown({4, 9, 7, 7}) == "<s+s");  // of equal ones the first
  CHECK(shown({4, 5}) == "<+");
  CHECK(shown({9, 1, 8, 4}) == "s<s<");   // two of 5 together
  CHECK(shown({9, 1, 8, 1}) == "s<+<");   // two of 2 together
  CHECK(shown({1, 1, 1, 30}) == "<<<+");  // three of 3
  CHECK(shown({2, 2, 1, 30}) == "<<<s");
  CHECK(shown({4}) == "<");
  CHECK(shown({1, 1, 1}) == "<<<");
}

TEST_CASE("small groups: with min_shown 1 nobody is hidden") {
  CHECK(shown({1, 3, 1}, 1) == "sss");
  CHECK(report::any_hidden(report::shown_groups(std::vector<uint32_t>{1, 9}, 2)));
  CHECK_FALSE(report::any_hidden(report::shown_groups(std::vector<uint32_t>{2, 9}, 2)));
}
