// What a Scorer compiles once and the kernels read, and the scratch space that each call of score_people() reuses from
// person to person. Internal to scoring.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/unset_vector.h"
#include "scoring/batch_sets.h"
#include "scoring/calendar.h"
#include "scoring/feedback_component.h"
#include "scoring/kpi_scores.h"
#include "scoring/kpi_value.h"
#include "scoring/okr_people.h"
#include "scoring/rank.h"
#include "scoring/rules.h"
#include "scoring/score.h"
#include "scoring/spell.h"
#include "scoring/target_sets.h"

namespace hr::scoring {

inline constexpr uint32_t kNoPlan = 0xFFFFFFFFU;
inline constexpr uint32_t kNoScorecard = 0xFFFFFFFFU;
inline constexpr uint32_t kNoSet = 0xFFFFFFFFU;

struct Scorer::State {
  State(const model::Definitions& d, const facts::Dataset& data) : definitions(d), dataset(data) {}

  const model::Definitions& definitions;
  const facts::Dataset& dataset;
  bool okrs_and_feedback_stand = false;  // ScoreOptions
  int threads = 1;                       // likewise
  Diagnostics diagnostics;
  Calendar calendar;
  std::vector<KpiRules> kpis;              // by index of Definitions::kpis
  FactView facts;                          // the dataset's
  std::vector<uint32_t> carried_kpi;       // the same → code into dataset.carried.kpis, kNone = never carried
  std::vector<ScorecardRules> scorecards;  // by index of Definitions::scorecards
  std::vector<PlanRules> plans;            // those of the cycle
  std::vector<uint32_t> plan_of;           // by person, index into plans
  std::vector<uint32_t> last_spell;        // by person: the last with a day in the cycle, kNone = none
  std::vector<uint32_t> scorecard_of;      // by spell
  std::vector<uint32_t> set_of;            // by spell, into target_sets
  std::vector<uint32_t> plain_set;         // by person: the set of whoever may be scored in a batch, else kNoSet
  std::unique_ptr<TargetSets> target_sets;
  std::vector<BatchSet> batch_sets;  // by index of target_sets
  OkrPeople okr_people;
  UnsetVector<uint32_t> plain_progress;  // by key result; a batch asks for the plain ones
};

// What a component comes to.
struct ComponentFigure {
  bool applicable = false;  // else left out of the weights and of coverage
  std::optional<Figure> score;
  std::optional<Figure> coverage;  // percent of its own weight with data
  std::string coverage_text;       // how that came about; only when somebody asks
  bool all_carried = false;        // whatever has no data counts with a carried score
};

struct Scratch {
  const FactView* facts = nullptr;  // that are scored from
  bool is_batch = false;            // many people, nothing to explain
  model::PersonResult before;       // of the person scored, where OKRs and feedback stand
  PersonTime time;
  bool full_time = false;               // `time` is of somebody who was there all the time, all days alike
  PersonTime other;                     // of the owner of an objective who is not the person scored
  std::vector<uint8_t> in;              // by period
  std::vector<int64_t> whole_periods;   // by period: all its days, in 1e-9: what counts for units
  std::vector<KpiTargets> own_targets;  // of a person with targets of their own
  FeedbackScratch feedback;
  std::vector<uint32_t> objectives;
  KpiScores* kpi_scores = nullptr;  // gets the scores of single KPIs, when somebody asks
};

}  // namespace hr::scoring
