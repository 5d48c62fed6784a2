// Names of cells, against the columns that Excel has.
#include "base/cell_name.h"

#include <doctest/doctest.h>

using namespace hr;

TEST_CASE("columns count in letters without a zero") {
  CHECK(column_name(1) == "A");
  CHECK(column_name(26) == "Z");
  CHECK(column_name(27) == "AA");
  CHECK(column_name(52) == "AZ");
  CHECK(column_name(702) == "ZZ");
  CHECK(column_name(703) == "AAA");
  CHECK(column_name(16384) == "XFD");
  CHECK(cell_name(7, 3) == "C7");
  CHECK(cell_name(7, 0) == "7");
}
