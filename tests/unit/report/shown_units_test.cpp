// Which units are hidden. By hand: below each unit its own people and the units right below it are the groups.
#include "report/shown_units.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace hr;

namespace {

// Units in printed order, each with the place of the one above (−1: a root) and its own people; at the end the people
// without a unit. 's' shown, '<' suppressed, '+' complementary.
struct Unit {
  int above;
  uint32_t people;
};
std::string shown(const std::vector<Unit>& units, uint32_t nowhere = 0, uint32_t min_shown = 5) {
  report::UnitOrder order;
  std::vector<uint32_t> direct;
  for (const Unit& unit : units) {
    order.units.push_back(static_cast<uint32_t>(order.units.size()));
    order.parent.push_back(unit.above < 0 ? facts::kNone : static_cast<uint32_t>(unit.above));
    direct.push_back(unit.people);
  }
  direct.push_back(nowhere);
  std::string text;
  for (const report::Shown s : report::shown_units(order, direct, min_shown))
    text += s == report::Shown::shown ? 's' : s == report::Shown::suppressed ? '<' : '+';
  return text;
}

}  // namespace

TEST_CASE("units: all that have enough people are shown") {
  CHECK(shown({{-1, 0}, {0, 5}, {0, 6}}) == "sss<");  // nobody is without a unit
  CHECK(shown({{-1, 9}}, 7) == "ss");
}

TEST_CASE("units: what could be had by subtraction is hidden with what is too small") {
  CHECK(shown({{-1, 0}, {0, 6}, {0, 5}, {0, 2}}) == "ss+<<");  // 13 less 6 are the 7 of two units
  CHECK(shown({{-1, 0}, {0, 6}, {0, 2}}) == "s+<<");           // one other unit alone
  CHECK(shown({{-1, 3}, {0, 6}}) == "s+<");                    // 9 less 6 would be those of the unit itself
  CHECK(shown({{-1, 0}, {0, 4}, {0, 4}, {0, 9}}) == "s<<s<");  // 8 of two units together
  CHECK(shown({{-1, 9}, {-1, 6}}, 2) == "s+<");                // roots, and two people without a unit
}

TEST_CASE("units: below a hidden one nothing adds up to it") {
  // The second unit is hidden with the third; its own two units would tell what it has.
  CHECK(shown({{-1, 0}, {0, 20}, {0, 0}, {2, 5}, {2, 6}, {0, 2}}) == "ss+++<<");
  // A small one below it stays what it is.
  CHECK(shown({{-1, 0}, {0, 20}, {0, 4}, {2, 6}, {2, 1}, {0, 2}}) == "ss++<<<");
}
