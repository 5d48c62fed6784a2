// Raters: what a score of feedback lies between, small groups, trimmed means.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "property/properties.h"
#include "scoring/feedback_component.h"
#include "scoring/state.h"

using namespace hr;
using namespace hr::scoring;
using namespace property;

namespace {

struct Raters {
  model::Plan plan;
  PlanRules rules;
  facts::Feedback feedback;

  struct Response {
    uint32_t rater;
    facts::Relation relation;
    Decimal rating;
  };
  std::vector<Response> responses;

  void add_group(GroupRules::Kind kind, const char* name, Decimal weight) {
    rules.groups.push_back({kind, name, weight.to_double()});
    plan.feedback.groups.push_back({name, weight, {}});
  }
  ComponentFigure score() {
    rules.plan = &plan;
    feedback = {};
    feedback.begin = {0, static_cast<uint32_t>(responses.size())};
    for (const Response& r : responses) {
      feedback.rater.push_back(r.rater);
      feedback.relation.push_back(r.relation);
      feedback.rating.append(r.rating);
    }
    FeedbackScratch scratch;
    model::PersonResult result;
    return feedback_component(feedback, rules, 0, scratch, result, nullptr);
  }
};

// Of everyone who rates in one relation, by rater: the mean of their responses.
std::vector<double> rater_means(const Raters& raters, const std::vector<facts::Relation>& relations) {
  std::vector<double> means;
  for (uint32_t code = 0; code < 20; ++code) {
    double sum = 0;
    int n = 0;
    for (const auto& r : raters.responses) {
      if (r.rater != code || std::find(relations.begin(), relations.end(), r.relation) == relations.end()) continue;
      sum += r.rating.to_double();
      ++n;
    }
    if (n > 0) means.push_back(sum / n);
  }
  return means;
}

Raters any_raters() {
  Raters r;
  const std::vector<Decimal> w = weights("weight", 3);
  r.add_group(GroupRules::Kind::manager, "manager", w[0]);
  r.add_group(GroupRules::Kind::peer, "peer", w[1]);
  r.add_group(GroupRules::Kind::report, "report", w[2]);
  r.plan.feedback.min_raters = static_cast<int>(whole("min raters", 1, 4));
  if (coin("fold")) r.plan.feedback.small_groups = model::SmallGroups::fold;
  for (int64_t n = whole("responses", 0, 14); n > 0; --n) {
    const int64_t code = whole("rater", 0, 19);
    const facts::Relation relation = code < 2    ? facts::Relation::manager
                                     : code < 10 ? facts::Relation::peer
                                     : code < 18 ? facts::Relation::report
                                                 : facts::Relation::self;
    const Decimal hundredfold = moderate("rating", 200, 1);  // 1 to 5, to three decimals
    const Decimal rating = *add({3, 0}, make_decimal(hundredfold.unscaled, hundredfold.scale + 2));
    r.responses.push_back({static_cast<uint32_t>(code), relation, rating});
  }
  return r;
}

}  // namespace

TEST_CASE("feedback: the score lies between the least and the greatest rater's, on the declared scale") {
  for_all(500, [] {
    Raters r = any_raters();
    if (coin("trim")) r.plan.feedback.trim_percent = static_cast<int>(whole("trim", 0, 60));
    const ComponentFigure out = r.score();
    if (!out.score) {
      SAME(out.coverage, std::optional(Figure{}));
      return;
    }
    using facts::Relation;
    const std::vector<double> means = rater_means(r, {Relation::manager, Relation::peer, Relation::report});
    const auto [least, most] = std::minmax_element(means.begin(), means.end());
    AT_MOST(100 * (*least - 1) / 4 - 1e-8, out.score->value());
    AT_MOST(out.score->value(), 100 * (*most - 1) / 4 + 1e-8);
    AT_MOST(*out.coverage, make_figure(100));
  });
}

