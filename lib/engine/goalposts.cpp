#include "engine/goalposts.h"

#include <algorithm>

namespace hr::engine {

static const model::ScorecardKpi* find(const model::Definitions& definitions, const std::string& scorecard,
                                       const std::string& kpi) {
  for (const model::Scorecard& s : definitions.scorecards) {
    if (s.id != scorecard) continue;
    const auto it =
        std::find_if(s.kpis.begin(), s.kpis.end(), [&](const model::ScorecardKpi& k) { return k.kpi == kpi; });
    return it == s.kpis.end() ? nullptr : &*it;
  }
  return nullptr;
}

static std::string written(const std::optional<Decimal>& value) {
  return value ? to_string(*value) : std::string("–");
}

// The first day of the cycle's periods on which the two differ.
static std::optional<Date> first_difference(const model::DatedValues& before, const model::DatedValues& after,
                                            const model::Cycle& cycle) {
  for (const Period& p : periods_of(cycle.range, cycle.period)) {
    const Date last = p.range().intersect(cycle.range).last();
    if (value_on(before, last) != value_on(after, last)) return last;
  }
  return std::nullopt;
}

std::vector<MovedGoalpost> moved_goalposts(const model::Definitions& before, const model::Definitions& after,
                                           Date today) {
  std::vector<MovedGoalpost> moved;
  for (const model::Cycle& cycle : after.cycles) {
    if (cycle.range.from > today) continue;
    for (const model::Scorecard& scorecard : after.scorecards) {
      for (const model::ScorecardKpi& kpi : scorecard.kpis) {
        const model::ScorecardKpi* old = find(before, scorecard.id, kpi.kpi);
        if (!old) continue;
        for (const auto member : {&model::ScorecardKpi::target, &model::ScorecardKpi::threshold,
                                  &model::ScorecardKpi::stretch, &model::ScorecardKpi::baseline}) {
          if (const auto day = first_difference(old->*member, kpi.*member, cycle)) {
            moved.push_back({scorecard.id, kpi.kpi, cycle.id, written(value_on(old->*member, *day)),
                             written(value_on(kpi.*member, *day))});
          }
        }
      }
    }
  }
  return moved;
}

}  // namespace hr::engine
