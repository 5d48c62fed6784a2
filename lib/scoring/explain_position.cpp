// What explains rank and place: steps that come from all results, below what explains one person's score.
#include "base/listed.h"
#include "facts/grouping.h"
#include "scoring/person.h"
#include "scoring/positions.h"
#include "scoring/trace.h"

namespace hr::scoring {

namespace {

// "S 1, A 3, B 6"
std::string quota_text(const PlanRules& plan, uint32_t n) {
  return listed(band_places(plan, n), [&](const BandPlaces& b) {
    return plan.bands.scale->bands[b.band].id + " " + std::to_string(b.places);
  });
}

// "S 10, A 20": the quotas that the places are shared out by, of bands that have one, best first.
std::string shares_text(const PlanRules& plan) {
  std::vector<std::string> texts;
  for (auto line = plan.bands.lines.rbegin(); line != plan.bands.lines.rend(); ++line) {
    const std::string& id = plan.bands.scale->bands[line->band].id;
    for (const model::WeightedName& quota : plan.plan->distribution->quotas) {
      if (quota.name == id) texts.push_back(id + " " + exact_text(quota.weight));
    }
  }
  return listed(texts);
}

const char* place_rule(const PlanRules& plan, const Place& place) {
  if (place.band == model::kNoBand) return "distribution-small";
  if (!place.tied) return "distribution";
  return plan.plan->distribution->ties == model::QuotaTies::up ? "distribution-tied-up" : "distribution-tied";
}

// `absolute`: the person's band by step 8, before anybody was moved.
void explain_place(const PlanRules& plan, const Place& place, const model::PersonResult& result, uint32_t absolute,
                   model::Derivation& root) {
  const bool small = place.band == model::kNoBand;
  Derivation* d = add_node(&root, "distribution", place_rule(plan, place));
  d->args = {std::to_string(place.first), std::to_string(place.last), std::to_string(place.size),
             small ? std::to_string(plan.plan->distribution->min_group) : quota_text(plan, place.size),
             shares_text(plan)};
  d->definition = plan.plan->distribution->span;
  const uint32_t band = small ? absolute : band_by_place(plan, place, result);
  if (band != model::kNoBand) d->value = plan.bands.scale->bands[band].id;
  if (!small && band != place.band) d->status = "vetoed";
}

void explain_rank(const Scorer::State& state, const Ranked& r, const model::PersonResult& result,
                  model::Derivation& root) {
  const model::Plan& plan = *state.plans[state.plan_of[r.person]].plan;
  const std::string& key = rank_group_by(plan);
  const char* alone = key.empty() ? "rank-alone" : "rank-by-alone";
  Derivation* d = add_node(&root, "rank", r.size == 1 ? alone : key.empty() ? "rank" : "rank-by");
  d->args = {std::to_string(r.rank),        std::to_string(r.size),
             exact_text(result.percentile), key,
             exact_text(r.figure),          facts::group_label(state.dataset, state.last_spell[r.person], key)};
  d->value = std::to_string(r.rank);
  d->definition = !plan.rank_by.empty() ? plan.places.rank_by
                  : plan.distribution   ? plan.distribution->span
                                        : SourceSpan{};
}

}  // namespace

model::Derivation Scorer::explain(uint32_t person, std::span<const model::PersonResult> results) const {
  const bool ranked = person < results.size() && results[person].rank > 0;
  return explain(person, results, ranked ? *standings(results) : Standings{});
}

model::Derivation Scorer::explain(uint32_t person, std::span<const model::PersonResult> results,
                                  const Standings& standings) const {
  model::Derivation root;
  Scratch scratch = make_scratch(*state_);
  model::PersonResult result;
  score_person(*state_, person, scratch, nullptr, result, &root);
  if (result.status != model::Status::rated || person >= results.size() || results[person].rank == 0) return root;
  const PlanRules& plan = state_->plans[state_->plan_of[person]];
  explain_rank(*state_, standings.rank[person], results[person], root);
  if (standings.place[person].size > 0) {
    explain_place(plan, standings.place[person], results[person], result.band, root);
    root.parts.back().args.push_back(
        facts::group_label(state_->dataset, state_->last_spell[person], plan.plan->distribution->group_by));
  }
  return root;
}

}  // namespace hr::scoring
