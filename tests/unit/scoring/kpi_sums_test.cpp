// Means of KPIs of some people side by side, by figures worked out by hand.
#include "scoring/kpi_sums.h"

#include <doctest/doctest.h>

using hr::scoring::KpiSums;

namespace {

using Some = std::array<double, KpiSums::kStep>;

// Two KPIs of weight 50 of three people: both, one, none.
KpiSums two_kpis(bool zero) {
  KpiSums sums(3);
  sums.begin();
  sums.add(50, Some{5'000'000.5, 80, 0}.data(), Some{1, 1, 0}.data());
  sums.add(50, Some{9'000'001, 60, 0}.data(), Some{1, 0, 0}.data());
  sums.end_period(100, zero);
  return sums;
}

}  // namespace

TEST_CASE("means of KPIs side by side: what is missing leaves its weight to the others") {
  const KpiSums sums = two_kpis(false);
  CHECK(sums.score[0] == 7'000'000.75);  // more than nine decimals of a double
  CHECK(sums.score[1] == 80);
  CHECK(sums.score[2] == 0);
  CHECK(sums.scored[0] == 1);
  CHECK(sums.scored[1] == 1);
  CHECK(sums.scored[2] == 0);
  CHECK(sums.share[0] == 1);
  CHECK(sums.share[1] == 0.5);
  CHECK(sums.share[2] == 0);
  CHECK(sums.partial[0] == 0);
  CHECK(sums.partial[1] == 1);
  CHECK(sums.partial[2] == 1);
}

TEST_CASE("means of KPIs side by side: what is missing counts 0") {
  const KpiSums sums = two_kpis(true);
  CHECK(sums.score[0] == 7'000'000.75);
  CHECK(sums.score[1] == 40);
  CHECK(sums.score[2] == 0);
  CHECK(sums.scored[2] == 1);
  CHECK(sums.share[1] == 0.5);
}
