// The KPI component of many people at once, where nothing about them is special: there all the time, no leave that
// counts, no targets of their own; and where all their KPIs are facts of their own that lie in one period each.
// Figures and flags are bit by bit those of kpi_component(), which everybody else goes through, and explanations.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/figure.h"
#include "scoring/batch_sets.h"
#include "scoring/kpi_value.h"
#include "scoring/score.h"
#include "scoring/state.h"

namespace hr::scoring {

// Fills plain_set: about whom nothing is special, whatever their KPIs are.
void find_plain_people(Scorer::State& state);

// Of people of one target set and plan, from one slice of facts.
class KpiBatch {
 public:
  // Keeps references to both for its life.
  KpiBatch(const Scorer::State& state, const FactView& facts);

  // By place in the columns of facts. Const and re-entrant.
  void score(std::span<const uint32_t> people, std::span<BatchedKpi> batched) const;

 private:
  struct Uses {  // of a KPI's facts, in the periods that count
    std::vector<FactUse> cycle;
    std::vector<std::vector<FactUse>> by_period;
    bool divided = false;  // some are of several periods, which days of service divide
  };
  class Group;

  Uses uses_of(const FactUses& facts) const;
  bool is_simple(const BatchSet& set) const;

  const Scorer::State& state_;
  const FactView& facts_;
  std::vector<Uses> uses_;       // by index of Definitions::kpis
  std::vector<uint8_t> simple_;  // by index of target_sets: 1 = scored here
};

}  // namespace hr::scoring
