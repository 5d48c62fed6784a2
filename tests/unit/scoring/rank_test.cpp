// Ranks of so many people that they are sorted piece by piece, beside those of a plain sort.
#include "scoring/rank.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <tuple>
#include <vector>

#include "facts/columns.h"

using namespace hr;
using namespace hr::scoring;

namespace {

// In no order, some without a group; of few different figures, so that many are tied, some of them below zero.
std::vector<Ranked> people_in(uint32_t groups, uint32_t people) {
  std::mt19937 random(groups);  // the same people each time
  std::vector<Ranked> out;
  for (uint32_t person = 0; person < people; ++person)
    out.push_back({person, person % 50 == 7 ? facts::kNone : static_cast<uint32_t>(random() % groups),
                   Figure{(static_cast<int64_t>(random() % 3'000) - 1'000) * 100'000}, 0, 0});
  std::shuffle(out.begin(), out.end(), random);
  return out;
}

std::vector<Ranked> plainly_ranked(std::vector<Ranked> people) {
  std::sort(people.begin(), people.end(), [](const Ranked& a, const Ranked& b) {
    return std::tuple(a.group, -a.figure.nano, a.person) < std::tuple(b.group, -b.figure.nano, b.person);
  });
  std::map<uint32_t, uint32_t> size;
  std::map<std::pair<uint32_t, int64_t>, uint32_t> first;  // place in its group of the first one with that figure
  for (const Ranked& r : people) first.emplace(std::pair(r.group, r.figure.nano), ++size[r.group]);
  for (Ranked& r : people) {
    r.rank = first.at({r.group, r.figure.nano});
    r.size = size.at(r.group);
  }
  return people;
}

}  // namespace

TEST_CASE("ranks: many people in few groups or many, by one thread or several") {
  for (const uint32_t groups : {1U, 3U, 40U, 5'000U, 60'000U}) {
    const std::vector<Ranked> people = people_in(groups, 70'000);
    const std::vector<Ranked> expected = plainly_ranked(people);
    for (const int threads : {1, 3}) {
      CAPTURE(groups);
      CAPTURE(threads);
      std::vector<Ranked> ranked = people;
      rank_people(ranked, threads);
      const auto same = [](const Ranked& a, const Ranked& b) {
        return std::tuple(a.person, a.group, a.figure, a.rank, a.size) ==
               std::tuple(b.person, b.group, b.figure, b.rank, b.size);
      };
      CHECK(std::equal(ranked.begin(), ranked.end(), expected.begin(), expected.end(), same));
    }
  }
}
