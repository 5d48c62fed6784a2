// The periods of a cycle, and how many of them count: before the cycle's end only those that have ended by as-of do.
#pragma once

#include <cstdint>
#include <vector>

#include "base/date.h"
#include "base/period.h"

namespace hr::scoring {

struct CyclePeriod {
  Period period;
  DateRange range;        // within the cycle: the first and last period of a cycle may be cut
  int32_t days = 0;       // of range
  int32_t year_days = 0;  // 365 or 366: of the year in which the period ends
};

struct Calendar {
  DateRange cycle;
  Date as_of;
  bool interim = false;              // as-of lies before the cycle's last day
  std::vector<CyclePeriod> periods;  // all of the cycle, ascending, without gaps
  uint32_t counted = 0;              // the first so many have ended by as-of
  DateRange window;                  // days of the counted periods

  Date last_day() const { return window.last(); }
};

Calendar make_calendar(DateRange cycle, PeriodKind kind, Date as_of);

}  // namespace hr::scoring
