// The KPI component: KPIs by weight, periods alike, spells by days (section 7 of docs/spec/scoring.md), and coverage.
#include <algorithm>

#include "recheck/step.h"

namespace hr::recheck {

namespace {

bool is_kpi(const Derivation& d) {
  return d.rule == "kpi" || starts_with(d.rule, "kpi-partial") || starts_with(d.rule, "kpi-carried") ||
         starts_with(d.rule, "kpi-not-carried");
}
bool is_period(const Derivation& d) {
  return d.rule == "kpi-period" || d.rule == "kpi-period-none";
}
bool is_spell(const Derivation& d) {
  return starts_with(d.rule, "kpi-spell");
}

Exact weight_of(const Derivation& d) {
  return d.weight.empty() ? Exact(1) : exact(d.weight).value_or(Exact(0));
}

// Without a score it counts 0 where it has kept its weight (missing: zero).
bool counts_as_zero(const Derivation& d) {
  return d.value.empty() && !d.effective_weight.empty() && d.effective_weight != "0";
}

// KPIs by weight; periods alike.
Mean mean_of(const Derivation& node) {
  Mean mean;
  for (const Derivation& part : node.parts) {
    if (is_period(part)) {
      if (!part.value.empty()) mean.add("", part.value);
    } else if (is_kpi(part) && !weight_of(part).is_zero()) {
      if (!part.value.empty() || counts_as_zero(part)) mean.add(part.weight, part.value.empty() ? "0" : part.value);
    }
  }
  return mean;
}

void check_kpi_weights(Step& s, const Mean& mean) {
  for (const Derivation& part : s.d.parts) {
    if (!is_kpi(part)) continue;
    const bool counts = !part.value.empty() || counts_as_zero(part);
    const std::string follows = counts ? percent_text(weight_of(part), mean.weight) : "0";
    if (part.effective_weight != follows)
      s.fault(Part::effective_weight, part.node + ": " + part.effective_weight, follows);
  }
}

Exact share_of(const Derivation& node) {
  Exact covered;
  Exact total;
  int64_t periods = 0;
  Exact of_periods;
  for (const Derivation& part : node.parts) {
    if (is_period(part)) {
      of_periods += share_of(part);
      ++periods;
    } else if (is_kpi(part)) {
      total += weight_of(part);
      if (!part.value.empty() && part.status != "carried") covered += weight_of(part);
    }
  }
  if (periods > 0) return of_periods / Exact(periods);
  return total.is_zero() ? Exact(0) : covered / total;
}

Exact kpi_coverage(const Derivation& component) {
  Exact covered;
  Exact days;
  bool several = false;
  for (const Derivation& part : component.parts) {
    several |= is_spell(part);
    if (!is_spell(part) || part.weight.empty()) continue;
    covered += weight_of(part) * share_of(part);
    days += weight_of(part);
  }
  if (!several) return Exact(100) * share_of(component);
  return days.is_zero() ? Exact(0) : Exact(100) * covered / days;
}

bool is_scored(const Derivation& key_result) {
  return key_result.rule == "key-result-committed" || key_result.rule == "key-result-aspirational";
}

Exact okr_coverage(const Derivation& component) {
  Exact covered;
  Exact total;
  for (const Derivation& objective : component.parts) {
    if (objective.status == "not_applicable") continue;
    const bool by_weight = starts_with(objective.rule, "roll-up-weighted");
    Exact with_data;
    Exact all;
    for (const Derivation& kr : objective.parts) {
      if (!is_scored(kr)) continue;
      const Exact weight = by_weight ? weight_of(kr) : Exact(1);
      all += weight;
      if (!kr.value.empty()) with_data += weight;
    }
    total += weight_of(objective);
    if (!all.is_zero()) covered += weight_of(objective) * with_data / all;
  }
  return total.is_zero() ? Exact(0) : Exact(100) * covered / total;
}

bool is_group_with_score(const Derivation& group) {
  return !group.value.empty() || group.status == "hidden";
}

Exact feedback_coverage(const Derivation& component) {
  Exact covered;
  Exact total;
  const Derivation* peers = find_part(component, "peer");
  for (const Derivation& group : component.parts) {
    if (group.node == component.node + "/self") continue;
    const bool folded = group.rule == "feedback-folded" && peers != nullptr && is_group_with_score(*peers);
    total += weight_of(group);
    if (folded || is_group_with_score(group)) covered += weight_of(group);
  }
  return total.is_zero() ? Exact(0) : Exact(100) * covered / total;
}

}  // namespace

Exact coverage_of(const Derivation& component) {
  if (component.node == "okr") return okr_coverage(component);
  return component.node == "feedback" ? feedback_coverage(component) : kpi_coverage(component);
}

// KPIs of a scorecard, or periods, as a component, a spell or a period has them.
void check_kpi_mean(Step& s) {
  const Mean mean = mean_of(s.d);
  if (!s.d.args.empty()) sum_is(s, s.d.args.size() - 1, mean.text());
  check_kpi_weights(s, mean);
  if (is_period(s.d)) s.reason_stands_for_value();
  if (is_period(s.d) && !ends_with(s.d.node, "/" + s.arg(0))) s.fault(Part::step, s.arg(0), s.d.node);
  const auto result = mean.result();
  if (!result) return s.value_is("");
  s.figure_is(*result, Part::value, s.d.value);
}

// Spells by their days.
void check_by_days(Step& s) {
  Mean mean;
  for (const Derivation& part : s.d.parts) {
    if (is_spell(part) && !part.weight.empty() && !part.value.empty()) mean.add(part.weight, part.value);
  }
  sum_is(s, s.d.args.empty() ? 0 : s.d.args.size() - 1, mean.text());
  for (const Derivation& part : s.d.parts) {
    if (part.weight.empty()) continue;
    const std::string follows = part.value.empty() ? "0" : percent_text(weight_of(part), mean.weight);
    if (part.effective_weight != follows)
      s.fault(Part::effective_weight, part.node + ": " + part.effective_weight, follows);
  }
  const auto result = mean.result();
  if (!result) return s.value_is("");
  s.figure_is(*result, Part::value, s.d.value);
}

// transfers: last. One spell has days that count: the last that has a period.
void check_last_spell(Step& s) {
  const Derivation* last = nullptr;
  for (const Derivation& part : s.d.parts) {
    if (part.status != "not_last_spell" && part.status != "no_period" && part.status != "no_scorecard") last = &part;
  }
  for (const Derivation& part : s.d.parts) {
    const std::string follows = part.weight.empty() ? "" : part.value.empty() ? "0" : "100";
    if (part.effective_weight != follows)
      s.fault(Part::effective_weight, part.node + ": " + part.effective_weight, follows);
  }
  if (last == nullptr) return s.value_is("");
  s.value_is(last->value);
}

void check_spell(Step& s) {
  check_kpi_mean(s);
  if (s.d.value.empty()) s.status_is("no_fact");
  if (s.d.weight == s.arg(2) || s.parent == nullptr) return;
  const bool none_eligible = std::all_of(s.parent->parts.begin(), s.parent->parts.end(), [](const Derivation& d) {
    return d.weight.empty() || (d.args.size() > 2 && d.args[2] == "0");
  });
  if (!none_eligible) s.same(Part::weight, s.d.weight, s.arg(2));
}

// What says that there is nothing to take a mean of.
void check_no_score(Step& s) {
  s.value_is("");
  if (s.d.status.empty()) s.fault(Part::status, "", "no_data");
  check_kpi_weights(s, mean_of(s.d));
  for (const Derivation& part : s.d.parts) {
    const bool counts = (is_kpi(part) || is_period(part) || is_spell(part)) && !part.value.empty() &&
                        !weight_of(part).is_zero() && !(is_spell(part) && part.weight == "0");
    if (counts) s.fault(Part::value, "", part.value);
  }
}

void check_component_zero(Step& s) {
  s.value_is("0");
  s.status_is("no_data");
  const bool any = std::any_of(s.d.parts.begin(), s.d.parts.end(), [](const Derivation& d) {
    return !d.value.empty() && d.status.empty() && d.effective_weight != "0" && !d.effective_weight.empty();
  });
  if (any && s.d.node != "okr") s.fault(Part::value, s.d.value, s.d.parts[0].value);
}

}  // namespace hr::recheck
