#include "scoring/feedback_component.h"

#include <algorithm>
#include <array>

#include "scoring/state.h"

namespace hr::scoring {

namespace {

using Group = FeedbackScratch::Group;
using Kind = GroupRules::Kind;

constexpr uint32_t relation_bit(facts::Relation r) {
  return 1U << static_cast<uint32_t>(r);
}
constexpr uint32_t kEveryone = 0x1F;
constexpr uint32_t kSelf = relation_bit(facts::Relation::self);

uint32_t relations_of(Kind kind) {
  switch (kind) {
    case Kind::manager:
      return relation_bit(facts::Relation::manager);
    case Kind::peer:
      return relation_bit(facts::Relation::peer);
    case Kind::report:
      return relation_bit(facts::Relation::report);
    case Kind::other:
      return relation_bit(facts::Relation::other);
    case Kind::all:
      break;
  }
  return kEveryone;
}

class Computation {
 public:
  Computation(const facts::Feedback& feedback, const PlanRules& plan, uint32_t person, FeedbackScratch& scratch)
      : feedback_(feedback), plan_(plan), person_(person), scratch_(scratch) {}

  void compute() {
    const bool folds = plan_.plan->feedback.small_groups == model::SmallGroups::fold;
    scratch_.groups.resize(plan_.groups.size());
    for (size_t g = 0; g < plan_.groups.size(); ++g) {
      Group& group = scratch_.groups[g];
      group = {};
      group.relations = relations_of(plan_.groups[g].kind);
      group.weight = plan_.groups[g].weight;
      group.raters = collect(group.relations);
      group.suppressed = is_small(g, group.raters);
      if (!group.suppressed && !folds) group.score = score_of(mean_of_raters());
    }
    if (!folds) return;
    fold();
    for (Group& group : scratch_.groups) {
      if (!group.suppressed && !group.folded) group.score = score(group.relations);
    }
  }

  // `text`, where given, gets the terms as they are added; what is hidden stays hidden there.
  ComponentFigure figure(const std::vector<uint8_t>& hidden, MeanText* text) const {
    ComponentFigure out;
    out.applicable = true;
    double sum = 0;
    double weight = 0;
    double covered = 0;
    double total = 0;
    for (size_t g = 0; g < scratch_.groups.size(); ++g) {
      const Group& group = scratch_.groups[g];
      total += plan_.groups[g].weight;
      if (has_data(g)) covered += plan_.groups[g].weight;
      if (!group.score) continue;
      sum += group.weight * group.score->value();
      weight += group.weight;
      if (text != nullptr) text->add(exact_text(group.weight), hidden[g] != 0 ? "?" : exact_text(*group.score));
    }
    if (weight > 0) out.score = snap(sum / weight);
    out.coverage = total > 0 ? snap(100 * (covered / total)) : make_figure(0);
    if (text != nullptr) out.coverage_text = "100 × " + exact_text(covered) + " / " + exact_text(total);
    return out;
  }

  ComponentFigure record(Derivation& trace) {
    double weight = 0;
    for (const Group& g : scratch_.groups) weight += g.score ? g.weight : 0;
    const std::vector<uint8_t> hidden = hidden_groups();
    for (size_t g = 0; g < scratch_.groups.size(); ++g) record_group(trace, g, weight, hidden[g] != 0);
    record_self(trace);
    MeanText text;
    ComponentFigure out = figure(hidden, &text);
    trace.rule = weight > 0 ? "weighted-mean" : "weighted-mean-none";
    trace.args = {text.text(exact_text(weight))};
    return out;
  }

 private:
  bool is_small(size_t g, uint32_t raters) const {
    const int least = plan_.groups[g].kind == Kind::manager ? 1 : std::max(1, plan_.plan->feedback.min_raters);
    return raters < static_cast<uint32_t>(least);
  }

