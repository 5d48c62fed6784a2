#include "scoring/positions.h"

#include <algorithm>
#include <map>

#include "base/parallel.h"
#include "facts/grouping.h"
#include "scoring/band.h"

namespace hr::scoring {

const std::string& rank_group_by(const model::Plan& plan) {
  return plan.rank_by.empty() && plan.distribution ? plan.distribution->group_by : plan.rank_by;
}

Figure compared_figure(const Scorer::State& state, uint32_t person, const model::PersonResult& result) {
  const bool exact = state.plans[state.plan_of[person]].plan->band_on == model::BandOn::exact;
  return exact ? *result.exact : *result.score;
}

std::vector<Ranked> rank_by(const Scorer::State& state, const std::string& key,
                            std::span<const model::PersonResult> results, uint32_t only_plan) {
  const std::vector<uint32_t> groups = facts::group_people(state.dataset, state.last_spell, key, state.threads);
  std::vector<Ranked> people;
  people.reserve(results.size());
  for (uint32_t p = 0; p < results.size(); ++p) {
    if (results[p].status != model::Status::rated) continue;
    if (only_plan != kNoPlan && state.plan_of[p] != only_plan) continue;
    people.push_back({p, groups[p], compared_figure(state, p, results[p]), 0, 0});
  }
  rank_people(people, state.threads);
  return people;
}

void Scorer::rank(std::span<model::PersonResult> results) const {
  std::vector<std::string> keys;  // distinct
  for (const PlanRules& plan : state_->plans) {
    const std::string& key = rank_group_by(*plan.plan);
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
  }
  for (const std::string& key : keys) {
    const std::vector<Ranked> ranked = rank_by(*state_, key, results);
    std::vector<uint8_t> has_key;  // by plan
    for (const PlanRules& plan : state_->plans) has_key.push_back(rank_group_by(*plan.plan) == key);
    constexpr size_t kPiece = 16'384;
    for_ranges(ranked.size(), kPiece, state_->threads, [&](size_t begin, size_t end, size_t) {
      for (const Ranked& r : std::span(ranked).subspan(begin, end - begin)) {
        if (has_key[state_->plan_of[r.person]] == 0) continue;
        results[r.person].rank = r.rank;
        results[r.person].percentile = percentile_of(r.rank, r.size);
      }
    });
  }
}

namespace {

std::vector<Place> places_of_plan(const Scorer::State& state, uint32_t plan,
                                  std::span<const model::PersonResult> results) {
  const PlanRules& rules = state.plans[plan];
  if (!rules.plan->distribution || rules.bands.scale == nullptr) return {};
  return place_people(rules, rank_by(state, rules.plan->distribution->group_by, results, plan));
}

Diagnostic small_group(const Scorer::State& state, const PlanRules& plan, const Place& place) {
  const model::Distribution& distribution = *plan.plan->distribution;
  const std::string group = facts::group_label(state.dataset, state.last_spell[place.person], distribution.group_by);
  Diagnostic note = make_warning("small-group", distribution.span,
                                 {group, std::to_string(place.size), std::to_string(distribution.min_group)});
  note.severity = Severity::note;
  return note;
}

void take_place(const PlanRules& plan, const Place& place, model::PersonResult& result) {
  result.band = band_by_place(plan, place, result);
  if (place.tied && plan.plan->distribution->ties == model::QuotaTies::flag) result.set(model::Flag::quota_tie);
}

}  // namespace

uint32_t band_by_place(const PlanRules& plan, const Place& place, const model::PersonResult& result) {
  if (result.best_band == model::kNoBand) return place.band;
  return worse_band(plan.bands, place.band, result.best_band);
}

Diagnostics Scorer::distribute(std::span<model::PersonResult> results) const {
  Diagnostics notes;
  for (uint32_t p = 0; p < state_->plans.size(); ++p) {
    const PlanRules& plan = state_->plans[p];
    std::optional<uint32_t> named;  // the small group that was named last
    for (const Place& place : places_of_plan(*state_, p, results)) {
      if (place.band != model::kNoBand) {
        take_place(plan, place, results[place.person]);
      } else if (place.first == 1 && place.group != named) {
        named = place.group;
        notes.push_back(small_group(*state_, plan, place));
      }
    }
  }
  return notes;
}

// A veto may have held a better band away: the result does not tell which.
bool Scorer::undo_distribute(uint32_t person, model::PersonResult& result) const {
  result.rank = 0;
  result.percentile.reset();
  if (result.status != model::Status::rated) return true;
  const PlanRules& plan = state_->plans[state_->plan_of[person]];
  if (!plan.plan->distribution || plan.bands.scale == nullptr) return true;
  if (result.has(model::Flag::vetoed)) return false;
  result.flags &= ~(1U << static_cast<uint32_t>(model::Flag::quota_tie));
  result.band = band_of(plan.bands, compared_figure(*state_, person, result));
  return true;
}

std::shared_ptr<const Scorer::Standings> Scorer::standings(std::span<const model::PersonResult> results) const {
  const auto out = std::make_shared<Standings>();
  out->rank.resize(results.size());
  out->place.resize(results.size());
  std::map<std::string, std::vector<Ranked>> by_key;
  for (uint32_t p = 0; p < state_->plans.size(); ++p) {
    const std::string& key = rank_group_by(*state_->plans[p].plan);
    if (by_key.count(key) == 0) by_key[key] = rank_by(*state_, key, results);
    for (const Ranked& r : by_key[key]) {
      if (state_->plan_of[r.person] == p) out->rank[r.person] = r;
    }
    for (const Place& place : places_of_plan(*state_, p, results)) out->place[place.person] = place;
  }
  return out;
}

std::shared_ptr<const Scorer::Standings> Scorer::stand(uint32_t person, const Standing& standing,
                                                       std::span<model::PersonResult> results) const {
  const auto out = std::make_shared<Standings>();
  out->rank.resize(results.size());
  out->place.resize(results.size());
  model::PersonResult& result = results[person];
  if (result.status != model::Status::rated) return out;
  const PlanRules& plan = state_->plans[state_->plan_of[person]];
  result.rank = standing.rank;
  result.percentile = percentile_of(standing.rank, standing.ranked);
  out->rank[person] = {person, 0, compared_figure(*state_, person, result), standing.rank, standing.ranked};
  if (!plan.plan->distribution || plan.bands.scale == nullptr) return out;
  out->place[person] = place_block(plan, standing.placed, standing.first, standing.last);
  out->place[person].person = person;
  if (out->place[person].band != model::kNoBand) take_place(plan, out->place[person], result);
  return out;
}

}  // namespace hr::scoring
