// What the KPIs of many people of one target set have in common, whatever their facts are: worked out once for all
// slices of facts. Internal to scoring.
#pragma once

#include <cstdint>
#include <vector>

#include "model/definitions.h"
#include "scoring/calendar.h"
#include "scoring/kpi_value.h"
#include "scoring/ready_curve.h"
#include "scoring/rules.h"
#include "scoring/target_sets.h"

namespace hr::scoring {

struct BatchSet {
  struct Entry {
    uint32_t kpi = 0;  // of Definitions::kpis
    double weight = 0;
    model::Aggregate aggregate = model::Aggregate::last;
    bool expects_all = false;        // a period without a fact is partial data
    std::vector<ReadyCurve> curves;  // for the whole cycle, and for periods whose goal is another
    std::vector<uint32_t> curve_of;  // by period, into curves
  };

  bool simple = false;         // its people may be scored in a batch, as far as it goes by this set
  std::vector<Entry> entries;  // those that weigh anything
  double total = 0;            // their weight
};

// By index of `sets`. Keeps references to the curves of `scorecards`.
std::vector<BatchSet> make_batch_sets(const TargetSets& sets, const std::vector<ScorecardRules>& scorecards,
                                      const std::vector<KpiRules>& kpis, const Calendar& calendar);

}  // namespace hr::scoring
