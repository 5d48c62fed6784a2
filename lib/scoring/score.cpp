#include "scoring/score.h"

#include <algorithm>

#include "base/parallel.h"
#include "scoring/assign.h"
#include "scoring/kpi_batch.h"
#include "scoring/kpi_component.h"
#include "scoring/okr_component.h"
#include "scoring/person.h"
#include "scoring/plain_progress.h"
#include "scoring/state.h"

namespace hr::scoring {

Scorer::Scorer(const model::Definitions& definitions, const facts::Dataset& dataset, const ScoreOptions& options)
    : state_(std::make_unique<State>(definitions, dataset)) {
  State& s = *state_;
  s.okrs_and_feedback_stand = options.okrs_and_feedback_stand;
  s.threads = options.threads;
  s.calendar = make_calendar(dataset.cycle, dataset.period, dataset.as_of);
  s.kpis = make_kpi_rules(definitions, s.diagnostics);
  s.facts = view_facts(definitions, dataset.kpis, dataset.kpis, s.calendar);
  for (const model::Kpi& kpi : definitions.kpis) {
    s.carried_kpi.push_back(dataset.carried.kpis.find(kpi.id).value_or(facts::kNone));
  }
  s.scorecards = make_scorecard_rules(definitions, s.diagnostics);
  Diagnostics of_okr_people;
  constexpr size_t kPart = 65'536;  // key results
  const size_t key_results = dataset.okrs.key_result_id.size();
  s.plain_progress.resize(key_results);
  for_pieces(2 + (key_results + kPart - 1) / kPart, options.threads, [&](size_t piece, size_t) {
    if (piece == 0) {
      assign_people(s, options);
      find_plain_people(s);
      s.batch_sets = make_batch_sets(*s.target_sets, s.scorecards, s.kpis, s.calendar);
    } else if (piece == 1) {
      s.okr_people = find_okr_people(dataset, of_okr_people);
    } else {
      const size_t begin = (piece - 2) * kPart;
      plain_progress(dataset.okrs, s.calendar.as_of, begin, std::min(key_results, begin + kPart),
                     s.plain_progress.data());
    }
  });
  s.diagnostics.insert(s.diagnostics.end(), of_okr_people.begin(), of_okr_people.end());
  check_data(s, options.threads);
}

Scorer::~Scorer() = default;

const Diagnostics& Scorer::diagnostics() const {
  return state_->diagnostics;
}

void Scorer::score_people(uint32_t begin, uint32_t end, std::span<model::PersonResult> results) const {
  Scratch scratch = make_scratch(*state_);
  for (uint32_t p = begin; p < end; ++p) score_person(*state_, p, scratch, nullptr, results[p], nullptr);
}

struct Scorer::Batch {
  Batch(const State& state, FactView view) : facts(std::move(view)), kpis(state, facts) {}

  FactView facts;
  KpiBatch kpis;
};

std::shared_ptr<const Scorer::Batch> Scorer::batch() const {
  return std::make_shared<Batch>(*state_, state_->facts);
}

std::shared_ptr<const Scorer::Batch> Scorer::batch(std::span<const facts::KpiFacts> facts,
                                                   std::span<const uint32_t> place) const {
  FactView view = view_facts(state_->definitions, facts, state_->dataset.kpis, state_->calendar);
  view.place = place;
  return std::make_shared<Batch>(*state_, std::move(view));
}

void Scorer::order_for_batch(std::vector<uint32_t>& people) const {
  const auto sets = static_cast<uint32_t>(state_->target_sets->size());
  const auto set_of = [&](uint32_t person) { return std::min(state_->plain_set[person], sets); };
  std::vector<size_t> next(sets + size_t{2});
  for (const uint32_t person : people) ++next[set_of(person) + size_t{1}];
  for (size_t set = 1; set < next.size(); ++set) next[set] += next[set - 1];
  std::vector<uint32_t> ordered(people.size());
  for (const uint32_t person : people) ordered[next[set_of(person)]++] = person;
  people = std::move(ordered);
}

void Scorer::score_kpis(const Batch& batch, std::span<const uint32_t> people, std::span<BatchedKpi> kpis) const {
  batch.kpis.score(people, kpis);
}

void Scorer::score_people(const Batch& batch, std::span<const uint32_t> people, std::span<const BatchedKpi> kpis,
                          std::span<model::PersonResult> results) const {
  Scratch scratch = make_scratch(*state_);
  scratch.facts = &batch.facts;
  scratch.is_batch = true;
  constexpr size_t kAhead = 16;  // places go in any order: memory is asked for so many people before
  for (size_t i = 0; i < people.size(); ++i) {
    if (i + kAhead < people.size()) __builtin_prefetch(&kpis[batch.facts.place_of(people[i + kAhead])]);
    const uint32_t p = people[i];
    const BatchedKpi& kpi = kpis[batch.facts.place_of(p)];
    score_person(*state_, p, scratch, kpi.done ? &kpi : nullptr, results[p], nullptr);
  }
}

std::vector<std::vector<KpiScore>> Scorer::kpi_scores(int threads) const {
  constexpr auto kKpi = static_cast<size_t>(model::Component::kpi);
  constexpr size_t kSome = 1'024;  // people
  std::vector<std::vector<KpiScore>> scores(state_->dataset.people.size());
  for_ranges(scores.size(), kSome, threads, [&](size_t begin, size_t end, size_t) {
    Scratch scratch = make_scratch(*state_);
    KpiScores sums;
    scratch.kpi_scores = &sums;
    for (size_t p = begin; p < end; ++p) {
      if (state_->plan_of[p] == kNoPlan) continue;
      const PlanRules& plan = state_->plans[state_->plan_of[p]];
      if (!plan.weight[kKpi]) continue;
      model::PersonResult ignored;
      fill_person_time(*state_, &plan, static_cast<uint32_t>(p), scratch.time);
      kpi_component(*state_, plan, scratch, ignored, nullptr);
      scores[p] = sums.take();
    }
  });
  return scores;
}

std::vector<ObjectiveProgress> Scorer::okr_progress() const {
  std::vector<ObjectiveProgress> out;
  Scratch scratch = make_scratch(*state_);
  const OkrScoring scoring = state_->plans.empty() ? OkrScoring{} : okr_scoring(state_->plans.front());
  for (uint32_t o = 0; o < state_->dataset.okrs.size(); ++o) {
    ObjectiveProgress& progress = out.emplace_back();
    const ObjectiveFigures f = score_objective(*state_, o, scoring, scratch, &progress.key_results, nullptr);
    progress.progress = f.progress;
    progress.score = f.score;
    if (!f.applicable) {
      progress.state = OkrState::not_scored;
    } else if (f.outdated) {
      progress.state = OkrState::outdated;
    } else if (f.progress) {
      progress.state = state_by_gap(*f.progress, state_->calendar);
    }
  }
  return out;
}

}  // namespace hr::scoring
