// Leniency of raters. By hand: three ratings of mean 90, four of 60: the mean of all seven is 510/7.
#include "scoring/leniency.h"

#include <doctest/doctest.h>

using namespace hr;
using scoring::Leniency;
using scoring::Rating;

TEST_CASE("a rater's mean less the mean of all, shrunk by n / (n + k)") {
  const std::vector<Rating> ratings{{2, 60}, {1, 100}, {2, 60}, {1, 80}, {2, 60}, {1, 90}, {2, 60}};
  const std::vector<Leniency> out = scoring::rater_leniency(ratings, 5);
  REQUIRE(out.size() == 2);
  CHECK(out[0].rater == 1);
  CHECK(out[0].n == 3);
  CHECK(out[0].value == Figure{6'428'571'429});  // (90 − 510/7) × 3/8 = 45/7
  CHECK(out[1].n == 4);
  CHECK(out[1].value == Figure{-5'714'285'714});                                  // (60 − 510/7) × 4/9 = −40/7
  CHECK(scoring::rater_leniency(ratings, 0)[0].value == Figure{17'142'857'143});  // 120/7: nothing is shrunk
}

TEST_CASE("of two people rated nothing is said, nor of a rater who is alone") {
  const auto out = scoring::rater_leniency({{1, 50}, {1, 60}, {2, 70}, {2, 70}, {2, 100}}, 5);
  REQUIRE(out.size() == 2);
  CHECK_FALSE(out[0].value.has_value());
  CHECK(out[1].value == Figure{3'750'000'000});  // (80 − 70) × 3/8
  const auto alone = scoring::rater_leniency({{1, 50}, {1, 60}, {1, 70}}, 5);
  REQUIRE(alone.size() == 1);
  CHECK_FALSE(alone[0].value.has_value());
  CHECK(scoring::rater_leniency({}, 5).empty());
}
