#include "report/bins.h"

#include <doctest/doctest.h>

namespace hr::report {

// Figures are whole numbers of 1e-9. 16e9 apart: 2e9 wide is the narrowest step with fewer than twelve bins.
TEST_CASE("bins of figures as far apart as figures can be") {
  const Figure least{-8'000'000'000'000'000'000};
  const Figure most{8'000'000'000'000'000'000};
  CHECK(bin_width(least, most) == 2'000'000'000'000'000'000);
  CHECK(bin_of(least, 2'000'000'000'000'000'000) == -4);
  CHECK(bin_of(most, 2'000'000'000'000'000'000) == 4);
}

}  // namespace hr::report
