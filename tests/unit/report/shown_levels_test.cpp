// Which levels are hidden, period by period. Expected by hand from docs/spec/analysis.md.
#include "report/shown_levels.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace hr;

namespace {

model::Levels levels(const char* figure, const char* group, const std::vector<uint32_t>& people) {
  model::Levels out{figure, group, "month", 12, {}};
  for (size_t i = 0; i < people.size(); ++i)
    out.levels.push_back({"m" + std::to_string(i), static_cast<int64_t>(i), people[i], make_decimal(1)});
  return out;
}

std::string periods(const report::ShownLevels& shown) {
  std::string text;
  for (const model::Level& level : shown.levels) text += level.period + " ";
  return text;
}

}  // namespace

TEST_CASE("shown levels: in every period by itself") {
  const std::vector<model::Levels> all{levels("a", "EAST", {5, 4, 9, 6}), levels("a", "SOUTH", {7, 7, 4, 3}),
                                       levels("a", "WEST", {8, 8, 8, 2}), levels("b", "", {6, 4})};
  const auto shown = report::shown_levels(all, 5);
  CHECK(periods(shown[0]) == "m0 m2 m3 ");  // the last: two groups with five people are hidden, that is enough
  CHECK(periods(shown[1]) == "m0 ");        // m1: hidden with the four of the east
  CHECK(periods(shown[2]) == "m0 m1 ");     // m2: hidden with the four of the south
  CHECK(periods(shown[3]) == "m0 ");        // another figure: nobody to hide with
  CHECK(shown[0].people == 9);
  CHECK(shown[2].shown == report::Shown::shown);
  CHECK(report::any_hidden(shown));
}

TEST_CASE("shown levels: a group without any says why") {
  const std::vector<model::Levels> all{levels("a", "EAST", {4, 4}), levels("a", "WEST", {6, 6})};
  const auto shown = report::shown_levels(all, 5);
  CHECK(shown[0].shown == report::Shown::suppressed);
  CHECK(shown[1].shown == report::Shown::complementary);
  CHECK_FALSE(report::any_hidden(report::shown_levels(all, 4)));
}