TEST_CASE("feedback: what omit and fold come to is the weighted mean of the groups they leave") {
  for_all(500, [] {
    Raters r = any_raters();
    using facts::Relation;
    const Relation relations[] = {Relation::manager, Relation::peer, Relation::report};
    const auto least = static_cast<size_t>(r.plan.feedback.min_raters);
    const bool folds = r.plan.feedback.small_groups == model::SmallGroups::fold;
    std::vector<Relation> pooled{Relation::peer};
    double peer_weight = r.rules.groups[1].weight;
    double sum = 0;
    double weight = 0;
    double covered = 0;
    const auto mean_of = [](const std::vector<double>& means) {
      return 25 * (std::accumulate(means.begin(), means.end(), 0.0) / static_cast<double>(means.size()) - 1);
    };
    const auto count = [&](const std::vector<double>& means, size_t at_least, double w) {
      if (means.size() < at_least) return false;
      sum += w * mean_of(means);
      weight += w;
      return true;
    };
    double folded = 0;  // weight of folded groups that had raters at all
    for (const size_t g : {0U, 2U}) {
      const std::vector<double> means = rater_means(r, {relations[g]});
      if (count(means, g == 0 ? 1 : least, r.rules.groups[g].weight)) {
        covered += r.rules.groups[g].weight;
      } else if (folds) {
        pooled.push_back(relations[g]);
        peer_weight += r.rules.groups[g].weight;
        if (!means.empty()) folded += r.rules.groups[g].weight;
      }
    }
    if (count(rater_means(r, pooled), least, peer_weight)) covered += r.rules.groups[1].weight + folded;
    const ComponentFigure out = r.score();
    SAME(out.score.has_value(), weight > 0);
    if (out.score) AT_MOST(std::abs(out.score->value() - sum / weight), 2e-9);
    double total = 0;
    for (const GroupRules& g : r.rules.groups) total += g.weight;
    AT_MOST(std::abs(out.coverage->value() - 100 * covered / total), 2e-9);
  });
}

TEST_CASE("feedback: the order of responses has no say, nor has the scale of the weights") {
  for_all(300, [] {
    Raters r = any_raters();
    const ComponentFigure before = r.score();
    r.responses = in_order(r.responses, order("order", r.responses.size()));
    const double by = one_of("by", {1.0, 0.25, 1024.0});
    for (GroupRules& g : r.rules.groups) g.weight *= by;
    const ComponentFigure after = r.score();
    SAME(after.score, before.score);
    SAME(after.coverage, before.coverage);
  });
}

TEST_CASE("feedback: a trimmed mean lies between least and greatest, moves with its values, trims both ends alike") {
  for_all(500, [] {
    std::vector<double> values;
    for (int64_t n = whole("n", 1, 9); n > 0; --n) values.push_back(moderate("rating", 5, 2).to_double());
    const int trim = static_cast<int>(whole("trim", 0, 120));
    std::vector<double> sorted = values;
    const double mean = trimmed_mean(sorted, trim);
    AT_MOST(sorted.front() - 1e-12, mean);
    AT_MOST(mean, sorted.back() + 1e-12);
    std::vector<double> shuffled = in_order(values, order("order", values.size()));
    SAME(trimmed_mean(shuffled, trim), mean);
    std::vector<double> better = values;
    better[static_cast<size_t>(whole("which", 0, static_cast<int64_t>(values.size()) - 1))] += 1;
    AT_MOST(mean - 1e-12, trimmed_mean(better, trim));
    std::vector<double> negative;
    for (const double v : values) negative.push_back(-v);
    AT_MOST(std::abs(trimmed_mean(negative, trim) + mean), 1e-12);
    const size_t cut =
        std::min(values.size() * static_cast<size_t>(std::min(trim, 100)) / 100, (values.size() - 1) / 2);
    const double sum = std::accumulate(sorted.begin() + static_cast<std::ptrdiff_t>(cut),
                                       sorted.end() - static_cast<std::ptrdiff_t>(cut), 0.0);
    AT_MOST(std::abs(mean - sum / static_cast<double>(values.size() - 2 * cut)), 1e-12);
  });
}
