// Days, ranges of days, periods and the calendar of a cycle.
#include <doctest/doctest.h>

#include <algorithm>

#include "property/properties.h"
#include "scoring/calendar.h"

using namespace hr;
using namespace property;

namespace {

Date any_day(const char* name) {
  const int64_t year = one_of<int64_t>("century", {2024, 2000, 1900, 1, 9998});
  const Date first = *make_date(static_cast<int>(year), 1, 1);
  if (coin("new year")) return first + 361 + static_cast<int32_t>(whole(name, 0, 9));
  return first + static_cast<int32_t>(whole(name, 0, 2 * 365 - 1));
}

DateRange any_range(const char* name) {
  const Date from = any_day(name);
  return {from, std::min(from + static_cast<int32_t>(whole("days", 0, 400)), kFarFuture + 1)};
}

PeriodKind any_kind() {
  return one_of("kind", {PeriodKind::month, PeriodKind::day, PeriodKind::week, PeriodKind::quarter, PeriodKind::half,
                         PeriodKind::year});
}

int32_t overlap_by_counting(DateRange a, DateRange b) {
  int32_t n = 0;
  for (Date d = a.from; d < a.to; d = d + 1) n += b.contains(d);
  return n;
}

}  // namespace

TEST_CASE("days: civil and back, text and back, each followed by the next") {
  for_all(500, [] {
    const Date d = any_day("day");
    const CivilDate c = civil(d);
    HOLDS(make_date(c.year, c.month, c.day) == d);
    HOLDS(parse_date(to_string(d)) == d);
    SAME(*make_date(c.year, 12, 31) - *make_date(c.year, 1, 1), is_leap_year(c.year) ? 365 : 364);
    if (d == kFarFuture) return;  // no day follows
    HOLDS(to_string(d) < to_string(d + 1));
    const CivilDate next = civil(d + 1);
    const bool same_month = next.month == c.month && next.year == c.year;
    HOLDS(same_month ? next.day == c.day + 1 : next.day == 1);
    if (!same_month) HOLDS(!make_date(c.year, c.month, c.day + 1));
  });
}

TEST_CASE("ranges: days are counted, an intersection has the days of both") {
  for_all(300, [] {
    const DateRange a = any_range("a");
    const DateRange b =
        coin("near") ? DateRange{a.from + static_cast<int32_t>(whole("late", 0, 9)), a.to + 1} : any_range("b");
    const int32_t both = overlap_by_counting(a, b);
    SAME(a.intersect(b).days(), both);
    SAME(b.intersect(a).days(), both);
    SAME(a.overlaps(b), both > 0);
    SAME(a.intersect(a).days(), a.days());
  });
}

TEST_CASE("periods: text and back, they hold their days and follow each other without gaps") {
  for_all(300, [] {
    const Date d = any_day("day");
    const Period p = period_containing(d, any_kind());
    HOLDS(p.range().contains(d));
    HOLDS(parse_period(to_string(p)) == p);
    HOLDS(p.range().from == p.from);
    const Period next = period_containing(p.range().to, p.kind);
    HOLDS(next.from == p.range().to);
    HOLDS(period_containing(p.range().last(), p.kind) == p);
    if (p.kind == PeriodKind::week) {
      SAME(p.range().days(), 7);
      SAME((p.from - *make_date(2024, 1, 1)) % 7, 0);  // a Monday
    }
    const CivilDate c = civil(p.from);
    if (p.kind != PeriodKind::week && p.kind != PeriodKind::day) SAME(c.day, 1);
    if (p.kind == PeriodKind::quarter) SAME(c.month % 3, 1);
    if (p.kind == PeriodKind::half) SAME(c.month % 6, 1);
    if (p.kind == PeriodKind::year) SAME(c.month, 1);
  });
}

TEST_CASE("a cycle's calendar: its periods tile it, those that ended by as-of count") {
  for_all(300, [] {
    DateRange cycle = any_range("from");
    cycle.to = std::max(cycle.to, cycle.from + 1);
    const Date as_of = cycle.from + static_cast<int32_t>(whole("as_of", 0, 420)) - 10;
    const scoring::Calendar c = scoring::make_calendar(cycle, any_kind(), as_of);
    HOLDS(c.periods.front().range.from == cycle.from);
    HOLDS(c.periods.back().range.to == cycle.to);
    int32_t days = 0;
    for (size_t p = 0; p < c.periods.size(); ++p) {
      days += c.periods[p].days;
      SAME(c.periods[p].days, c.periods[p].range.days());
      SAME(c.periods[p].range.last() <= as_of, p < c.counted);
      SAME(c.periods[p].year_days, is_leap_year(civil(c.periods[p].range.last()).year) ? 366 : 365);
      if (p > 0) HOLDS(c.periods[p].range.from == c.periods[p - 1].range.to);
    }
    SAME(days, cycle.days());
    SAME(c.interim, c.counted < c.periods.size());
    HOLDS(c.window.from == cycle.from);
    HOLDS(c.window.to == (c.counted == 0 ? cycle.from : c.periods[c.counted - 1].range.to));
  });
}
