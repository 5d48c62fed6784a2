// The KPI component of many people at once, where nothing about them is special: there all the time, no leave that
// counts, no targets of their own; and where all their KPIs are facts of their own that lie in one period each.
// Figures and flags are bit by bit those of kpi_component(), which everybody else goes through, and explanations.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/figure.h"
#include "scoring/kpi_value.h"
#include "scoring/ready_curve.h"
#include "scoring/score.h"
#include "scoring/state.h"

namespace hr::scoring {

// Fills plain_set: about whom nothing is special, whatever their KPIs are.
void find_plain_people(Scorer::State& state);

// What people of one target set and plan have in common.
class KpiBatch {
 public:
  // Keeps references to both for its life.
  KpiBatch(const Scorer::State& state, const FactView& facts);

  // By place in the columns of facts. Const and re-entrant.
  void score(std::span<const uint32_t> people, std::span<BatchedKpi> batched) const;

 private:
  struct Value {  // of a KPI in a period of the cycle, or in all of it
    std::vector<FactUse> uses;
    uint32_t curve = 0;  // of the entry's
  };
  struct Entry {
    double weight = 0;
    model::Aggregate aggregate = model::Aggregate::last;
    bool expects_all = false;        // a period without a fact is partial data
    std::vector<ReadyCurve> curves;  // for the whole cycle, and for periods whose goal is another
    Value cycle;
    std::vector<Value> periods;
  };
  struct Set {
    bool simple = false;
    std::vector<Entry> entries;  // those that weigh anything
    double total = 0;            // their weight
  };
  class Group;

  Set make_set(uint32_t set) const;

  const Scorer::State& state_;
  const FactView& facts_;
  std::vector<Set> sets_;  // by index of target_sets
};

}  // namespace hr::scoring
