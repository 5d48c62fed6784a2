// The days of one person in a cycle: in service, eligible (less excluded leave), by period; which period belongs to
// which spell; and which assignments are one spell because nothing that is scored changed between them.
#pragma once

#include <cstdint>
#include <vector>

#include "base/date.h"
#include "facts/dataset.h"
#include "model/plan.h"
#include "scoring/calendar.h"
#include "scoring/target.h"

namespace hr::scoring {

// One or more of the dataset's spells with the same scorecard, weights and targets.
struct ScoredSpell {
  uint32_t first = 0;  // spells of the dataset, inclusive
  uint32_t last = 0;
  Date last_day;              // within the counted periods
  int32_t eligible_days = 0;  // within the counted periods
  int32_t service_days = 0;
  uint32_t periods = 0;           // counted ones that belong to it
  uint32_t eligible_periods = 0;  // of these, with an eligible day
  bool whole = false;             // has all counted periods, every day eligible, full time
};

inline constexpr uint32_t kNobody = facts::kNone;

// Reused from person to person: no allocation once it has grown.
struct PersonTime {
  uint32_t person = 0;
  std::vector<int32_t> service;  // days by period of the cycle
  std::vector<int32_t> eligible;
  std::vector<int64_t> counted_nanos;  // eligible days × FTE where the plan prorates by it, in 1e-9 of a day
  std::vector<uint32_t> owner;         // by period: index into spells, kNobody = no day in service
  std::vector<ScoredSpell> spells;
  std::vector<DateRange> away;  // excluded leave, ascending, not overlapping
  int32_t eligible_in_cycle = 0;
  int32_t service_in_cycle = 0;
  bool always_there = false;  // every day of the counted periods in service
};

struct TimeRules {
  const model::LeavePolicy* leave = nullptr;
  bool prorate_fte = false;
};

// Whether the policy takes this leave out of eligible time.
bool is_excluded(const model::LeavePolicy& policy, const facts::Leave& leave);

// Fills the days. `spells` gets one element a dataset spell that meets the cycle, to be joined by join_spells().
void fill_time(const facts::Dataset& dataset, const Calendar& calendar, const TimeRules& rules, uint32_t person,
               PersonTime& time);

// Days of `range` in service, and of these eligible; `range` may lie outside the cycle.
struct Days {
  int32_t service = 0;
  int32_t eligible = 0;
};
Days days_in(const facts::Dataset& dataset, const PersonTime& time, DateRange range);

// Figures of the joined spells, and owners as indexes of them.
void finish_spells(const facts::Dataset& dataset, const Calendar& calendar, PersonTime& time);

// Joins neighbours for which `same(a, b)`, of dataset spells, holds: also across days without service.
template <class Same>
void join_spells(const facts::Dataset& dataset, const Calendar& calendar, PersonTime& time, Same same) {
  size_t kept = 0;
  for (size_t i = 0; i < time.spells.size(); ++i) {
    if (kept > 0 && same(time.spells[kept - 1].last, time.spells[i].first)) {
      time.spells[kept - 1].last = time.spells[i].last;
    } else {
      time.spells[kept++] = time.spells[i];
    }
  }
  time.spells.resize(kept);
  finish_spells(dataset, calendar, time);
}

}  // namespace hr::scoring
