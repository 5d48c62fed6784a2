// Scoring: definitions + dataset in, results out. Pure: no I/O, clock, locale or random source; threads change nothing.
// The arithmetic is docs/spec/scoring.md; each rule is one function in its own file beside this one.
//
// A batch is these calls, so that the caller may spread the second one over threads:
//   Scorer scorer(definitions, dataset, options)   compiles plans, scorecards, curves; assigns scorecards to spells
//   scorer.score_people(begin, end, results)       independent per person: any split gives the same bytes
//   scorer.rank(results), scorer.distribute(results)   ranks and percentiles, forced distributions, over everybody
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "facts/dataset.h"
#include "model/definitions.h"
#include "model/derivation.h"
#include "model/result.h"
#include "scoring/kpi_scores.h"

namespace hr::scoring {

struct ScoreOptions {
  std::string cycle;  // id; must exist in the definitions
  std::string plan;   // id of the one plan to use; empty: the cycle's plans
  // OKRs and feedback stand: score_people() takes both components from what `results` hold of the same person, which
  // was scored from the same records and rules; the dataset has no objectives and no feedback. Nothing can be
  // explained.
  bool okrs_and_feedback_stand = false;
  int threads = 1;  // for what the constructor does
};

// Progress of one key result or objective, for `report okr` and for the OKR component.
enum class OkrState : uint8_t { on_track, at_risk, off_track, outdated, held, broken, unknown, not_scored };
struct KeyResultProgress {
  std::optional<Figure> progress;  // p, clamped
  std::optional<Figure> score;     // contribution (p, or p / norm), none when learning, guardrail or missing
  std::optional<double> current;
  OkrState state = OkrState::unknown;
  bool missed = false;
};
struct ObjectiveProgress {
  std::optional<Figure> progress;
  std::optional<Figure> score;
  OkrState state = OkrState::unknown;
  std::vector<KeyResultProgress> key_results;  // in the objective's order
};

// The rated people of one plan within one group, and the places that quotas give its bands there.
struct BandGroup {
  uint32_t plan = 0;             // index into Definitions::plans
  std::string group_by;          // empty: the whole run
  std::string name;              // of the group; empty: the whole run, or no such value
  std::vector<uint32_t> people;  // best first
  std::vector<Figure> figures;   // of each: what bands and ranks compare
  std::vector<uint32_t> bands;   // indexes into the plan's scale, best first
  std::vector<uint32_t> places;  // of each band; empty: no quotas hold here
};

// The better band that is nearest: what takes one there.
struct NextBand {
  uint32_t band = model::kNoBand;  // index into the scale; kNoBand: there is no better one, or no scale
  Figure from;                     // the least compared figure that has it, as the others stand
  bool by_position = false;        // a forced distribution decides, not the scale's line
  uint32_t group = 0;              // by position: rated people in the group
  std::optional<Figure> worst;     // by position: the lowest figure that has that band now
  bool veto_holds = false;         // the figure would do, but a veto keeps a better band away
};

// The KPI component of somebody about whom nothing is special; of others not `done`.
struct BatchedKpi {
  OptionalFigure score;
  OptionalFigure coverage;
  uint32_t flags = 0;  // bits of model::Flag
  bool done = false;
};

// Where somebody stands among others.
struct Standing {
  uint32_t rank = 0;
  uint32_t ranked = 0;  // people that the rank is among
  // Where the plan has a distribution, places of those with the same figure, 1 = best, and people in the group.
  uint32_t first = 0;
  uint32_t last = 0;
  uint32_t placed = 0;
};
// What ranks are within: an attribute, unit_level_N, or empty: the run.
const std::string& rank_group_by(const model::Plan& plan);

class Scorer {
 public:
  // Keeps references to both for its life.
  Scorer(const model::Definitions& definitions, const facts::Dataset& dataset, const ScoreOptions& options);
  ~Scorer();
  Scorer(const Scorer&) = delete;
  Scorer& operator=(const Scorer&) = delete;

