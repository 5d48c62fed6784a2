#include "base/timestamp.h"

#include <doctest/doctest.h>

// Seconds from `date -u -d 2026-07-15T08:00:00Z +%s` = 1784102400
TEST_CASE("a moment prints in UTC with microseconds and reads back") {
  CHECK(hr::to_iso_timestamp(1784102400'000000) == "2026-07-15T08:00:00.000000Z");
  CHECK(hr::to_iso_timestamp(1784102400'000001) == "2026-07-15T08:00:00.000001Z");
  CHECK(hr::to_iso_timestamp(-1) == "1969-12-31T23:59:59.999999Z");
  CHECK(hr::parse_timestamp("2026-07-15T08:00:00Z") == 1784102400'000000);
  CHECK(hr::parse_timestamp("2026-07-15T08:00:00.5Z") == 1784102400'500000);
  CHECK(hr::parse_timestamp("1969-12-31T23:59:59.999999Z") == -1);
  CHECK(hr::date_of(-1) == *hr::parse_date("1969-12-31"));
}

TEST_CASE("a day alone means its last microsecond") {
  CHECK(hr::to_iso_timestamp(*hr::parse_timestamp("2026-07-15")) == "2026-07-15T23:59:59.999999Z");
}

TEST_CASE("what is no moment is refused") {
  for (const char* text :
       {"", "2026-07", "2026-02-30", "2026-07-15T08:00:00", "2026-07-15 08:00:00Z", "2026-07-15T24:00:00Z",
        "2026-07-15T08:60:00Z", "2026-07-15T08:00:60Z", "2026-07-15T08:00:00.Z", "2026-07-15T08:00:00.1234567Z",
        "2026-07-15T08:00:00+08:00", "2026-07-15T08:00:00.12x4Z", "2026-07-15T8:00:00Z"}) {
    CAPTURE(text);
    CHECK_FALSE(hr::parse_timestamp(text));
  }
}
