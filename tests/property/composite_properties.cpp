// From figures to components and a score: weighted means, spells, what OKRs may do.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "property/exact_mean.h"
#include "scoring/composite.h"
#include "scoring/kpi_means.h"

using namespace hr;
using namespace hr::scoring;
using namespace property;

namespace {

constexpr auto kOkr = static_cast<size_t>(model::Component::okr);

// A plan of three components, and what they came to.
struct Composed {
  model::Plan plan;
  PlanRules rules;
  ComponentFigures figures;
  model::PersonResult result;

  Composite compose() {
    rules.plan = &plan;
    result = {};
    return scoring::compose(rules, figures, result);
  }
  void take_weights(const std::vector<Decimal>& w) {
    for (size_t c = 0; c < w.size(); ++c) set_weight(c, w[c]);
  }
  void set_weight(size_t c, std::optional<Decimal> w) {
    plan.weights[c] = w;
    rules.weight[c] = w ? std::optional(w->to_double()) : std::nullopt;
  }
};

Composed any_composed() {
  Composed c;
  c.take_weights(weights("weight", 3));
  const std::vector<Figure> f = figures("component", 3);
  for (size_t i = 0; i < 3; ++i) {
    c.figures[i].applicable = whole("applicable", 0, 5) != 5;
    const bool has = whole("data", 0, 4) != 4;
    if (has && c.figures[i].applicable) c.figures[i].score = f[i];
    const int64_t covered = one_of<int64_t>("coverage", {100, 50, 33});
    if (c.figures[i].applicable) c.figures[i].coverage = make_figure(has ? covered : 0);
  }
  c.plan.missing = one_of("missing", {model::MissingPolicy::reweight, model::MissingPolicy::zero});
  return c;
}

}  // namespace

TEST_CASE("means: exact at nine decimals whatever the scale of the weights, between least and greatest") {
  for_all(1000, [] {
    const auto n = static_cast<size_t>(whole("n", 1, 6));
    const Weights w = any_weights(n);
    const std::vector<Figure> f = figures("score", n);
    const auto stand_in = one_of<std::optional<Figure>>("stand-in", {std::nullopt, Figure{}, Figure{77'500'000'001}});
    Mean mean;
    std::vector<int64_t> used;
    int64_t total = 0;
    int64_t covered = 0;
    std::vector<Figure> figures_used;
    for (size_t i = 0; i < n; ++i) {
      const bool has = whole("data", 0, 4) != 4;
      const std::optional<Figure> score = has ? std::optional(f[i]) : std::nullopt;
      mean.add(w.decimals[i].to_double(), score, stand_in);
      total += w.units[i];
      if (has) covered += w.units[i];
      if (!has && !stand_in) continue;
      used.push_back(w.units[i]);
      figures_used.push_back(has ? f[i] : *stand_in);
    }
    const auto expected = exact_mean(used, figures_used);
    SAME(mean.mean(), expected);
    AT_MOST(std::abs(mean.share() - static_cast<double>(covered) / static_cast<double>(total)), 1e-12);
    if (!expected) return;
    AT_MOST(*std::min_element(figures_used.begin(), figures_used.end()), *expected);
    AT_MOST(*expected, *std::max_element(figures_used.begin(), figures_used.end()));
  });
}

TEST_CASE("spells: the mean by days is exact, a spell without a score weighs on coverage only") {
  for_all(500, [] {
    const auto n = static_cast<size_t>(whole("n", 1, 4));
    const std::vector<Figure> f = figures("score", n);
    ByDays spells;
    std::vector<int64_t> days;
    std::vector<Figure> scores;
    int64_t all = 0;
    int64_t with = 0;
    for (size_t i = 0; i < n; ++i) {
      const int64_t d = whole("days", 0, 200);
      const bool has = whole("data", 0, 3) != 3;
      spells.add(static_cast<double>(d), has ? std::optional(f[i]) : std::nullopt, has ? 1 : 0);
      all += d;
      if (!has) continue;
      with += d;
      days.push_back(d);
      scores.push_back(f[i]);
    }
    SAME(spells.score(), exact_mean(days, scores));
    const auto coverage = exact_mean({with, all - with}, {make_figure(100), Figure{}});
    AT_MOST(std::abs(spells.coverage()->nano - coverage.value_or(Figure{}).nano), 1);
  });
}

TEST_CASE("score: the weighted mean of what counts, coverage its share with data") {
  for_all(1000, [] {
    Composed c = any_composed();
    const Composite out = c.compose();
    const bool zero = c.plan.missing == model::MissingPolicy::zero;
    std::vector<int64_t> w;
    std::vector<Figure> f;
    std::vector<int64_t> of;
    std::vector<Figure> coverage;
    for (size_t i = 0; i < 3; ++i) {
      Decimal d = *c.plan.weights[i];
      for (; d.scale < 4; ++d.scale) d.unscaled *= 10;
      SAME(out.counts[i], c.figures[i].applicable);
      if (!c.figures[i].applicable) continue;
      of.push_back(d.unscaled);
      coverage.push_back(*c.figures[i].coverage);
      if (!c.figures[i].score && !zero) continue;
      w.push_back(d.unscaled);
      f.push_back(c.figures[i].score.value_or(Figure{}));
    }
    SAME(out.raw, exact_mean(w, f));
    SAME(*c.result.coverage, exact_mean(of, coverage).value_or(Figure{}));
    AT_MOST(Figure{}, *c.result.coverage);
    AT_MOST(*c.result.coverage, make_figure(100));
  });
}

TEST_CASE("score: reweighting is dropping the component, zero is scoring it 0") {
  for_all(500, [] {
    Composed c = any_composed();
    c.plan.missing = model::MissingPolicy::reweight;
    const auto i = static_cast<size_t>(whole("component", 0, 2));
    c.figures[i] = {true, std::nullopt, make_figure(0), {}};
    Composed dropped = c;
    dropped.set_weight(i, std::nullopt);
    dropped.figures[i] = {};
    SAME(c.compose().raw, dropped.compose().raw);
    Composed zero = c;
    zero.plan.missing = model::MissingPolicy::zero;
    Composed scored = zero;
    scored.figures[i].score = Figure{};
    SAME(zero.compose().raw, scored.compose().raw);
  });
}

TEST_CASE("score: OKRs that may only raise it never lower it, informational ones never move it") {
  for_all(1000, [] {
    Composed c = any_composed();
    Composed without = c;
    without.set_weight(kOkr, std::nullopt);
    without.figures[kOkr] = {};
    const Composite bare = without.compose();
    const Composite blended = c.compose();
    c.plan.okr.effect = model::OkrEffect::informational;
    SAME(c.compose().raw, bare.raw);
    SAME(c.result.coverage, without.result.coverage);
    c.plan.okr.effect = model::OkrEffect::upside_only;
    const Composite up = c.compose();
    if (!bare.raw) return;
    AT_MOST(*bare.raw, *up.raw);
    SAME(*up.raw, up.counts[kOkr] ? *blended.raw : *bare.raw);
    if (bare.any_data && c.figures[kOkr].score && c.figures[kOkr].coverage->nano > 0)
      SAME(*up.raw, std::max(*bare.raw, *blended.raw));
  });
}
