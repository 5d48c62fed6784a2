// Bulk targets beside scorecards: which sources each spell's KPIs have, resolved once for all spells that share them.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "facts/dataset.h"
#include "scoring/calendar.h"
#include "scoring/kpi_value.h"
#include "scoring/rules.h"
#include "scoring/target.h"

namespace hr::scoring {

struct KpiTargets {
  TargetSource source;
  double weight = 1;           // in force on the last counted day
  bool weighs_by_day = false;  // a bulk weight may differ on a spell's last day
  bool made = false;           // `whole` and `by_period` hold for someone there in every period, full time
  Goal whole;
  std::vector<Goal> by_period;
  uint32_t unit = facts::kNone;  // of: unit: whose facts
};

// The KPIs of one scorecard for everyone of one job and unit (as far as those matter).
struct TargetSet {
  uint32_t scorecard = 0;
  std::vector<KpiTargets> kpis;
};

class TargetSets {
 public:
  TargetSets(const facts::Dataset& dataset, const Calendar& calendar, const std::vector<ScorecardRules>& scorecards,
             std::span<const KpiRules> kpis, const FactView& facts);

  // The set of a dataset spell under a scorecard; made when first asked for.
  uint32_t set_for(uint32_t spell, uint32_t scorecard);
  const TargetSet& operator[](uint32_t set) const { return sets_[set]; }
  size_t size() const { return sets_.size(); }

  // Rows of one person for KPI `kpi`; empty for most.
  std::span<const facts::TargetRow> of_employee(uint32_t person, uint32_t kpi) const;
  bool has_own(uint32_t person) const {
    return person + 1 < own_begin_.size() && own_begin_[person] < own_begin_[person + 1];
  }

  // Whether the person's targets and weights in both sets are the same on every day that is asked.
  bool same(uint32_t person, uint32_t a, uint32_t b) const;

 private:
  struct Own {
    uint32_t kpi = 0;
    std::span<const facts::TargetRow> rows;
  };
  struct Key {
    uint32_t scorecard, job, unit;
    bool operator==(const Key&) const = default;
  };
  struct Hash {
    size_t operator()(const Key& k) const { return (size_t{k.scorecard} * 1000003U + k.job) * 1000003U + k.unit; }
  };

  void index_rows();
  uint32_t find_or_make(const Key& key);
  bool has_rows(facts::TargetSubject kind, std::string_view subject, uint32_t scorecard) const;
  TargetSet make(uint32_t scorecard, uint32_t job, uint32_t unit) const;
  uint32_t fact_unit(uint32_t unit, uint32_t kpi) const;
  void make_goals(const EntryRules& entry, KpiTargets& targets) const;

  const facts::Dataset& dataset_;
  const Calendar& calendar_;
  const std::vector<ScorecardRules>& scorecards_;
  std::span<const KpiRules> kpis_;
  const FactView& facts_;
  const facts::Column* jobs_ = nullptr;
  std::vector<uint32_t> own_begin_;  // by person into own_
  std::vector<Own> own_;
  bool any_job_ = false;
  bool any_unit_ = false;
  std::unordered_map<Key, uint32_t, Hash> index_;
  std::vector<uint32_t> bare_;  // by scorecard: the set where neither job nor unit matters, kNone = not made yet
  std::vector<TargetSet> sets_;
};

}  // namespace hr::scoring
