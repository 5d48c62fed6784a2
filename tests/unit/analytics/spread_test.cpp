// Expected numbers: by hand, with natural logarithms and roots from a table.
#include "analytics/spread.h"

#include <doctest/doctest.h>

#include <vector>

using namespace hr::analytics;
using doctest::Approx;

namespace {

Spread spread(std::vector<double> values, Shape shape) {
  std::vector<double> scratch;
  return spread_of(values, shape, scratch);
}

Shape shape(std::vector<double> values) {
  return shape_of(values);
}

}  // namespace

TEST_CASE("spread: the median absolute deviation, as a standard deviation") {
  const Spread s = spread({3, 1, 100, 4, 2}, Shape::plain);  // deviations from 3: 2 1 0 1 97
  CHECK(s.n == 5);
  CHECK(s.median == 3);
  CHECK(s.scale == Approx(1.4826));
  CHECK_FALSE(s.from_mean);
  CHECK(s.deviation(100) == Approx(97 / 1.4826));
  CHECK(s.deviation(1) == Approx(-2 / 1.4826));
  CHECK(spread({1, 2, 3, 10}, Shape::plain).median == 2.5);
}

TEST_CASE("spread: where more than half are equal, the mean absolute deviation (Iglewicz and Hoaglin)") {
  const Spread s = spread({5, 5, 5, 5, 10}, Shape::plain);
  CHECK(s.from_mean);
  CHECK(s.scale == Approx(1.253314));                        // the mean of 0 0 0 0 5 is 1
  CHECK(spread({5, 5, 5}, Shape::plain).deviation(7) == 0);  // nothing to measure by
}

TEST_CASE("spread: amounts are measured on logarithms above the median, as they are below it") {
  const Spread s = spread({100, 110, 90, 100, 1000, 0}, Shape::positive);  // 0 is no value
  CHECK(s.n == 5);
  CHECK(s.median == 100);
  CHECK(s.scale == Approx(14.826));                  // deviations 0 10 10 0 900
  CHECK(s.log_scale == Approx(1.4826 * 0.0953102));  // ln 1.1 is the middle of 0, 0, ln 1.1, −ln 0.9, ln 10
  CHECK(s.deviation(1000) == Approx(2.3025851 / (1.4826 * 0.0953102)));
  CHECK(s.deviation(10) == Approx(-90 / 14.826));
  CHECK(s.log_deviation(10) == Approx(-2.3025851 / (1.4826 * 0.0953102)));
}

TEST_CASE("spread: counts are measured on roots, and chance alone has a spread of 1") {
  CHECK(root_of(0) == Approx(1.2247449));
  CHECK(root_of(10) == Approx(6.4420494));
  const Spread rare = spread({0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, Shape::counts);
  CHECK(rare.scale == 1);  // the mean absolute deviation is (2.3452079 − 1.2247449) / 10
  CHECK(rare.deviation(10) == Approx(6.4420494 - 1.2247449));
  const Spread wide = spread({0, 0, 10, 10}, Shape::counts);  // median 5: 2√5.375 = 4.6368092
  CHECK(wide.scale == Approx(1.4826 * (3.4120643 + 1.8052402) / 2));
  CHECK(rare.deviation(-3) == -3);
}

TEST_CASE("spread: what kind of numbers they are") {
  CHECK(shape({0, 1, 2, 49}) == Shape::counts);
  CHECK(shape({49, 50, 51}) == Shape::positive);  // whole, but no small counts
  CHECK(shape({0.5, 1.5, 2}) == Shape::positive);
  CHECK(shape({-1, -2, 1, 2}) == Shape::plain);
  std::vector<double> many(100, 3);
  many[7] = -3;  // one in a hundred may be a mistake
  CHECK(shape(many) == Shape::counts);
  many[8] = -3;
  CHECK(shape(many) == Shape::plain);
}
