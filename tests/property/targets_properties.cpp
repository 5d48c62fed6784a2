// Targets over time: shares of days, and which row is in force.
#include <doctest/doctest.h>

#include <cmath>

#include "property/properties.h"
#include "scoring/target.h"

using namespace hr;
using namespace hr::scoring;
using namespace property;

namespace {

// The calendar of a year or of some months, all of it past.
Calendar any_calendar() {
  const DateRange year{*make_date(2024, 1, 1), *make_date(2025, 1, 1)};
  const DateRange months{*make_date(2025, 1, 15), *make_date(2025, 9, 10)};
  const DateRange range = coin("months") ? months : year;
  return make_calendar(range, one_of("kind", {PeriodKind::month, PeriodKind::quarter, PeriodKind::week}), range.last());
}

model::DatedValues any_dated(const Calendar& calendar) {
  model::DatedValues values{{kFarPast, moderate("value", 1'000'000, 2), {}}};
  for (int64_t n = whole("changes", 0, 3); n > 0; --n) {
    const auto day = calendar.cycle.from + static_cast<int32_t>(whole("day", 0, 366));
    if (day > values.back().from) values.push_back({day, moderate("value", 1'000'000, 2), {}});
  }
  return values;
}

double whole_target(const TargetSource& source, const Calendar& calendar, const std::vector<int64_t>& counted) {
  const std::vector<uint8_t> in(calendar.periods.size(), 1);
  const Goal goal = make_goal(source, bit(Role::target), calendar, {in, counted, calendar.last_day()}, nullptr);
  HOLDS(goal.has(Role::target));
  return goal[Role::target];
}

std::vector<int64_t> all_days(const Calendar& calendar) {
  std::vector<int64_t> days;
  for (const CyclePeriod& p : calendar.periods) days.push_back(p.days * kNano);
  return days;
}

}  // namespace

TEST_CASE("targets: those of consecutive spells add up to the target of them together") {
  for_all(500, [] {
    const Calendar calendar = any_calendar();
    model::ScorecardKpi entry;
    entry.target = any_dated(calendar);
    entry.per = one_of("per", {model::TargetPer::cycle, model::TargetPer::year, model::TargetPer::period});
    TargetSource source;
    source.entry = &entry;
    source.additive = true;
    const auto spells = static_cast<size_t>(whole("spells", 1, 4));
    std::vector<std::vector<int64_t>> days(spells, std::vector<int64_t>(calendar.periods.size(), 0));
    std::vector<int64_t> together(calendar.periods.size(), 0);
    for (size_t p = 0; p < together.size(); ++p) {
      int64_t left = calendar.periods[p].days;
      for (size_t s = 0; s < spells; ++s) {
        const int64_t part = s + 1 == spells && !coin("leave") ? left : whole("part", 0, left);
        days[s][p] = part * kNano;
        together[p] += part * kNano;
        left -= part;
      }
    }
    double sum = 0;
    double size = 0;
    for (const auto& d : days) {
      sum += whole_target(source, calendar, d);
      size += std::abs(sum);
    }
    const double target = whole_target(source, calendar, together);
    AT_MOST(std::abs(sum - target), 1e-12 * (size + 1e7));
    // and by hand, period by period
    double expected = 0;
    for (size_t p = 0; p < together.size(); ++p) {
      const double value = model::value_on(entry.target, calendar.periods[p].range.last())->to_double();
      const int32_t whole_days = entry.per == model::TargetPer::cycle  ? calendar.cycle.days()
                                 : entry.per == model::TargetPer::year ? calendar.periods[p].year_days
                                                                       : calendar.periods[p].days;
      expected += value * (static_cast<double>(together[p]) / 1e9) / whole_days;
    }
    AT_MOST(std::abs(expected - target), 1e-12 * (std::abs(expected) + 1e7));
  });
}

TEST_CASE("targets: someone there every day has the whole target, to the last bit; a rate is never prorated") {
  for_all(200, [] {
    const Calendar calendar = any_calendar();
    model::ScorecardKpi entry;
    entry.target = {{kFarPast, number("value"), {}}};
    TargetSource source;
    source.entry = &entry;
    source.additive = true;
    const double value = entry.target[0].value.to_double();
    SAME(whole_target(source, calendar, all_days(calendar)), value);
    if (calendar.cycle.days() == 366) {
      entry.per = model::TargetPer::year;
      SAME(whole_target(source, calendar, all_days(calendar)), value);
    }
    entry.per = model::TargetPer::period;
    const double n = static_cast<double>(calendar.periods.size());
    AT_MOST(std::abs(whole_target(source, calendar, all_days(calendar)) - n * value), std::abs(n * value) * 1e-14);
    source.additive = false;
    std::vector<int64_t> few(calendar.periods.size(), 0);
    few[0] = whole("days", 0, 5) * kNano;
    SAME(whole_target(source, calendar, few), value);
  });
}

TEST_CASE("targets: more days never make a target smaller") {
  for_all(300, [] {
    const Calendar calendar = any_calendar();
    model::ScorecardKpi entry;
    entry.target = {{kFarPast, positive("value"), {}}};
    TargetSource source;
    source.entry = &entry;
    source.additive = true;
    std::vector<int64_t> days;
    std::vector<int64_t> more;
    for (const CyclePeriod& p : calendar.periods) {
      days.push_back(whole("days", 0, p.days) * kNano);
      more.push_back(whole("more", days.back() / kNano, p.days) * kNano);
    }
    AT_MOST(whole_target(source, calendar, days), whole_target(source, calendar, more) * (1 + 1e-14));
  });
}

TEST_CASE("targets: the row of the employee goes before the job's, the unit's and the scorecard's, cell by cell") {
  for_all(300, [] {
    model::ScorecardKpi entry;
    if (coin("scorecard")) entry.target = {{kFarPast, make_decimal(4), {}}};
    if (coin("weight")) entry.weight = make_decimal(4);
    std::array<std::vector<facts::TargetRow>, 3> rows;
    TargetSource source;
    source.entry = &entry;
    const Date today = *make_date(2025, 6, 1);
    std::optional<Decimal> target;
    std::optional<Decimal> weight;
    if (!entry.target.empty()) target = entry.target[0].value;
    weight = entry.weight;
    for (size_t level = 3; level-- > 0;) {
      if (!coin("row")) continue;
      facts::TargetRow row;
      row.range = {today - static_cast<int32_t>(whole("since", 0, 2)),
                   today + static_cast<int32_t>(whole("until", 0, 2))};
      if (coin("target")) row.target = make_decimal(static_cast<int64_t>(level));
      if (coin("weight")) row.weight = make_decimal(static_cast<int64_t>(level));
      rows[level].push_back(row);
      source.rows[level] = rows[level];
      if (row.range.to <= today) continue;
      if (row.target) target = row.target;
      if (row.weight) weight = row.weight;
    }
    const auto found = in_force(source, Role::target, today);
    SAME(found ? std::optional(found->value) : std::nullopt, target);
    SAME(weight_on(source, today), weight);
    HOLDS(!in_force(source, Role::baseline, today));
  });
}
