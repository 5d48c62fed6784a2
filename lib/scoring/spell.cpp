#include "scoring/spell.h"

#include <algorithm>

namespace hr::scoring {

namespace {

void fill_away(const facts::Dataset& dataset, const TimeRules& rules, PersonTime& time) {
  time.away.clear();
  if (dataset.leaves.empty() || rules.leave == nullptr || rules.leave->kinds.empty()) return;
  for (const facts::Leave& leave : dataset.leaves[time.person]) {  // ascending by first day
    if (leave.range.empty() || !is_excluded(*rules.leave, leave)) continue;
    if (!time.away.empty() && leave.range.from <= time.away.back().to) {
      time.away.back().to = std::max(time.away.back().to, leave.range.to);
    } else {
      time.away.push_back(leave.range);
    }
  }
}

int32_t days_away(const PersonTime& time, DateRange range) {
  int32_t days = 0;
  for (const DateRange& away : time.away) days += away.intersect(range).days();
  return days;
}

// Full time where nothing is said.
int64_t fte_nanos(const facts::Dataset& dataset, uint32_t spell) {
  const facts::Column* column = dataset.spells.attributes.find("fte");
  if (column == nullptr || column->storage != facts::Storage::decimal) return kNano;
  const std::optional<Decimal> fte = column->decimal(spell);
  return fte ? snap(fte->to_double()).value_or(make_figure(1)).nano : kNano;
}

void add_spell(const facts::Dataset& dataset, const Calendar& calendar, const TimeRules& rules, uint32_t spell,
               PersonTime& time) {
  const DateRange range = dataset.spells.range[spell].intersect(calendar.cycle);
  if (range.empty()) return;
  ScoredSpell& scored = time.spells.emplace_back();
  scored.first = scored.last = spell;
  const int64_t fte = rules.prorate_fte ? fte_nanos(dataset, spell) : kNano;
  for (size_t p = 0; p < calendar.periods.size(); ++p) {
    const DateRange both = range.intersect(calendar.periods[p].range);
    if (both.empty()) continue;
    const int32_t eligible = both.days() - days_away(time, both);
    time.service[p] += both.days();
    time.eligible[p] += eligible;
    time.counted_nanos[p] += eligible * fte;
    time.owner[p] = spell;
    if (p < calendar.counted) {
      scored.eligible_days += eligible;
      scored.service_days += both.days();
    }
  }
}

}  // namespace

bool is_excluded(const model::LeavePolicy& policy, const facts::Leave& leave) {
  return leave.range.days() >= policy.min_days &&
         std::find(policy.kinds.begin(), policy.kinds.end(), leave.kind) != policy.kinds.end();
}

void fill_time(const facts::Dataset& dataset, const Calendar& calendar, const TimeRules& rules, uint32_t person,
               PersonTime& time) {
  const size_t n = calendar.periods.size();
  time.person = person;
  time.service.assign(n, 0);
  time.eligible.assign(n, 0);
  time.counted_nanos.assign(n, 0);
  time.owner.assign(n, kNobody);
  time.spells.clear();
  fill_away(dataset, rules, time);
  for (uint32_t s = dataset.spells.begin[person]; s < dataset.spells.begin[person + 1]; ++s) {
    add_spell(dataset, calendar, rules, s, time);
  }
  time.eligible_in_cycle = 0;
  time.service_in_cycle = 0;
  time.always_there = true;
  for (size_t p = 0; p < n; ++p) {
    time.eligible_in_cycle += time.eligible[p];
    time.service_in_cycle += time.service[p];
    if (p < calendar.counted && time.service[p] < calendar.periods[p].days) time.always_there = false;
  }
}

void finish_spells(const facts::Dataset& dataset, const Calendar& calendar, PersonTime& time) {
  for (ScoredSpell& s : time.spells) {
    s.eligible_days = s.service_days = 0;
    s.last_day = std::min(dataset.spells.range[s.last].last(), calendar.last_day());
    for (uint32_t i = s.first; i <= s.last; ++i) {
      const DateRange both = dataset.spells.range[i].intersect(calendar.window);
      s.service_days += both.days();
      s.eligible_days += both.days() - days_away(time, both);
    }
    s.whole = calendar.counted > 0;
  }
  for (size_t p = 0; p < time.owner.size(); ++p) {
    if (time.owner[p] == kNobody) continue;
    uint32_t index = 0;
    while (time.spells[index].last < time.owner[p]) ++index;
    time.owner[p] = index;
    if (p >= calendar.counted) continue;
    ++time.spells[index].periods;
    if (time.eligible[p] > 0) ++time.spells[index].eligible_periods;
  }
  for (uint32_t i = 0; i < time.spells.size(); ++i) {
    for (size_t p = 0; p < calendar.counted; ++p) {
      if (time.owner[p] != i || time.counted_nanos[p] != calendar.periods[p].days * kNano) time.spells[i].whole = false;
    }
  }
}

Days days_in(const facts::Dataset& dataset, const PersonTime& time, DateRange range) {
  Days days;
  for (uint32_t s = dataset.spells.begin[time.person]; s < dataset.spells.begin[time.person + 1]; ++s) {
    const DateRange both = dataset.spells.range[s].intersect(range);
    days.service += both.days();
    days.eligible += both.days() - days_away(time, both);
  }
  return days;
}

}  // namespace hr::scoring
