#include "base/date.h"

#include <doctest/doctest.h>

using hr::Date;
using hr::DateRange;
using hr::make_date;
using hr::parse_date;

// Days since 1970-01-01 from Python: (date.fromisoformat(s) - date(1970, 1, 1)).days
TEST_CASE("a date reads and prints as an ISO day and refuses days that do not exist") {
  CHECK(parse_date("1970-01-01") == Date{0});
  CHECK(parse_date("1969-12-31") == Date{-1});
  CHECK(parse_date("2024-02-29") == Date{19782});
  CHECK(parse_date("2000-02-29") == Date{11016});
  CHECK(parse_date("2026-01-29") == Date{20482});
  for (const char* text : {"2025-02-29", "1900-02-29", "2025-02-30", "2025-04-31", "2025-13-01", "2025-00-10",
                           "2025-01-00", "0000-01-01", "2025-1-1", "25-01-01", "2025/01/01", "20250101", "2025-01-011",
                           " 2025-01-1", "2025-01-0x", "", "+025-01-01", "2025-01--1"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_date(text));
  }
  CHECK(hr::to_string(hr::kFarFuture) == "9999-12-31");
  CHECK(hr::to_string(hr::kFarPast) == "0001-01-01");
  CHECK(hr::to_string(Date{19783}) == "2024-03-01");
}

TEST_CASE("a date reads by a pattern") {
  CHECK(parse_date("2024/3/1", "%Y/%m/%d") == Date{19783});
  CHECK(parse_date("2024/03/01", "%Y/%m/%d") == Date{19783});
  CHECK(parse_date("20240301", "%Y%m%d") == Date{19783});
  CHECK(parse_date("2024年3月1日", "%Y年%m月%d日") == Date{19783});
  CHECK(parse_date("1.3.24", "%d.%m.%y") == Date{19783});
  CHECK(parse_date("01-MAR-2024", "%d-%b-%Y") == Date{19783});
  CHECK(parse_date("2024-03-01 23:59:60", "%Y-%m-%d %H:%M:%S") == Date{19783});
  CHECK(parse_date("1/1/69", "%d/%m/%y") == make_date(1969, 1, 1));
  CHECK(parse_date("1/1/68", "%d/%m/%y") == make_date(2068, 1, 1));
  CHECK(parse_date("2024-03", "%Y-%m") == Date{19783});
  CHECK_FALSE(parse_date("2024/3/1x", "%Y/%m/%d"));
  CHECK_FALSE(parse_date("2024/3/", "%Y/%m/%d"));
  CHECK_FALSE(parse_date("2024-3-1", "%Y/%m/%d"));
  CHECK_FALSE(parse_date("31/02/2024", "%d/%m/%Y"));
  CHECK_FALSE(parse_date("12/31/2024", "%d/%m/%Y"));
  CHECK_FALSE(parse_date("03/01", "%m/%d"));  // no year
  CHECK_FALSE(parse_date("01-Foo-2024", "%d-%b-%Y"));
  CHECK_FALSE(parse_date("2024-03-01 25:00", "%Y-%m-%d %H:%M"));
  CHECK_FALSE(parse_date("2024-03-01 10:75", "%Y-%m-%d %H:%M"));
  CHECK_FALSE(parse_date("2024", "%Q"));
  CHECK_FALSE(parse_date("", "%Y"));
}

TEST_CASE("leap years are those of the Gregorian calendar") {
  CHECK(hr::is_leap_year(2024));
  CHECK(hr::is_leap_year(2000));
  CHECK_FALSE(hr::is_leap_year(1900));
  CHECK_FALSE(hr::is_leap_year(2026));
}

TEST_CASE("a range is half open") {
  const DateRange year{*make_date(2024, 1, 1), *make_date(2025, 1, 1)};
  CHECK(year.days() == 366);
  CHECK(year.contains(*make_date(2024, 12, 31)));
  CHECK_FALSE(year.contains(*make_date(2025, 1, 1)));
  CHECK(year.last() == *make_date(2024, 12, 31));
  // E47: joined on 2024-02-29, so in service from the 60th day of a leap year: 307 of 366
  CHECK(year.intersect({*make_date(2024, 2, 29), hr::kFarFuture}).days() == 307);
  CHECK_FALSE(year.overlaps({*make_date(2025, 1, 1), hr::kFarFuture}));
  CHECK(DateRange{*make_date(2025, 1, 2), *make_date(2025, 1, 1)}.days() == 0);
}
