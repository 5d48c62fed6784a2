#include "scoring/composite.h"

#include <algorithm>
#include <string>

namespace hr::scoring {

namespace {

using model::Component;
using model::Flag;
using model::MissingPolicy;

constexpr const char* kNames[] = {"kpi", "okr", "feedback"};
constexpr auto kOkr = static_cast<size_t>(Component::okr);

struct Sum {
  double sum = 0;
  double weight = 0;
  std::optional<Figure> mean() const { return weight > 0 ? snap(sum / weight) : std::nullopt; }
};

// `text`, where given, gets the terms as they are added.
Sum weighted(const PlanRules& plan, const ComponentFigures& components, const std::array<bool, model::kComponents>& in,
             MeanText* text = nullptr) {
  const bool zero = plan.plan->missing == MissingPolicy::zero;
  Sum s;
  for (size_t c = 0; c < components.size(); ++c) {
    if (!in[c] || (!components[c].score && !zero)) continue;
    s.sum += *plan.weight[c] * (components[c].score ? components[c].score->value() : 0);
    s.weight += *plan.weight[c];
    if (text != nullptr)
      text->add(exact_text(*plan.plan->weights[c]), exact_text(components[c].score.value_or(Figure{})));
  }
  return s;
}

bool has_data(const ComponentFigure& c) {
  return c.score && c.coverage && c.coverage->nano > 0;
}

// OKRs that may only raise the score count when they do.
void weigh_upside(const PlanRules& plan, const ComponentFigures& components, Composite& out) {
  std::array<bool, model::kComponents> with = out.counts;
  out.counts[kOkr] = false;
  if (!has_data(components[kOkr])) return;
  out.without_okr = weighted(plan, components, out.counts).mean();
  out.with_okr = weighted(plan, components, with).mean();
  const bool any = std::any_of(components.begin(), components.end(),
                               [&](const ComponentFigure& c) { return &c != &components[kOkr] && has_data(c); });
  out.okr_alone = !any;
  if (any && out.without_okr && out.with_okr && *out.with_okr > *out.without_okr) out.counts[kOkr] = true;
}

}  // namespace

Composite compose(const PlanRules& plan, const ComponentFigures& components, model::PersonResult& result) {
  Composite out;
  for (size_t c = 0; c < components.size(); ++c) {
    out.counts[c] = plan.weight[c] && components[c].applicable;
  }
  if (plan.plan->okr.effect == model::OkrEffect::informational) out.counts[kOkr] = false;
  if (plan.plan->okr.effect == model::OkrEffect::upside_only && out.counts[kOkr]) weigh_upside(plan, components, out);

  double covered = 0;
  double total = 0;
  bool left_out = false;
  for (size_t c = 0; c < components.size(); ++c) {
    if (!out.counts[c]) continue;
    left_out |= components[c].coverage < make_figure(100) && !components[c].all_carried;
    covered += *plan.weight[c] * components[c].coverage.value_or(Figure{}).value();
    total += *plan.weight[c];
    out.any_data |= has_data(components[c]) && *plan.weight[c] > 0;
  }
  result.coverage = total > 0 ? snap(covered / total) : make_figure(0);
  if (total > 0 && result.coverage < make_figure(100) && left_out && plan.plan->missing != MissingPolicy::zero)
    result.set(Flag::reweighted);
  out.raw = weighted(plan, components, out.counts).mean();
  return out;
}

void record_raw(const PlanRules& plan, const ComponentFigures& components, const Composite& composite,
                Derivation* trace) {
  Derivation* d = add_node(trace, "raw", "raw");
  if (d == nullptr) return;
  MeanText text;
  const Sum sum = weighted(plan, components, composite.counts, &text);
  d->args = {text.text(exact_text(sum.weight))};
  d->value = exact_text(composite.raw);
  d->definition = plan.plan->places.components;
}

void record_coverage(const PlanRules& plan, const ComponentFigures& components, const Composite& composite,
                     const model::PersonResult& result, Derivation* trace) {
  const bool bounded = plan.min_coverage.nano > 0;
  Derivation* d = add_node(trace, "coverage", bounded ? "coverage-at-least" : "coverage");
  if (d == nullptr) return;
  MeanText text;
  double total = 0;
  for (size_t c = 0; c < std::size(kNames); ++c) {
    if (!composite.counts[c]) continue;
    Derivation* part = add_part(d, kNames[c], "coverage-component");
    part->weight = exact_text(*plan.plan->weights[c]);
    part->value = exact_text(components[c].coverage);
    part->args = {components[c].coverage_text.empty() ? "0" : components[c].coverage_text};
    text.add(part->weight, exact_text(components[c].coverage.value_or(Figure{})));
    total += *plan.weight[c];
  }
  d->args = {text.text(exact_text(total)), exact_text(plan.min_coverage)};
  d->value = exact_text(result.coverage);
  d->definition = bounded ? plan.plan->places.min_coverage : plan.plan->places.components;
  if (total == 0) d->rule = "coverage-none";
}

}  // namespace hr::scoring