  // Raters of these relations, each with the mean of their responses.
  uint32_t collect(uint32_t relations) {
    auto& raters = scratch_.raters;
    raters.clear();
    for (uint32_t i = feedback_.begin[person_]; i < feedback_.begin[person_ + 1]; ++i) {
      if ((relations & relation_bit(feedback_.relation[i])) == 0) continue;
      const double rating = feedback_.rating.number(i);
      if (!on_scale(plan_, rating)) continue;
      const uint32_t code = feedback_.rater[i];
      const auto it = std::find_if(raters.begin(), raters.end(), [&](const auto& r) { return r.code == code; });
      if (it == raters.end()) {
        raters.push_back({code, rating, 1});
      } else {
        it->sum += rating;
        ++it->n;
      }
    }
    return static_cast<uint32_t>(raters.size());
  }

  double mean(uint32_t relations) {
    collect(relations);
    return mean_of_raters();
  }

  double mean_of_raters() {
    scratch_.means.clear();
    for (const auto& r : scratch_.raters) scratch_.means.push_back(r.n == 1 ? r.sum : r.sum / r.n);
    return trimmed_mean(scratch_.means, plan_.plan->feedback.trim_percent);
  }

  std::optional<Figure> score(uint32_t relations) { return score_of(mean(relations)); }
  std::optional<Figure> score_of(double mean) const {
    return snap(100 * (mean - plan_.scale_low) / (plan_.scale_high - plan_.scale_low));
  }

  size_t find(Kind kind) const {
    size_t g = 0;
    while (g < plan_.groups.size() && plan_.groups[g].kind != kind) ++g;
    return g;
  }

  // Small groups give raters and weight to the peers. Without a group of peers there is nothing to fold into.
  void fold() {
    const size_t peer = find(Kind::peer);
    if (peer == plan_.groups.size()) return;
    Group& peers = scratch_.groups[peer];
    for (size_t g = 0; g < scratch_.groups.size(); ++g) {
      if (g == peer || !scratch_.groups[g].suppressed || plan_.groups[g].kind == Kind::all) continue;
      scratch_.groups[g].folded = true;
      peers.relations |= scratch_.groups[g].relations;
      peers.weight += scratch_.groups[g].weight;
    }
    peers.raters = collect(peers.relations);
    peers.suppressed = is_small(peer, peers.raters);
  }

  bool has_data(size_t g) const {
    const Group& group = scratch_.groups[g];
    if (!group.folded) return group.score.has_value();
    return group.raters > 0 && scratch_.groups[find(Kind::peer)].score.has_value();
  }

  // A figure that could be had by subtraction: raters in `all` that no shown group has, fewer than min_raters. Then
  // groups are hidden, the smallest first, until enough raters stand behind the difference.
  std::vector<uint8_t> hidden_groups() {
    std::vector<uint8_t> hidden(scratch_.groups.size(), 0);
    const size_t all = find(Kind::all);
    if (all == plan_.groups.size() || !scratch_.groups[all].score) return hidden;
    for (;;) {
      uint32_t shown = kSelf;
      size_t smallest = scratch_.groups.size();
      for (size_t g = 0; g < scratch_.groups.size(); ++g) {
        if (g == all || hidden[g] || !scratch_.groups[g].score) continue;
        shown |= scratch_.groups[g].relations;
        if (smallest == scratch_.groups.size() || scratch_.groups[g].raters < scratch_.groups[smallest].raters)
          smallest = g;
      }
      const uint32_t rest = collect(kEveryone & ~shown);
      if (rest == 0 || rest >= static_cast<uint32_t>(plan_.plan->feedback.min_raters)) return hidden;
      self_hidden_ = smallest == scratch_.groups.size();  // no group is left to hide: `all` less self would tell
      if (self_hidden_) return hidden;
      hidden[smallest] = 1;
    }
  }

