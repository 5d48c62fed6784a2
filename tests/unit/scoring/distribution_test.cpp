#include "scoring/distribution.h"

#include <doctest/doctest.h>

#include <vector>

using hr::Figure;
using hr::make_figure;
using hr::scoring::largest_remainder;

namespace {

std::vector<uint32_t> split(uint32_t n, std::vector<int> percents) {
  std::vector<Figure> shares;
  for (const int p : percents) shares.push_back(make_figure(p));
  return largest_remainder(n, shares);
}

using Parts = std::vector<uint32_t>;

}  // namespace

TEST_CASE("quotas by largest remainder: the cases of the specification") {
  CHECK(split(17, {10, 20, 40, 20, 10}) == Parts{2, 3, 7, 3, 2});
  CHECK(split(7, {20, 70, 10}) == Parts{1, 5, 1});
  CHECK(split(3, {20, 70, 10}) == Parts{1, 2, 0});
  CHECK(split(13, {5, 20, 50, 20, 5}) == Parts{1, 3, 6, 2, 1});
}

TEST_CASE("nobody, no quota, one of everything") {
  CHECK(split(0, {50, 50}) == Parts{0, 0});
  CHECK(split(5, {0, 0}) == Parts{0, 0});
  CHECK(split(1, {50, 50}) == Parts{1, 0});
  CHECK(split(3, {1, 1, 1}) == Parts{1, 1, 1});
}
