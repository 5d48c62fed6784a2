// The timelines of a person's assignments: which row says an attribute on which days. Rules: docs/spec/time.md.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "base/date.h"
#include "facts/cells.h"

namespace hr::facts {

// A row of assignments as read, before it is fitted in between its neighbours.
struct AssignmentRow {
  uint32_t person = 0;
  RowRef at;
  Origin origin;
  DateRange range;    // to = kFarFuture where open
  bool open = false;  // ends where the next row of the timeline begins, at the latest with the service
};

// A stretch of days on which one row speaks.
struct Segment {
  DateRange range;
  uint32_t row = 0;  // as an index into the rows handed in
};

// What is said of two rows that speak for the same day: the later one is followed.
using OnOverlap = std::function<void(uint32_t earlier, uint32_t later)>;

// Fits `rows` (of one person, ascending by from, later imports last; `picked` says which take part, in order) into
// stretches that do not overlap. An open row ends where the next begins, or with `end`. Of rows that overlap, the one
// that began last speaks; where it ends before the other, the other speaks again. Calls `overlap` for such pairs, and
// for two rows that begin the same day.
std::vector<Segment> make_timeline(std::span<const AssignmentRow> rows, std::span<const uint32_t> picked, Date end,
                                   const OnOverlap& overlap);

}  // namespace hr::facts
