// Feedback: section 9 of docs/spec/scoring.md. What single raters said never stands in a tree, so a group's mean is a
// statement; all that is made of it is computed again.
#include "recheck/step.h"

namespace hr::recheck {

namespace {

Exact weight_of(const Derivation& d) {
  return exact(d.weight).value_or(Exact(0));
}

bool has_score(const Derivation& d) {
  return !d.value.empty() || d.status == "hidden";
}

// The peers weigh what was folded into them as well.
Exact counted_weight(const Derivation& component, const Derivation& group) {
  Exact weight = weight_of(group);
  if (group.node != component.node + "/peer") return weight;
  for (const Derivation& other : component.parts) {
    if (starts_with(other.rule, "feedback-folded")) weight += weight_of(other);
  }
  return weight;
}

}  // namespace

void check_feedback(Step& s) {
  Mean mean;
  bool hidden = false;
  const std::string self = s.d.node + "/self";
  Exact weight;
  for (const Derivation& group : s.d.parts) {
    if (group.node == self || !has_score(group)) continue;
    const Exact counted = counted_weight(s.d, group);
    mean.add(counted.text(18), group.value.empty() ? "?" : group.value);
    hidden |= group.value.empty();
    weight += counted;
  }
  for (const Derivation& group : s.d.parts) {
    if (group.node == self) continue;
    const std::string follows = has_score(group) ? percent_text(counted_weight(s.d, group), weight) : "0";
    if (group.effective_weight != follows)
      s.fault(Part::effective_weight, group.node + ": " + group.effective_weight, follows);
  }
  mean.weight = weight;
  if (!s.d.args.empty() || !mean.terms.empty()) sum_is(s, 0, mean.text());
  if (mean.terms.empty()) return s.value_is("");
  if (hidden) {  // any figure of the scale may stand behind it
    const auto value = s.number(s.d.value);
    if (value && (*value < Exact(0) || *value > Exact(100))) s.fault(Part::value, s.d.value, "0–100");
    return;
  }
  const auto result = mean.result();
  if (!result) return s.value_is("");
  s.figure_is(*result, Part::value, s.d.value);
}

void check_rater_group(Step& s) {
  const std::string& rule = s.d.rule;
  if (rule != "feedback-group" && rule != "feedback-group-trimmed" && rule != "feedback-self") {
    const bool nobody = rule == "feedback-none" || rule == "feedback-folded-none";
    s.status_is(nobody ? "no_fact" : rule == "feedback-hidden" ? "hidden" : "suppressed");
    return s.value_is("");
  }
  const auto mean = s.number(s.arg(0));
  const auto low = s.number(s.arg(1));
  const auto high = s.number(s.arg(2));
  if (rule != "feedback-self") {
    const auto raters = s.whole(s.arg(3));
    if (raters && *raters < Exact(1)) s.fault(Part::step, s.arg(3), "1");
  }
  if (!mean || !low || !high) return;
  if (*low >= *high || *mean < *low || *mean > *high) return s.fault(Part::step, s.arg(0), s.arg(1) + "–" + s.arg(2));
  s.status_is(rule == "feedback-self" ? "not_counted" : "");
  s.figure_is({0, 1, 2}, [](const std::vector<Exact>& x) { return Exact(100) * (x[0] - x[1]) / (x[2] - x[1]); });
}

}  // namespace hr::recheck
