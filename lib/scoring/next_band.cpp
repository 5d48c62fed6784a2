// What takes a person to the next band: by the scale's lines, or by position among the others of a distribution's
// group.
#include <algorithm>

#include "base/decimal_scale.h"
#include "facts/grouping.h"
#include "scoring/distribution.h"
#include "scoring/person.h"
#include "scoring/positions.h"

namespace hr::scoring {

namespace {

// The order of a band in the scale, worst first; 0 = none.
size_t level_of(const BandRules& rules, uint32_t band) {
  for (size_t i = 0; i < rules.lines.size(); ++i) {
    if (rules.lines[i].band == band) return i + 1;
  }
  return 0;
}

// The rated people of a person's plan and group, best first, without the person.
struct Others {
  std::vector<Ranked> people;
  uint32_t group = 0;
};

Others others_of(const Scorer::State& state, uint32_t person, std::span<const model::PersonResult> results) {
  const model::Distribution& distribution = *state.plans[state.plan_of[person]].plan->distribution;
  const std::vector<uint32_t> groups = facts::group_people(state.dataset, state.last_spell, distribution.group_by);
  Others out;
  out.group = groups[person];
  for (uint32_t p = 0; p < results.size(); ++p) {
    const bool same = groups[p] == out.group && state.plan_of[p] == state.plan_of[person];
    if (p == person || !same || results[p].status != model::Status::rated) continue;
    out.people.push_back({p, out.group, compared_figure(state, p, results[p]), 0, 0});
  }
  rank_people(out.people, 1);
  return out;
}

// Where the person stands among the others with a figure; nobody's place changes the lines, so this is all there is.
Place place_among(const PlanRules& plan, const Others& others, uint32_t person, Figure figure) {
  std::vector<Ranked> all = others.people;
  const auto at = std::find_if(all.begin(), all.end(), [&](const Ranked& r) { return r.figure < figure; });
  all.insert(at, {person, others.group, figure, 0, 0});
  for (const Place& place : place_people(plan, all)) {
    if (place.person == person) return place;
  }
  return {};
}

bool is_distributed(const PlanRules& plan, size_t people) {
  if (!plan.plan->distribution || plan.bands.scale == nullptr) return false;
  return people >= static_cast<size_t>(std::max(0, plan.plan->distribution->min_group));
}

NextBand next_by_scale(const PlanRules& plan, const model::PersonResult& result, Figure figure) {
  NextBand out;
  const size_t level = level_of(plan.bands, result.band);
  if (level >= plan.bands.lines.size()) return out;
  out.band = plan.bands.lines[level].band;
  out.from = plan.bands.lines[level].from;
  out.veto_holds = level_of(plan.bands, band_of(plan.bands, figure)) > level;
  return out;
}

// Figures at which one's place may get better: just above what one has, and level with or just above somebody better.
std::vector<Figure> lines_above(const Others& others, Figure mine, Figure unit) {
  std::vector<Figure> lines{{mine.nano + unit.nano}};
  for (auto r = others.people.rbegin(); r != others.people.rend(); ++r) {
    if (r->figure <= mine || (lines.size() > 1 && lines[lines.size() - 2] == r->figure)) continue;
    lines.push_back(r->figure);
    lines.push_back({r->figure.nano + unit.nano});
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

Figure unit_of(const PlanRules& plan) {
  return {plan.plan->band_on == model::BandOn::exact ? 1 : pow10(9 - plan.decimals)};
}

NextBand next_by_position(const PlanRules& plan, const Others& others, uint32_t person,
                          const model::PersonResult& result, Figure figure) {
  NextBand out;
  out.by_position = true;
  out.group = static_cast<uint32_t>(others.people.size()) + 1;
  const auto level_at = [&](Figure f) { return level_of(plan.bands, place_among(plan, others, person, f).band); };
  const size_t now = level_of(plan.bands, result.band);
  if (level_at(figure) > now) {
    out.veto_holds = true;
    out.from = figure;
    out.band = plan.bands.lines[now].band;
    return out;
  }
  const std::vector<Figure> lines = lines_above(others, figure, unit_of(plan));
  const auto line = std::partition_point(lines.begin(), lines.end(), [&](Figure f) { return level_at(f) <= now; });
  if (line == lines.end()) return out;
  out.from = *line;
  out.band = place_among(plan, others, person, *line).band;
  return out;
}

// The lowest figure that has the band now, by position.
std::optional<Figure> worst_with(const Others& others, std::span<const model::PersonResult> all, uint32_t band) {
  for (auto r = others.people.rbegin(); r != others.people.rend(); ++r) {
    if (all[r->person].band == band && all[r->person].best_band == model::kNoBand) return r->figure;
  }
  return std::nullopt;
}

}  // namespace

model::PersonResult Scorer::score_one(uint32_t person) const {
  Scratch scratch = make_scratch(*state_);
  model::PersonResult result;
  score_person(*state_, person, scratch, nullptr, result, nullptr);
  return result;
}

Figure Scorer::compared(uint32_t person, const model::PersonResult& result) const {
  return compared_figure(*state_, person, result);
}

uint32_t Scorer::band_among(uint32_t person, const model::PersonResult& result,
                            std::span<const model::PersonResult> results) const {
  if (result.status != model::Status::rated) return model::kNoBand;
  const PlanRules& plan = state_->plans[state_->plan_of[person]];
  if (!plan.plan->distribution || plan.bands.scale == nullptr) return result.band;
  const Others others = others_of(*state_, person, results);
  if (!is_distributed(plan, others.people.size() + 1)) return result.band;
  return band_by_place(plan, place_among(plan, others, person, compared(person, result)), result);
}

NextBand Scorer::next_band(uint32_t person, std::span<const model::PersonResult> results) const {
  const model::PersonResult& result = results[person];
  if (result.status != model::Status::rated) return {};
  const PlanRules& plan = state_->plans[state_->plan_of[person]];
  const Figure figure = compared(person, result);
  if (!plan.plan->distribution || plan.bands.scale == nullptr) return next_by_scale(plan, result, figure);
  const Others others = others_of(*state_, person, results);
  if (!is_distributed(plan, others.people.size() + 1)) return next_by_scale(plan, result, figure);
  NextBand out = next_by_position(plan, others, person, result, figure);
  if (out.band != model::kNoBand) out.worst = worst_with(others, results, out.band);
  return out;
}

}  // namespace hr::scoring
