#include "scoring/plain_okrs.h"

#include <algorithm>
#include <span>

#include "scoring/okr_component.h"
#include "scoring/plain_progress.h"

namespace hr::scoring {

namespace {

using model::KeyResultType;

// Whether objectives of units count for the person, too.
bool has_units(const Scorer::State& state, const PlanRules& plan, uint32_t person) {
  const OkrPeople& okrs = state.okr_people;
  switch (plan.plan->okr.units) {
    case model::OkrUnits::none:
      return false;
    case model::OkrUnits::head:
      return okrs.head_begin[person] != okrs.head_begin[person + 1];
    case model::OkrUnits::members:
      break;
  }
  return true;
}

bool is_plain(const facts::Okrs& okrs, uint32_t objective) {
  if (objective < okrs.defined.size() || !okrs.tried.empty()) return false;
  for (uint32_t k = okrs.key_results[objective]; k < okrs.key_results[objective + 1]; ++k) {
    if (!is_scored(okrs.type[k]) || !okrs.kpi[k].empty()) return false;
  }
  return true;
}

// A weighted mean of figures, and how much of the weight has one.
struct Mean {
  double sum = 0, weight = 0;
  double covered = 0, total = 0;

  double share() const { return total > 0 ? covered / total : 0; }
};

class PlainOkrs {
 public:
  PlainOkrs(const Scorer::State& state, const PlanRules& plan)
      : okrs_(state.dataset.okrs), progress_(state.plain_progress), scoring_(okr_scoring(plan)) {}

  void add(uint32_t objective) {
    Mean mean;
    for (uint32_t k = okrs_.key_results[objective]; k < okrs_.key_results[objective + 1]; ++k) add_key_result(k, mean);
    if (okrs_.key_results[objective] == okrs_.key_results[objective + 1]) return;
    applicable_ = true;
    const double weight = okrs_.weight.has(objective) ? okrs_.weight.number(objective) : 1;
    all_.total += weight;
    all_.covered += weight * mean.share();
    const std::optional<Figure> score = mean.weight > 0 ? snap(mean.sum / mean.weight) : std::nullopt;
    if (!score) return;
    all_.sum += weight * score->value();
    all_.weight += weight;
  }

  ComponentFigure figure(model::PersonResult& result) const {
    ComponentFigure out;
    if (missed_) result.set(model::Flag::missed);
    if (!applicable_) return out;
    out.applicable = true;
    if (all_.weight > 0) out.score = snap(100 * (all_.sum / all_.weight));
    out.coverage = all_.total > 0 ? snap(100 * (all_.covered / all_.total)) : make_figure(0);
    return out;
  }

 private:
  void add_key_result(uint32_t k, Mean& mean) {
    const double weight = okrs_.key_result_weight.has(k) ? okrs_.key_result_weight.number(k) : 1;
    const std::optional<Figure> progress =
        progress_[k] == kNoProgress ? std::nullopt : std::optional(Figure{progress_[k]});
    std::optional<Figure> score = progress;
    if (progress && okrs_.type[k] == KeyResultType::aspirational)
      score = snap(std::min(progress->value() / scoring_.norm, scoring_.cap));
    else if (progress)
      missed_ |= progress->nano < kNano;
    mean.total += weight;
    if (score) mean.covered += weight;
    if (!score && scoring_.zero_when_missing) score = Figure{};
    if (!score) return;
    mean.sum += weight * score->value();
    mean.weight += weight;
  }

  const facts::Okrs& okrs_;
  std::span<const uint32_t> progress_;
  OkrScoring scoring_;
  Mean all_;
  bool applicable_ = false;
  bool missed_ = false;
};

}  // namespace

std::optional<ComponentFigure> plain_okr_component(const Scorer::State& state, const PlanRules& plan, uint32_t person,
                                                   model::PersonResult& result) {
  if (has_units(state, plan, person)) return std::nullopt;
  const OkrPeople& people = state.okr_people;
  const auto own =
      std::span(people.own).subspan(people.own_begin[person], people.own_begin[person + 1] - people.own_begin[person]);
  PlainOkrs okrs(state, plan);
  for (const uint32_t objective : own) {
    if (!is_plain(state.dataset.okrs, objective)) return std::nullopt;
    okrs.add(objective);
  }
  return okrs.figure(result);
}

}  // namespace hr::scoring
