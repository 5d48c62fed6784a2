// Small whole datasets through the Scorer: what must hold within the derivation of a score.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "property/drafts.h"
#include "property/properties.h"

using namespace world;
using namespace property;

namespace {

Figure figure(const std::string& decimal) {
  return *snap(dec(decimal).to_double());
}

// Parts with an effective weight: these add up to 100 or to 0, and weigh the parts' values into the node's, `times`
// over.
void check_mean(const model::Derivation& node, int64_t times) {
  int64_t weight = 0;
  double sum = 0;
  int parts = 0;
  for (const model::Derivation& part : node.parts) {
    if (part.effective_weight.empty()) continue;
    ++parts;
    weight += figure(part.effective_weight).nano;
    if (part.value.empty()) continue;
    sum += figure(part.effective_weight).value() * figure(part.value).value() / 100;
  }
  if (parts == 0) return;
  if (weight != 0) AT_MOST(std::abs(weight - make_figure(100).nano), parts);
  if (node.value.empty() || weight == 0) return;
  AT_MOST(std::abs(static_cast<double>(times) * sum - figure(node.value).value()), 2e-9 * (parts + 1));
}

void check_tree(const model::Derivation& node) {
  const bool least = node.rule.rfind("roll-up-min", 0) == 0;
  const bool hides = std::any_of(node.parts.begin(), node.parts.end(),
                                 [](const model::Derivation& p) { return p.status == "hidden"; });
  if (node.node == "okr") {
    check_mean(node, 100);
  } else if (!least && !hides && node.node != "components") {
    check_mean(node, 1);
  }
  for (const model::Derivation& part : node.parts) check_tree(part);
}

}  // namespace

TEST_CASE("people: score = raw + bounded points, then the cap, then the floor, then rounded") {
  for_all(150, [] {
    Draft d = any_draft();
    add_adjustments(d);
    model::Plan& plan = d.w.plan();
    if (coin("plan cap")) plan.cap = make_decimal(whole("cap", 50, 150));
    if (coin("plan floor")) plan.floor = make_decimal(whole("floor", 0, 60) - 10);
    if (coin("points cap")) plan.adjustments_cap = make_decimal(whole("points", 0, 6));
    const Scored s = d.run();
    for (size_t p = 0; p < d.people; ++p) {
      const model::PersonResult& r = s.of(person(p));
      if (r.status != model::Status::rated) continue;
      const model::Derivation tree = s.explain(person(p));
      const model::Derivation* points = find(tree, "adjustments");
      int64_t sum = 0;
      for (const model::Adjustment& a : d.w.scorecard().adjustments) {
        const model::Derivation* item = find(tree, "adjustments/" + a.id);
        if (item->status == "absent") continue;
        sum += figure(item->value).nano;
        if (a.cap) AT_MOST(std::abs(figure(item->value).nano), snap(a.cap->to_double())->nano);
      }
      if (plan.adjustments_cap) {
        const int64_t cap = snap(plan.adjustments_cap->to_double())->nano;
        sum = std::clamp(sum, -cap, cap);
      }
      if (points->status != "absent") SAME(figure(points->value).nano, sum);
      int64_t expected = r.raw_score->nano + sum;
      if (plan.cap) expected = std::min(expected, snap(plan.cap->to_double())->nano);
      expected = std::max(expected, snap(plan.floor.to_double())->nano);
      SAME(r.exact->nano, expected);
      SAME(*r.score, round_half_away(*r.exact, plan.decimals));
    }
  });
}

TEST_CASE("people: in every derivation the weighted parts give the whole, and it ends at the score") {
  for_all(150, [] {
    Draft d = any_draft();
    if (coin("adjustments")) add_adjustments(d);
    if (coin("vetoes")) add_vetoes(d);
    const Scored s = d.run();
    for (size_t p = 0; p < d.people; ++p) {
      const model::PersonResult& r = s.of(person(p));
      const model::Derivation tree = s.explain(person(p));
      SAME(tree.value, r.score ? to_string(r.score->decimal()) : std::string());
      check_tree(tree);
      if (r.status != model::Status::rated) continue;
      model::Derivation raw = *find(tree, "components");
      raw.value = to_string(r.raw_score->decimal());
      SAME(find(tree, "raw")->value, raw.value);
      check_mean(raw, 1);
    }
  });
}
