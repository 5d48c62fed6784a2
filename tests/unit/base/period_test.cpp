#include "base/period.h"

#include <doctest/doctest.h>

using hr::Date;
using hr::DateRange;
using hr::make_date;
using hr::parse_period;
using hr::PeriodKind;

static DateRange range_of(std::string_view text) {
  return parse_period(text)->range();
}

static DateRange days(int y1, int m1, int d1, int y2, int m2, int d2) {
  return {*make_date(y1, m1, d1), *make_date(y2, m2, d2) + 1};
}

TEST_CASE("a period covers its days") {
  CHECK(range_of("2026-03") == days(2026, 3, 1, 2026, 3, 31));
  CHECK(range_of("2024-02") == days(2024, 2, 1, 2024, 2, 29));
  CHECK(range_of("2026-12") == days(2026, 12, 1, 2026, 12, 31));
  CHECK(range_of("2026Q1") == days(2026, 1, 1, 2026, 3, 31));
  CHECK(range_of("2026-Q4") == days(2026, 10, 1, 2026, 12, 31));
  CHECK(range_of("2026H1") == days(2026, 1, 1, 2026, 6, 30));
  CHECK(range_of("2026-H2") == days(2026, 7, 1, 2026, 12, 31));
  CHECK(range_of("2026") == days(2026, 1, 1, 2026, 12, 31));
  CHECK(range_of("2026-03-05") == days(2026, 3, 5, 2026, 3, 5));
  CHECK(range_of("9999") == days(9999, 1, 1, 9999, 12, 31));
}

TEST_CASE("a week is an ISO week") {
  // Python: date.fromisocalendar(year, week, 1)
  CHECK(parse_period("2026-W05")->from == *make_date(2026, 1, 26));
  CHECK(parse_period("2026-W01")->from == *make_date(2025, 12, 29));
  CHECK(parse_period("2020-W53")->from == *make_date(2020, 12, 28));
  CHECK(parse_period("2021-W01")->from == *make_date(2021, 1, 4));
  CHECK(parse_period("2026-W53")->from == *make_date(2026, 12, 28));
  CHECK_FALSE(parse_period("2027-W53"));
  CHECK_FALSE(parse_period("2026-W00"));
  CHECK_FALSE(parse_period("2026-W5"));
  CHECK(hr::to_string(hr::period_containing(*make_date(2024, 12, 31), PeriodKind::week)) == "2025-W01");
  CHECK(hr::to_string(hr::period_containing(*make_date(2021, 1, 3), PeriodKind::week)) == "2020-W53");
  CHECK(hr::to_string(hr::period_containing(hr::kFarPast, PeriodKind::week)) == "0001-W01");
  CHECK(hr::to_string(hr::period_containing(hr::kFarFuture, PeriodKind::week)) == "9999-W52");
}

TEST_CASE("a period prints in one form and reads back") {
  for (const char* text : {"2026-03", "2026Q1", "2026H2", "2026", "2026-03-05", "2026-W05", "0001", "9999-12"}) {
    CHECK(hr::to_string(*parse_period(text)) == text);
  }
  CHECK(hr::to_string(*parse_period("2026-Q3")) == "2026Q3");
  CHECK(hr::to_string(*parse_period("2026-H1")) == "2026H1");
}

TEST_CASE("what is no period is refused") {
  for (const char* text : {"",        "26",     "202",     "2026-13", "2026-00",   "2026-3", "2026Q0",  "2026Q5",
                           "2026H3",  "2026q1", "2026Q",   "2026-",   "2026--03",  "202603", "2026/03", "2026-02-30",
                           "2026W05", "0000",   "2026Q11", "FY2026",  "2026-W054", "20a6",   " 2026"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_period(text));
  }
}

TEST_CASE("periods_of lists the periods that meet a range") {
  const auto months = hr::periods_of(days(2025, 12, 31, 2026, 2, 1), PeriodKind::month);
  REQUIRE(months.size() == 3);
  CHECK(hr::to_string(months[0]) == "2025-12");
  CHECK(hr::to_string(months[2]) == "2026-02");
  CHECK(hr::periods_of(range_of("2026"), PeriodKind::quarter).size() == 4);
  CHECK(hr::periods_of(range_of("2026"), PeriodKind::half).size() == 2);
  CHECK(hr::periods_of(range_of("2026"), PeriodKind::week).size() ==
        53);  // 2026-W01 starts in 2025, 2026-W53 ends in 2027
  CHECK(hr::periods_of(range_of("2024"), PeriodKind::day).size() == 366);
  CHECK(hr::periods_of({}, PeriodKind::year).size() == 9999);
  CHECK(hr::periods_of({*make_date(2026, 1, 1), *make_date(2026, 1, 1)}, PeriodKind::day).empty());
}

TEST_CASE("periods of a range still in force come to an end") {
  const DateRange open{*make_date(9998, 11, 5), hr::kFarFuture};
  CHECK(hr::periods_of(open, PeriodKind::month).size() == 14);
  CHECK(hr::periods_of(open, PeriodKind::year).size() == 2);
  CHECK(hr::periods_of(open, PeriodKind::week).back().from == *make_date(9999, 12, 27));
}
