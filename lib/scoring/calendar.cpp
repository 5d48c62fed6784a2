#include "scoring/calendar.h"

namespace hr::scoring {

Calendar make_calendar(DateRange cycle, PeriodKind kind, Date as_of) {
  Calendar c;
  c.cycle = cycle;
  c.as_of = as_of;
  c.interim = as_of < cycle.last();
  c.window = {cycle.from, cycle.from};
  for (const Period& period : periods_of(cycle, kind)) {
    const DateRange range = period.range().intersect(cycle);
    c.periods.push_back({period, range, range.days(), is_leap_year(civil(range.last()).year) ? 366 : 365});
    if (range.last() > as_of) continue;
    ++c.counted;
    c.window.to = range.to;
  }
  return c;
}

}  // namespace hr::scoring
