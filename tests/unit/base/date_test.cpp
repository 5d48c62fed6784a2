#include "base/date.h"

#include <doctest/doctest.h>

TEST_CASE("a date reads and prints as an ISO day, and refuses days that do not exist") {
  CHECK(hr::parse_date("1970-01-01") == hr::Date{0});
  CHECK(hr::parse_date("2024-02-29") == hr::Date{19782});  // date -d 2024-02-29 +%s / 86400
  CHECK_FALSE(hr::parse_date("2025-02-29"));
  CHECK_FALSE(hr::parse_date("2025-1-1"));
  CHECK(hr::to_string(hr::kFarFuture) == "9999-12-31");
  CHECK(hr::to_string(hr::kFarPast) == "0001-01-01");
}
