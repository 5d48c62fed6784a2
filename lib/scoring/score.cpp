#include "scoring/score.h"

#include <algorithm>
#include <map>

#include "facts/grouping.h"
#include "scoring/assign.h"
#include "scoring/distribution.h"
#include "scoring/kpi_batch.h"
#include "scoring/kpi_component.h"
#include "scoring/okr_component.h"
#include "scoring/person.h"
#include "scoring/positions.h"
#include "scoring/state.h"

namespace hr::scoring {

Scorer::Scorer(const model::Definitions& definitions, const facts::Dataset& dataset, const ScoreOptions& options)
    : state_(std::make_unique<State>(definitions, dataset)) {
  State& s = *state_;
  s.okrs_and_feedback_stand = options.okrs_and_feedback_stand;
  s.calendar = make_calendar(dataset.cycle, dataset.period, dataset.as_of);
  s.kpis = make_kpi_rules(definitions, s.diagnostics);
  s.facts = view_facts(definitions, dataset.kpis, dataset.kpis, s.calendar);
  for (const model::Kpi& kpi : definitions.kpis) {
    s.carried_kpi.push_back(dataset.carried.kpis.find(kpi.id).value_or(facts::kNone));
  }
  s.scorecards = make_scorecard_rules(definitions, s.diagnostics);
  assign_people(s, options);
  s.okr_people = find_okr_people(dataset, s.diagnostics);
  find_plain_people(s);
  check_data(s);
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
  for (const uint32_t p : people) {
    const BatchedKpi& kpi = kpis[batch.facts.place_of(p)];
    score_person(*state_, p, scratch, kpi.done ? &kpi : nullptr, results[p], nullptr);
  }
}

void Scorer::kpi_scores(uint32_t begin, uint32_t end, std::span<std::vector<KpiScore>> scores) const {
  constexpr auto kKpi = static_cast<size_t>(model::Component::kpi);
  Scratch scratch = make_scratch(*state_);
  KpiScores sums;
  scratch.kpi_scores = &sums;
  for (uint32_t p = begin; p < end; ++p) {
    scores[p].clear();
    if (state_->plan_of[p] == kNoPlan) continue;
    const PlanRules& plan = state_->plans[state_->plan_of[p]];
    if (!plan.weight[kKpi]) continue;
    model::PersonResult ignored;
    fill_person_time(*state_, &plan, p, scratch.time);
    kpi_component(*state_, plan, scratch, ignored, nullptr);
    scores[p] = sums.take();
  }
}

namespace {

// Paths of what has no data, below a component that counts.
void collect_missing(const model::Derivation& node, std::vector<std::string>& out) {
  const bool leaf_missing = node.status == "no_fact" || node.status == "no_checkin" || node.status == "no_target" ||
                            node.status == "not_computable" || node.status == "no_data" || node.status == "no_unit" ||
                            node.status == "no_scale" || node.status == "target_not_positive" ||
                            node.status == "no_method";
  const size_t before = out.size();
  const bool scored = node.rule.compare(0, 3, "kpi") == 0 || node.rule.compare(0, 10, "key-result") == 0;
  if (!(scored && leaf_missing && node.rule != "kpi-period")) {
    for (const model::Derivation& part : node.parts) collect_missing(part, out);
  }
  if (leaf_missing && out.size() == before && (scored || node.status == "no_data")) out.push_back(node.node);
}

}  // namespace

// `missing: fail`: everyone who would be rated but for missing data, or is rated in spite of it.
Diagnostics Scorer::check(std::span<const model::PersonResult> results) const {
  constexpr uint8_t kDataReasons =
      1U << static_cast<unsigned>(model::Reason::no_data) | 1U << static_cast<unsigned>(model::Reason::coverage);
  struct Lacking {
    uint32_t first = 0;
    uint32_t people = 0;
  };
  std::map<std::pair<uint32_t, std::string>, Lacking> by_plan_and_data;
  for (uint32_t p = 0; p < results.size(); ++p) {
    const model::PersonResult& r = results[p];
    const uint32_t plan = state_->plan_of[p];
    if (r.status == model::Status::not_in_cycle || plan == kNoPlan || (r.reasons & ~kDataReasons) != 0) continue;
    if (state_->plans[plan].plan->missing != model::MissingPolicy::fail) continue;
    std::vector<std::string> missing;
    for (size_t c = 0; c < r.component.size(); ++c) {
      // Small feedback groups follow their own policy: only a component without any is missing.
      const bool partly = c != static_cast<size_t>(model::Component::feedback) && r.component_coverage[c] &&
                          *r.component_coverage[c] < make_figure(100);
      if (partly || (r.component_coverage[c] && !r.component[c])) missing.emplace_back();
    }
    if (missing.empty()) continue;
    missing.clear();
    const model::Derivation tree = explain(p, results);
    for (const model::Derivation& d : tree.parts) {
      if (d.node == "components") collect_missing(d, missing);
    }
    std::string list;
    for (const std::string& m : missing) list += (list.empty() ? "" : ", ") + m;
    Lacking& lacking = by_plan_and_data[{plan, list}];
    if (lacking.people++ == 0) lacking.first = p;
  }
  Diagnostics out;
  for (const auto& [what, lacking] : by_plan_and_data) {
    out.push_back(make_error(
        "missing-data", state_->plans[what.first].plan->span,
        {std::string(state_->dataset.people.id[lacking.first]), what.second, std::to_string(lacking.people)}));
  }
  return out;
}

// The plan's rank_by, else its distribution's group, else the run.
const std::string& rank_group_by(const model::Plan& plan) {
  return plan.rank_by.empty() && plan.distribution ? plan.distribution->group_by : plan.rank_by;
}

Figure compared_figure(const Scorer::State& state, uint32_t person, const model::PersonResult& result) {
  const bool exact = state.plans[state.plan_of[person]].plan->band_on == model::BandOn::exact;
  return exact ? *result.exact : *result.score;
}

std::vector<Ranked> rank_by(const Scorer::State& state, const std::string& key,
                            std::span<const model::PersonResult> results, uint32_t only_plan) {
  const std::vector<uint32_t> groups = facts::group_people(state.dataset, state.last_spell, key);
  std::vector<Ranked> people;
  for (uint32_t p = 0; p < results.size(); ++p) {
    if (results[p].status != model::Status::rated) continue;
    if (only_plan != kNoPlan && state.plan_of[p] != only_plan) continue;
    people.push_back({p, groups[p], compared_figure(state, p, results[p]), 0, 0});
  }
  rank_people(people);
  return people;
}

void Scorer::rank(std::span<model::PersonResult> results) const {
  std::vector<std::string> keys;  // distinct
  for (const PlanRules& plan : state_->plans) {
    const std::string& key = rank_group_by(*plan.plan);
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
  }
  for (const std::string& key : keys) {
    for (const Ranked& r : rank_by(*state_, key, results)) {
      if (rank_group_by(*state_->plans[state_->plan_of[r.person]].plan) != key) continue;
      results[r.person].rank = r.rank;
      results[r.person].percentile = percentile_of(r.rank, r.size);
    }
  }
}

namespace {

std::vector<Place> places_of_plan(const Scorer::State& state, uint32_t plan,
                                  std::span<const model::PersonResult> results) {
  const PlanRules& rules = state.plans[plan];
  if (!rules.plan->distribution || rules.bands.scale == nullptr) return {};
  return place_people(rules, rank_by(state, rules.plan->distribution->group_by, results, plan));
}

}  // namespace

uint32_t band_by_place(const PlanRules& plan, const Place& place, const model::PersonResult& result) {
  if (result.best_band == model::kNoBand) return place.band;
  return worse_band(plan.bands, place.band, result.best_band);
}

namespace {

// "S 1, A 3, B 6"
std::string quota_text(const PlanRules& plan, uint32_t n) {
  std::string text;
  for (const BandPlaces& b : band_places(plan, n)) {
    text += (text.empty() ? "" : ", ") + plan.bands.scale->bands[b.band].id + " " + std::to_string(b.places);
  }
  return text;
}

Diagnostic small_group(const Scorer::State& state, const PlanRules& plan, const Place& place) {
  const model::Distribution& distribution = *plan.plan->distribution;
  const std::string group = facts::group_label(state.dataset, state.last_spell[place.person], distribution.group_by);
  Diagnostic note = make_warning("small-group", distribution.span,
                                 {group, std::to_string(place.size), std::to_string(distribution.min_group)});
  note.severity = Severity::note;
  return note;
}

// "S 10, A 20": the quotas that the places are shared out by, of bands that have one, best first.
std::string shares_text(const PlanRules& plan) {
  std::string text;
  for (auto line = plan.bands.lines.rbegin(); line != plan.bands.lines.rend(); ++line) {
    const std::string& id = plan.bands.scale->bands[line->band].id;
    for (const model::WeightedName& quota : plan.plan->distribution->quotas) {
      if (quota.name == id) text += (text.empty() ? "" : ", ") + id + " " + exact_text(quota.weight);
    }
  }
  return text;
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

static void take_place(const PlanRules& plan, const Place& place, model::PersonResult& result) {
  result.band = band_by_place(plan, place, result);
  if (place.tied && plan.plan->distribution->ties == model::QuotaTies::flag) result.set(model::Flag::quota_tie);
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

struct Scorer::Standings {
  std::vector<Ranked> rank;  // by person; of size 0: has no rank
  std::vector<Place> place;  // by person; of size 0: is in no distribution
};

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

namespace {

const std::string kWholeRun;

BandGroup make_group(const PlanRules& plan, const std::string& key) {
  BandGroup group;
  group.plan = plan.index;
  group.group_by = key;
  for (auto line = plan.bands.lines.rbegin(); line != plan.bands.lines.rend(); ++line)
    group.bands.push_back(line->band);
  return group;
}

void set_places(const PlanRules& plan, BandGroup& group) {
  const std::optional<model::Distribution>& distribution = plan.plan->distribution;
  const auto n = static_cast<uint32_t>(group.people.size());
  if (!distribution || distribution->group_by != group.group_by) return;
  if (n < static_cast<uint32_t>(std::max(0, distribution->min_group))) return;
  for (const BandPlaces& b : band_places(plan, n)) group.places.push_back(b.places);
}

}  // namespace

std::vector<BandGroup> Scorer::band_groups(std::span<const model::PersonResult> results,
                                           const std::optional<std::string>& group_by) const {
  std::vector<BandGroup> groups;
  for (uint32_t p = 0; p < state_->plans.size(); ++p) {
    const PlanRules& plan = state_->plans[p];
    if (plan.bands.scale == nullptr) continue;
    const std::string& own = plan.plan->distribution ? plan.plan->distribution->group_by : kWholeRun;
    const std::string& key = group_by ? *group_by : own;
    std::optional<uint32_t> last;
    for (const Ranked& r : rank_by(*state_, key, results, p)) {
      if (last != r.group) {
        if (last) set_places(plan, groups.back());
        groups.push_back(make_group(plan, key));
        groups.back().name = facts::group_label(state_->dataset, state_->last_spell[r.person], key);
        last = r.group;
      }
      groups.back().people.push_back(r.person);
      groups.back().figures.push_back(r.figure);
    }
    if (last) set_places(plan, groups.back());
  }
  return groups;
}

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