  void record_group(Derivation& trace, size_t g, double weight, bool hidden) {
    const Group& group = scratch_.groups[g];
    const bool trimmed = plan_.plan->feedback.trim_percent > 0;
    Derivation* d = add_part(&trace, plan_.groups[g].name, trimmed ? "feedback-group-trimmed" : "feedback-group");
    d->weight = exact_text(plan_.plan->feedback.groups[g].weight);
    d->definition = plan_.plan->feedback.groups[g].span;
    if (group.folded) {
      d->rule = group.raters == 0 ? "feedback-folded-none" : "feedback-folded";
      d->status = group.raters == 0 ? "no_fact" : "suppressed";
      d->args = {std::to_string(plan_.plan->feedback.min_raters)};
    } else if (group.suppressed) {
      d->rule = group.raters == 0 ? "feedback-none" : "feedback-suppressed";
      d->status = group.raters == 0 ? "no_fact" : "suppressed";
      d->args = {std::to_string(plan_.groups[g].kind == Kind::manager ? 1 : plan_.plan->feedback.min_raters)};
    } else if (hidden) {
      d->rule = "feedback-hidden";
      d->status = "hidden";
      d->args = {std::to_string(plan_.plan->feedback.min_raters)};
    } else {
      d->args = {exact_text(mean(group.relations)), exact_text(plan_.scale_low), exact_text(plan_.scale_high),
                 std::to_string(group.raters), std::to_string(plan_.plan->feedback.trim_percent)};
      d->value = exact_text(group.score);
    }
    const auto percent = group.score && weight > 0 ? snap(100 * group.weight / weight) : std::optional<Figure>();
    d->effective_weight = percent ? exact_text(*percent) : "0";
  }

  void record_self(Derivation& trace) {
    if (collect(kSelf) == 0) return;
    Derivation* d = add_part(&trace, "self", self_hidden_ ? "feedback-hidden" : "feedback-self");
    if (self_hidden_) {
      d->args = {std::to_string(plan_.plan->feedback.min_raters)};
      d->status = "hidden";
      return;
    }
    d->args = {exact_text(mean(kSelf)), exact_text(plan_.scale_low), exact_text(plan_.scale_high)};
    d->value = exact_text(score(kSelf));
    d->status = "not_counted";
  }

  const facts::Feedback& feedback_;
  const PlanRules& plan_;
  uint32_t person_;
  FeedbackScratch& scratch_;
  bool self_hidden_ = false;
};

}  // namespace

// Few values, as nearly everybody has, are sorted without a branch: nobody can foresee which is larger. Each goes to
// the place behind all that are less, and behind equal ones before it.
static void sort(std::vector<double>& values) {
  constexpr size_t kFew = 8;
  const size_t n = values.size();
  if (n > kFew) return std::sort(values.begin(), values.end());
  std::array<double, kFew> sorted;
  for (size_t i = 0; i < n; ++i) {
    size_t place = 0;
    for (size_t k = 0; k < i; ++k) place += size_t{values[k] <= values[i]};
    for (size_t k = i + 1; k < n; ++k) place += size_t{values[k] < values[i]};
    sorted[place] = values[i];
  }
  std::copy_n(sorted.begin(), n, values.begin());
}

double trimmed_mean(std::vector<double>& values, int trim_percent) {
  sort(values);  // the order of import may not matter, not even to the last bit
  size_t cut = values.size() * static_cast<size_t>(std::clamp(trim_percent, 0, 100)) / 100;
  if (2 * cut >= values.size()) cut = (values.size() - 1) / 2;
  double sum = 0;
  for (size_t i = cut; i < values.size() - cut; ++i) sum += values[i];
  return sum / static_cast<double>(values.size() - 2 * cut);
}

ComponentFigure feedback_component(const facts::Feedback& feedback, const PlanRules& plan, uint32_t person,
                                   FeedbackScratch& scratch, model::PersonResult& result, Derivation* trace) {
  if (person + 1 >= feedback.begin.size()) {
    ComponentFigure none;
    none.applicable = true;
    none.coverage = make_figure(0);
    if (trace != nullptr) trace->rule = "weighted-mean-none";
    return none;
  }
  Computation computation(feedback, plan, person, scratch);
  computation.compute();
  for (const Group& g : scratch.groups) {
    if ((g.suppressed || g.folded) && g.raters > 0) result.set(model::Flag::feedback_suppressed);
  }
  return trace != nullptr ? computation.record(*trace) : computation.figure({}, nullptr);
}

}  // namespace hr::scoring
