#include "scoring/kpi_batch.h"

#include <algorithm>
#include <array>
#include <compare>

#include "scoring/kpi_sums.h"

namespace hr::scoring {

namespace {

using model::Flag;

constexpr uint32_t bit(Flag flag) {
  return 1U << static_cast<uint32_t>(flag);
}

}  // namespace

KpiBatch::KpiBatch(const Scorer::State& state, const FactView& facts) : state_(state), facts_(facts) {
  for (const KpiUses& uses : facts.uses) uses_.push_back(uses_of(uses.people));
  for (const BatchSet& set : state.batch_sets) simple_.push_back(is_simple(set) ? 1 : 0);
}

KpiBatch::Uses KpiBatch::uses_of(const FactUses& facts) const {
  const uint32_t counted = state_.calendar.counted;
  Uses uses;
  uses.by_period.resize(counted);
  const auto take = [&](const std::vector<FactUse>& from, std::vector<FactUse>& to) {
    for (const FactUse& use : from) {
      uses.divided |= use.spread;
      if (use.first < counted) to.push_back(use);
    }
  };
  take(facts.all, uses.cycle);
  for (size_t p = 0; p < std::min<size_t>(counted, facts.by_period.size()); ++p)
    take(facts.by_period[p], uses.by_period[p]);
  return uses;
}

bool KpiBatch::is_simple(const BatchSet& set) const {
  return set.simple && std::none_of(set.entries.begin(), set.entries.end(),
                                    [&](const BatchSet::Entry& entry) { return uses_[entry.kpi].divided; });
}

// Some people, a few at a time: their sums stay in the nearest cache.
class KpiBatch::Group {
 public:
  static constexpr size_t kPeople = KpiSums::kPeople;

  // Of one set and one way to score; `places` ascending, at most kPeople.
  Group(const KpiBatch& batch, const BatchSet& set, const PlanRules& plan, std::span<const uint32_t> places)
      : batch_(batch),
        set_(set),
        zero_(plan.plan->missing == model::MissingPolicy::zero),
        periods_(plan.plan->kpi_score == model::KpiScore::periods),
        places_(places),
        sums_(places.size()) {
    std::fill_n(flags_.begin(), places.size(), 0U);
  }

  void score(std::span<BatchedKpi> out) {
    if (periods_)
      score_periods(out);
    else
      score_cycle(out);
  }

 private:
  void score_periods(std::span<BatchedKpi> out) {
    const uint32_t counted = batch_.state_.calendar.counted;
    for (uint32_t p = 0; p < counted; ++p) {
      sums_.begin();
      for (const BatchSet::Entry& entry : set_.entries)
        add(entry, batch_.uses_[entry.kpi].by_period[p], entry.curves[entry.curve_of[p]], false);
      sums_.end_period(set_.total, zero_);
    }
    for (size_t i = 0; i < places_.size(); ++i) {
      if (sums_.partial[i] != 0) flags_[i] |= bit(Flag::partial_data);
      const double scored = sums_.scored[i];
      finish(i, scored > 0 ? snap(sums_.score[i] / scored) : std::nullopt, sums_.share[i] / counted, out[places_[i]]);
    }
  }

  void score_cycle(std::span<BatchedKpi> out) {
    sums_.begin();
    for (const BatchSet::Entry& entry : set_.entries)
      add(entry, batch_.uses_[entry.kpi].cycle, entry.curves.front(), entry.expects_all);
    for (size_t i = 0; i < places_.size(); ++i) finish(i, mean(i), share(i), out[places_[i]]);
  }

  // What is missing counts 0, or its weight goes to the others.
  std::optional<Figure> mean(size_t i) const {
    const double weight = zero_ ? set_.total : sums_.covered[i];
    return weight > 0 ? snap(sums_.sum[i] / weight) : std::nullopt;
  }
  double share(size_t i) const { return set_.total > 0 ? sums_.covered[i] / set_.total : 0; }

  // One KPI of everybody.
  void add(const BatchSet::Entry& entry, const std::vector<FactUse>& uses, const ReadyCurve& curve, bool expects_all) {
    if (uses.size() != 1 || expects_all) {
      for (size_t i = 0; i < places_.size(); ++i) add_aggregate(entry, uses, curve, expects_all, i);
      return;
    }
    const facts::FactColumn& column = *uses.front().column;
    if (curve.has_many() && add_many(entry, curve, column)) return;
    for (size_t i = 0; i < places_.size(); ++i) {
      if (column.has(places_[i])) add_value(entry, curve, column.value(places_[i]), i);
    }
  }

