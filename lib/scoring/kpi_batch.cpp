#include "scoring/kpi_batch.h"

#include <algorithm>
#include <compare>

namespace hr::scoring {

namespace {

using model::Flag;

constexpr uint32_t bit(Flag flag) {
  return 1U << static_cast<uint32_t>(flag);
}

// Facts of the periods that count, each of one period; false when one is of
// several, which days of service divide.
bool take_uses(const std::vector<FactUse>& from, uint32_t counted, std::vector<FactUse>& to) {
  for (const FactUse& use : from) {
    if (use.spread) return false;
    if (use.first < counted) to.push_back(use);
  }
  return true;
}

}  // namespace

KpiBatch::KpiBatch(const Scorer::State& state, const FactView& facts) : state_(state), facts_(facts) {
  for (uint32_t set = 0; set < state.target_sets->size(); ++set) sets_.push_back(make_set(set));
}

KpiBatch::Set KpiBatch::make_set(uint32_t index) const {
  const TargetSet& targets = (*state_.target_sets)[index];
  const ScorecardRules& scorecard = state_.scorecards[targets.scorecard];
  const uint32_t counted = state_.calendar.counted;
  Set set;
  for (size_t k = 0; k < targets.kpis.size(); ++k) {
    const EntryRules& rules = scorecard.kpis[k];
    const KpiTargets& t = targets.kpis[k];
    if (t.weight == 0) continue;
    if (rules.of_unit || state_.kpis[rules.kpi].formula || !t.made) return set;
    const FactUses& uses = facts_.uses[rules.kpi].people;
    Entry entry{t.weight,
                state_.kpis[rules.kpi].kpi->aggregate,
                rules.additive && rules.curve.needs != 0,
                {{}, ReadyCurve(rules.curve, t.whole)},
                {}};
    if (!take_uses(uses.all, counted, entry.cycle.uses)) return set;
    for (uint32_t p = 0; p < counted; ++p) {
      Value& value = entry.periods.emplace_back(Value{{}, ReadyCurve(rules.curve, t.by_period[p])});
      if (p < uses.by_period.size()) take_uses(uses.by_period[p], counted, value.uses);
    }
    set.total += t.weight;
    set.entries.push_back(std::move(entry));
  }
  set.simple = true;
  return set;
}

// In service every day that counts, in one spell, and nothing else is said.
bool KpiBatch::is_simple(uint32_t person) const {
  if (state_.plan_of[person] == kNoPlan || state_.calendar.counted == 0) return false;
  const PlanRules& plan = state_.plans[state_.plan_of[person]];
  if (!plan.weight[static_cast<size_t>(model::Component::kpi)] || plan.plan->prorate_fte) return false;
  if (plan.plan->missing == model::MissingPolicy::carry || state_.target_sets->has_own(person)) return false;
  const facts::Dataset& dataset = state_.dataset;
  if (!plan.plan->leave.kinds.empty() && !dataset.leaves.empty() && !dataset.leaves[person].empty()) return false;
  if (dataset.spells.begin[person + 1] - dataset.spells.begin[person] != 1) return false;
  const uint32_t spell = dataset.spells.begin[person];
  const DateRange range = dataset.spells.range[spell];
  const DateRange window = state_.calendar.window;
  if (range.from > window.from || range.to < window.to) return false;
  return state_.set_of[spell] != kNoSet && sets_[state_.set_of[spell]].simple;
}

// Some people of one set and one way to score.
class KpiBatch::Group {
 public:
  Group(const KpiBatch& batch, const Set& set, const PlanRules& plan, std::span<const uint32_t> places)
      : batch_(batch),
        set_(set),
        zero_(plan.plan->missing == model::MissingPolicy::zero),
        periods_(plan.plan->kpi_score == model::KpiScore::periods),
        places_(places),
        means_(places.size()),
        flags_(places.size()) {}

  void score(std::span<BatchedKpi> out) {
    if (periods_)
      score_periods(out);
    else
      score_cycle(out);
  }

 private:
  struct Mean {
    double sum = 0, weight = 0, covered = 0;
  };
  struct OverPeriods {
    double sum = 0, share = 0;
    uint32_t scored = 0;
  };