  // What stops or qualifies the batch: two scorecards or plans that fit one person, `missing: fail` without data.
  // With errors, nothing may be scored.
  const Diagnostics& diagnostics() const;

  // Scores people [begin, end) into results[begin .. end). Const and re-entrant.
  void score_people(uint32_t begin, uint32_t end, std::span<model::PersonResult> results) const;
  // The same figures for many people at once, in two steps, each const and re-entrant: KPIs of people of one scorecard
  // one by one, then people. `kpis` by place in the columns of facts, `results` by person. `batch` is of this scorer.
  struct Batch;
  void score_kpis(const Batch& batch, std::span<const uint32_t> people, std::span<BatchedKpi> kpis) const;
  void score_people(const Batch& batch, std::span<const uint32_t> people, std::span<const BatchedKpi> kpis,
                    std::span<model::PersonResult> results) const;
  std::shared_ptr<const Batch> batch() const;  // from the dataset's facts, where a person's place is its number
  // From facts that are not the dataset's, of some people: place[person]. Units' facts are the dataset's. Keeps
  // references to both.
  std::shared_ptr<const Batch> batch(std::span<const facts::KpiFacts> facts, std::span<const uint32_t> place) const;
  // People who are scored together one after the other, else as they stand: so their facts are best placed.
  void order_for_batch(std::vector<uint32_t>& people) const;
  // One person as the dataset stands now: of what it holds, values may change between calls, but not what there is of
  // people, spells, units, columns and objectives. Bands by position are band_among()'s.
  model::PersonResult score_one(uint32_t person) const;
  // The band of a result of one person among the others' `results`: by position where the plan has a distribution.
  uint32_t band_among(uint32_t person, const model::PersonResult& result,
                      std::span<const model::PersonResult> results) const;
  // For a rated person; `results` as after distribute().
  NextBand next_band(uint32_t person, std::span<const model::PersonResult> results) const;
  // The figure of a rated result that bands compare.
  Figure compared(uint32_t person, const model::PersonResult& result) const;
  // After all are scored: problems that only scoring finds (missing: fail), naming all.
  Diagnostics check(std::span<const model::PersonResult> results) const;
  void rank(std::span<model::PersonResult> results) const;
  // Bands by position, where a plan has a distribution; ranks stay. Names the groups that are too small for it.
  Diagnostics distribute(std::span<model::PersonResult> results) const;
  // Makes of a result as after distribute() what it was before it and rank(). False where only scoring tells.
  bool undo_distribute(uint32_t person, model::PersonResult& result) const;
  // By plan, then group as ranked. `group_by`: instead of the distribution's; quotas hold within the distribution's
  // alone, and not in groups that are too small for them.
  std::vector<BandGroup> band_groups(std::span<const model::PersonResult> results,
                                     const std::optional<std::string>& group_by) const;
  // The derivation of one person's score; `results` as after rank(), and after distribute().
  model::Derivation explain(uint32_t person, std::span<const model::PersonResult> results) const;
  // Where everybody stands, worked out once for many explanations.
  struct Standings;
  // The same of one rated person where the dataset does not hold the others, as a run has it: gives them rank,
  // percentile and band.
  std::shared_ptr<const Standings> stand(uint32_t person, const Standing& standing,
                                         std::span<model::PersonResult> results) const;
  std::shared_ptr<const Standings> standings(std::span<const model::PersonResult> results) const;
  model::Derivation explain(uint32_t person, std::span<const model::PersonResult> results,
                            const Standings& standings) const;
  // By person, the scores of single KPIs that come from data; of people without a plan, or whose plan has no component
  // kpi, none.
  std::vector<std::vector<KpiScore>> kpi_scores(int threads) const;
  // By objective of dataset.okrs.
  std::vector<ObjectiveProgress> okr_progress() const;

  struct State;  // scoring/state.h, internal

 private:
  std::unique_ptr<State> state_;
};

}  // namespace hr::scoring
