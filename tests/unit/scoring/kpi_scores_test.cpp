// The scores of single KPIs over periods and spells: what a later cycle may carry.
#include "scoring/kpi_scores.h"

#include <doctest/doctest.h>

using namespace hr;
using scoring::KpiScores;

TEST_CASE("over spells by days, of those with data") {
  KpiScores sums;
  sums.add(3, make_figure(90));
  sums.end_spell(90);
  sums.add(3, make_figure(60));
  sums.add(1, make_figure(40));
  sums.end_spell(91);
  const auto scores = sums.take();
  REQUIRE(scores.size() == 2);
  CHECK(scores[0].kpi == 1);
  CHECK(scores[0].score == make_figure(40));
  CHECK(scores[1].kpi == 3);
  CHECK(scores[1].score.nano == 74'917'127'072);  // (90 × 90 + 91 × 60) / 181 = 13560 / 181
  CHECK(sums.take().empty());
}

TEST_CASE("periods of one spell are averaged first, and snapped") {
  KpiScores sums;
  sums.add(0, make_figure(80));
  sums.add(0, make_figure(100));
  sums.add(0, make_figure(101));
  sums.end_spell(10);  // 281 / 3 = 93.666666667
  sums.add(0, make_figure(0));
  sums.end_spell(20);
  const auto scores = sums.take();
  REQUIRE(scores.size() == 1);
  CHECK(scores[0].score.nano == 31'222'222'222);  // 10 × 93.666666667 / 30
}

TEST_CASE("a spell without days has no say") {
  KpiScores sums;
  sums.add(0, make_figure(80));
  sums.end_spell(0);
  CHECK(sums.take().empty());
}
