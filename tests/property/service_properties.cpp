// Days in service, days away and days of spells, beside a count of them one by one.
#include <doctest/doctest.h>

#include "property/drafts.h"
#include "property/properties.h"
#include "scoring/spell.h"

using namespace world;
using namespace property;

TEST_CASE("people: days in service, days away and days of spells, counted one by one") {
  for_all(150, [] {
    Draft d;
    add_people(d);
    d.w.entry(kKpis[0], "", "1");
    d.w.kpi(kKpis[0]);
    add_transfers(d);
    const Scored s = d.run();
    const facts::Dataset& data = *s.dataset;
    const model::LeavePolicy& leave = d.w.plan().leave;
    const int64_t seen = coin("interim") ? whole("as of", 0, 364) : 364;
    const scoring::Calendar calendar =
        scoring::make_calendar(data.cycle, data.period, data.cycle.from + static_cast<int32_t>(seen));
    scoring::PersonTime time;
    for (uint32_t p = 0; p < data.people.size(); ++p) {
      scoring::fill_time(data, calendar, {&leave, false}, p, time);
      std::vector<int32_t> service(calendar.periods.size(), 0);
      std::vector<int32_t> eligible(calendar.periods.size(), 0);
      std::vector<int32_t> of_spell;
      for (size_t i = 0; i < calendar.periods.size(); ++i) {
        uint32_t owner = scoring::kNobody;
        for (Date day = calendar.periods[i].range.from; day < calendar.periods[i].range.to; day = day + 1) {
          bool there = false;
          for (uint32_t spell = data.spells.begin[p]; spell < data.spells.begin[p + 1]; ++spell) {
            if (!data.spells.range[spell].contains(day)) continue;
            there = true;
            owner = spell;
          }
          bool away = false;
          if (!data.leaves.empty()) {
            for (const facts::Leave& l : data.leaves[p]) {
              away |= l.range.contains(day) && l.kind == "sick" && l.range.days() >= leave.min_days;
            }
          }
          service[i] += there;
          eligible[i] += there && !away;
        }
        SAME(time.service[i], service[i]);
        SAME(time.eligible[i], eligible[i]);
        SAME(time.owner[i], owner);
      }
      scoring::finish_spells(data, calendar, time);
      int32_t days = 0;
      int32_t eligible_days = 0;
      uint32_t periods = 0;
      for (const scoring::ScoredSpell& spell : time.spells) {
        days += spell.service_days;
        eligible_days += spell.eligible_days;
        periods += spell.periods;
      }
      int32_t expected = 0;
      int32_t expected_eligible = 0;
      uint32_t expected_periods = 0;
      for (size_t i = 0; i < calendar.counted; ++i) {
        expected += service[i];
        expected_eligible += eligible[i];
        expected_periods += service[i] > 0;
      }
      SAME(days, expected);
      SAME(eligible_days, expected_eligible);
      SAME(periods, expected_periods);
    }
  });
}
