#include "scoring/batch_sets.h"

namespace hr::scoring {

static BatchSet::Entry make_entry(const EntryRules& rules, const KpiRules& kpi, const KpiTargets& targets,
                                  uint32_t counted) {
  BatchSet::Entry entry;
  entry.kpi = rules.kpi;
  entry.weight = targets.weight;
  entry.aggregate = kpi.kpi->aggregate;
  entry.expects_all = rules.additive && rules.curve.needs != 0;
  entry.curves.emplace_back(rules.curve, targets.whole);
  const Goal* last = &targets.whole;
  for (uint32_t p = 0; p < counted; ++p) {  // targets are the same in all periods, as a rule
    const Goal& goal = targets.by_period[p];
    if (!(goal == *last)) entry.curves.emplace_back(rules.curve, goal);
    entry.curve_of.push_back(static_cast<uint32_t>(entry.curves.size() - 1));
    last = &goal;
  }
  return entry;
}

static BatchSet make_set(const TargetSet& targets, const ScorecardRules& scorecard, const std::vector<KpiRules>& kpis,
                         uint32_t counted) {
  BatchSet set;
  for (size_t k = 0; k < targets.kpis.size(); ++k) {
    const EntryRules& rules = scorecard.kpis[k];
    const KpiTargets& of_kpi = targets.kpis[k];
    if (of_kpi.weight == 0) continue;
    if (rules.of_unit || kpis[rules.kpi].formula || !of_kpi.made) return {};
    set.entries.push_back(make_entry(rules, kpis[rules.kpi], of_kpi, counted));
    set.total += of_kpi.weight;
  }
  set.simple = true;
  return set;
}

std::vector<BatchSet> make_batch_sets(const TargetSets& sets, const std::vector<ScorecardRules>& scorecards,
                                      const std::vector<KpiRules>& kpis, const Calendar& calendar) {
  std::vector<BatchSet> all;
  for (uint32_t set = 0; set < sets.size(); ++set)
    all.push_back(make_set(sets[set], scorecards[sets[set].scorecard], kpis, calendar.counted));
  return all;
}

}  // namespace hr::scoring