  // False: nothing is added.
  bool add_many(const BatchSet::Entry& entry, const ReadyCurve& curve, const facts::FactColumn& column) {
    const auto n = static_cast<std::ptrdiff_t>(places_.size());
    const size_t steps = sums_.steps;
    std::array<double, kPeople> values;
    std::array<double, kPeople> there;
    std::array<double, kPeople> scores;
    column.gather(places_, values.data(), there.data());
    std::fill(values.begin() + n, values.begin() + static_cast<std::ptrdiff_t>(steps), 0.0);
    std::fill(there.begin() + n, there.begin() + static_cast<std::ptrdiff_t>(steps), 0.0);
    if (!curve.score_many(values.data(), scores.data(), steps)) return false;
    sums_.add(entry.weight, scores.data(), there.data());
    return true;
  }

  void add_aggregate(const BatchSet::Entry& entry, const std::vector<FactUse>& uses, const ReadyCurve& curve,
                     bool expects_all, size_t i) {
    Accumulator sum;
    uint32_t covered = 0;
    uint32_t last = kNobody;
    for (const FactUse& use : uses) {
      if (!use.column->has(places_[i])) continue;
      sum.add(use.column->value(places_[i]));
      covered += use.first != last;
      last = use.first;
    }
    if (sum.n == 0) return;
    if (expects_all && covered < batch_.state_.calendar.counted) flags_[i] |= bit(Flag::partial_data);
    add_value(entry, curve, sum.result(entry.aggregate), i);
  }

  void add_value(const BatchSet::Entry& entry, const ReadyCurve& curve, double value, size_t i) {
    const ReadyCurve::Score score = curve.score(value);
    if (score.flags != 0) flags_[i] |= score.flags;
    if (!score.figure) return;
    sums_.covered[i] += entry.weight;
    sums_.sum[i] += entry.weight * score.figure->value();
  }

  // One spell, weighed by its days as if there were others.
  void finish(size_t i, const std::optional<Figure>& score, double share, BatchedKpi& out) {
    const double days = batch_.state_.calendar.window.days();
    if (score) out.score = snap(days * score->value() / days);
    out.coverage = snap(100 * (days * share / days));
    out.flags = flags_[i];
    out.done = true;
  }

  const KpiBatch& batch_;
  const BatchSet& set_;
  bool zero_;
  bool periods_;
  std::span<const uint32_t> places_;
  KpiSums sums_;
  std::array<uint32_t, kPeople> flags_;
};

void KpiBatch::score(std::span<const uint32_t> people, std::span<BatchedKpi> batched) const {
  struct Member {
    uint32_t set, plan, place;
    auto operator<=>(const Member&) const = default;
    bool is_with(const Member& o) const { return set == o.set && plan == o.plan; }
  };
  std::vector<Member> members;
  members.reserve(people.size());
  for (const uint32_t p : people) {
    const uint32_t place = facts_.place_of(p);
    batched[place] = {};
    const uint32_t set = state_.plain_set[p];
    if (set != kNoSet && simple_[set] != 0) members.push_back({set, state_.plan_of[p], place});
  }
  if (!std::is_sorted(members.begin(), members.end())) std::sort(members.begin(), members.end());
  std::vector<uint32_t> places;
  for (size_t begin = 0; begin < members.size();) {
    const Member first = members[begin];
    places.clear();
    for (; begin < members.size() && members[begin].is_with(first) && places.size() < Group::kPeople; ++begin)
      places.push_back(members[begin].place);
    Group(*this, state_.batch_sets[first.set], state_.plans[first.plan], places).score(batched);
  }
}

// In service every day that counts, in one spell, and nothing else is said.
static bool is_plain(const Scorer::State& state, uint32_t person) {
  if (state.plan_of[person] == kNoPlan || state.calendar.counted == 0) return false;
  const PlanRules& plan = state.plans[state.plan_of[person]];
  if (!plan.weight[static_cast<size_t>(model::Component::kpi)] || plan.plan->prorate_fte) return false;
  if (plan.plan->missing == model::MissingPolicy::carry || state.target_sets->has_own(person)) return false;
  const facts::Dataset& dataset = state.dataset;
  if (!plan.plan->leave.kinds.empty() && !dataset.leaves.empty() && !dataset.leaves[person].empty()) return false;
  if (dataset.spells.begin[person + 1] - dataset.spells.begin[person] != 1) return false;
  const DateRange range = dataset.spells.range[dataset.spells.begin[person]];
  const DateRange window = state.calendar.window;
  return range.from <= window.from && range.to >= window.to;
}

void find_plain_people(Scorer::State& state) {
  state.plain_set.assign(state.plan_of.size(), kNoSet);
  for (uint32_t p = 0; p < state.plan_of.size(); ++p) {
    if (is_plain(state, p)) state.plain_set[p] = state.set_of[state.dataset.spells.begin[p]];
  }
}

}  // namespace hr::scoring
