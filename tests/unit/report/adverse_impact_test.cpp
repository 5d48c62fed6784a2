// Fisher's exact test and the four-fifths rule. Expected p: sums of binomials in whole numbers, done with Python's
// fractions; the first two are the textbook's (Fisher's lady tasting tea; SciPy's documentation of fisher_exact).
#include "report/adverse_impact.h"

#include <doctest/doctest.h>

namespace hr::report {

TEST_CASE("Fisher's exact p, two-sided") {
  CHECK(fisher_exact({4, 3}, {4, 1}) == doctest::Approx(34.0 / 70).epsilon(1e-12));  // 0.485714…
  CHECK(fisher_exact({10, 8}, {6, 1}) == doctest::Approx(0.03496503496503495).epsilon(1e-12));
  CHECK(fisher_exact({10, 2}, {10, 9}) == doctest::Approx(0.005477494641581329).epsilon(1e-12));
  CHECK(fisher_exact({5, 5}, {5, 0}) == doctest::Approx(2.0 / 252).epsilon(1e-12));
  CHECK(fisher_exact({7, 0}, {9, 0}) == 1);
  CHECK(fisher_exact({0, 0}, {9, 3}) == 1);
  CHECK(fisher_exact({5000, 2500}, {5000, 2600}) == doctest::Approx(0.04765361355524062).epsilon(1e-9));
}

TEST_CASE("a group and the highest rate") {
  // Twenty of each: 4 against 12 is a third, p = 0.0225; 10 against 12 is 0.83.
  CHECK(impact_of({20, 4}, {20, 12}) == Impact::adverse);
  CHECK(impact_of({20, 10}, {20, 12}) == Impact::ok);
  CHECK(impact_of({100, 80}, {100, 100}) == Impact::ok);  // exactly four fifths
  // 2 of 6 against 4 of 6 is a half, but p = 0.567.
  CHECK(impact_of({6, 2}, {6, 4}) == Impact::too_few);
  // Three of each: the most uneven table, 0 against 3, has p = 2/20 = 0.1: nothing can be said, whatever the ratio.
  CHECK(smallest_p({3, 1}, {3, 2}) == doctest::Approx(0.1).epsilon(1e-12));
  CHECK(impact_of({3, 3}, {3, 2}) == Impact::too_few);
  // No difference at all.
  CHECK(impact_of({3, 0}, {30, 0}) == Impact::ok);
  CHECK(impact_of({3, 3}, {30, 30}) == Impact::ok);
  CHECK(rate_ratio({20, 4}, {20, 12}) == doctest::Approx(1.0 / 3));
  CHECK_FALSE(rate_ratio({20, 0}, {20, 0}));
  CHECK(higher_rate({3, 2}, {6, 3}));
  CHECK_FALSE(higher_rate({4, 2}, {6, 3}));
}

}  // namespace hr::report