  void score_periods(std::span<BatchedKpi> out) {
    const uint32_t counted = batch_.state_.calendar.counted;
    std::vector<OverPeriods> over(places_.size());
    for (uint32_t p = 0; p < counted; ++p) {
      std::fill(means_.begin(), means_.end(), Mean{});
      for (const Entry& entry : set_.entries) add(entry, entry.periods[p], false);
      for (size_t i = 0; i < places_.size(); ++i) {
        const Mean& m = means_[i];
        over[i].share += share(m);
        if (m.covered < set_.total) flags_[i] |= bit(Flag::partial_data);
        const std::optional<Figure> score = m.weight > 0 ? snap(m.sum / m.weight) : std::nullopt;
        if (!score) continue;
        over[i].sum += score->value();
        ++over[i].scored;
      }
    }
    for (size_t i = 0; i < places_.size(); ++i) {
      const OverPeriods& o = over[i];
      finish(i, o.scored > 0 ? snap(o.sum / o.scored) : std::nullopt, o.share / counted, out[places_[i]]);
    }
  }

  void score_cycle(std::span<BatchedKpi> out) {
    for (const Entry& entry : set_.entries) add(entry, entry.cycle, entry.expects_all);
    for (size_t i = 0; i < places_.size(); ++i) {
      const Mean& m = means_[i];
      finish(i, m.weight > 0 ? snap(m.sum / m.weight) : std::nullopt, share(m), out[places_[i]]);
    }
  }

  // One KPI of everybody.
  void add(const Entry& entry, const Value& value, bool expects_all) {
    if (value.uses.size() == 1 && !expects_all) {
      const facts::FactColumn& column = *value.uses.front().column;
      for (size_t i = 0; i < places_.size(); ++i) {
        if (column.has(places_[i]))
          add_value(entry, value.curve, column.value(places_[i]), i);
        else
          add_missing(entry, i);
      }
      return;
    }
    for (size_t i = 0; i < places_.size(); ++i) add_aggregate(entry, value, expects_all, i);
  }

  void add_aggregate(const Entry& entry, const Value& value, bool expects_all, size_t i) {
    Accumulator sum;
    uint32_t covered = 0;
    uint32_t last = kNobody;
    for (const FactUse& use : value.uses) {
      if (!use.column->has(places_[i])) continue;
      sum.add(use.column->value(places_[i]));
      covered += use.first != last;
      last = use.first;
    }
    if (sum.n == 0) return add_missing(entry, i);
    if (expects_all && covered < batch_.state_.calendar.counted) flags_[i] |= bit(Flag::partial_data);
    add_value(entry, value.curve, sum.result(entry.aggregate), i);
  }

  void add_value(const Entry& entry, const ReadyCurve& curve, double value, size_t i) {
    const ReadyCurve::Score score = curve.score(value);
    if (score.flags != 0) flags_[i] |= score.flags;
    if (!score.figure) return add_missing(entry, i);
    Mean& m = means_[i];
    m.covered += entry.weight;
    m.sum += entry.weight * score.figure->value();
    m.weight += entry.weight;
  }

  void add_missing(const Entry& entry, size_t i) {
    if (zero_) means_[i].weight += entry.weight;  // and counts 0
  }

  double share(const Mean& m) const { return set_.total > 0 ? m.covered / set_.total : 0; }

  // One spell, weighed by its days as if there were others.
  void finish(size_t i, const std::optional<Figure>& score, double share, BatchedKpi& out) {
    const double days = batch_.state_.calendar.window.days();
    if (score) out.score = snap(days * score->value() / days);
    out.coverage = snap(100 * (days * share / days));
    out.flags = flags_[i];
    out.done = true;
  }

  const KpiBatch& batch_;
  const Set& set_;
  bool zero_;
  bool periods_;
  std::span<const uint32_t> places_;
  std::vector<Mean> means_;
  std::vector<uint32_t> flags_;
};

void KpiBatch::score(std::span<const uint32_t> people, std::span<BatchedKpi> batched) const {
  struct Member {
    uint32_t set, plan, person;
    auto operator<=>(const Member&) const = default;
    bool is_with(const Member& o) const { return set == o.set && plan == o.plan; }
  };
  std::vector<Member> members;
  for (const uint32_t p : people) {
    batched[facts_.place_of(p)] = {};
    if (is_simple(p)) members.push_back({state_.set_of[state_.dataset.spells.begin[p]], state_.plan_of[p], p});
  }
  std::sort(members.begin(), members.end());
  std::vector<uint32_t> places;
  for (size_t begin = 0; begin < members.size();) {
    const Member first = members[begin];
    places.clear();
    for (; begin < members.size() && members[begin].is_with(first); ++begin)
      places.push_back(facts_.place_of(members[begin].person));
    Group(*this, sets_[first.set], state_.plans[first.plan], places).score(batched);
  }
}

}  // namespace hr::scoring
