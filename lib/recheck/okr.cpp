// Key results, objectives and the OKR component: section 8 of docs/spec/scoring.md.
#include <algorithm>

#include "base/listed.h"
#include "recheck/step.h"

namespace hr::recheck {

namespace {

bool is_scored(const Derivation& d) {
  return d.rule == "key-result-committed" || d.rule == "key-result-aspirational";
}

Exact weight_of(const Derivation& d) {
  return d.weight.empty() ? Exact(1) : exact(d.weight).value_or(Exact(0));
}

const Derivation* find_checkin(const Derivation& key_result) {
  for (const Derivation& part : key_result.parts) {
    if (part.rule == "checkin") return &part;
  }
  return nullptr;
}

// What a key result stands at: the value of its KPI, or its last check-in.
std::string current_of(const Derivation& key_result) {
  if (const Derivation* value = find_part(key_result, "value")) return value->value;
  const Derivation* checkin = find_checkin(key_result);
  return checkin == nullptr ? "" : checkin->value;
}

// A missing one counts 0 where it kept its weight; of the least of all, where the sentence has one figure more.
Mean mean_of(const Step& s, bool with_zeros) {
  const bool by_weight = starts_with(s.d.rule, "roll-up-weighted");
  Mean mean;
  for (const Derivation& kr : s.d.parts) {
    if (!is_scored(kr)) continue;
    const bool kept = !kr.effective_weight.empty() && kr.effective_weight != "0";
    if (kr.value.empty() && !kept && !with_zeros) continue;
    mean.add(by_weight ? kr.weight : "", kr.value.empty() ? "0" : kr.value);
  }
  return mean;
}

void check_least(Step& s) {
  const auto figures = [](const Mean& mean) { return listed(mean.terms, &Term::figure); };
  Mean mean = mean_of(s, false);
  if (figures(mean) != s.arg(0)) mean = mean_of(s, true);
  s.arg_is(0, figures(mean));
  if (mean.terms.empty()) return s.value_is("");
  std::string least = mean.terms[0].figure;
  for (const Term& t : mean.terms) {
    if (exact(t.figure).value_or(Exact(0)) < exact(least).value_or(Exact(0))) least = t.figure;
  }
  s.value_is(least);
}

// The raw score with and without the OKRs, from the components that count.
Mean raw_without(const Step& s) {
  Mean mean;
  if (s.parent == nullptr) return mean;
  const Derivation* coverage = find_child(s.root, "coverage");
  for (const Derivation& c : s.parent->parts) {
    const bool counts = coverage != nullptr && find_part(*coverage, c.node) != nullptr;
    if (&c != &s.d && counts && !c.value.empty()) mean.add(c.weight, c.value);
  }
  return mean;
}

void check_effect(Step& s) {
  const Mean without = raw_without(s);
  Mean with = without;
  with.add(s.d.weight, s.d.value);
  const auto w = with.result();
  const auto wo = without.result();
  s.arg_is(1, w ? w->text(9) : "");
  s.arg_is(2, wo ? wo->text(9) : "");
  const bool raises = w && wo && w->rounded(9) > wo->rounded(9);
  if (raises != (s.d.rule == "okr-component-raises")) s.fault(Part::step, s.arg(1), s.arg(2));
}

}  // namespace

void check_okr(Step& s) {
  Mean mean;
  for (const Derivation& objective : s.d.parts) {
    const bool counts = objective.status != "not_applicable" && !objective.value.empty();
    if (counts) mean.add(objective.weight, objective.value);
  }
  for (const Derivation& objective : s.d.parts) {
    const bool counts = objective.status != "not_applicable" && !objective.value.empty();
    const std::string follows = counts ? percent_text(weight_of(objective), mean.weight) : "0";
    if (objective.effective_weight != follows)
      s.fault(Part::effective_weight, objective.node + ": " + objective.effective_weight, follows);
  }
  sum_is(s, 0, mean.text());
  const auto result = mean.result();
  if (!result) return s.value_is("");
  s.figure_is(Exact(100) * *result, Part::value, s.d.value);
  if (s.d.rule == "okr-component-raises" || s.d.rule == "okr-component-left-out") check_effect(s);
  if (s.d.rule == "okr-component-shown" || s.d.rule == "okr-component-left-out" || s.d.rule == "okr-component-alone")
    s.status_is("not_counted");
}

void check_objective(Step& s) {
  s.reason_stands_for_value();
  if (starts_with(s.d.rule, "roll-up-min")) return check_least(s);
  const Mean mean = mean_of(s, false);
  sum_is(s, 0, mean.text());
  const bool by_weight = starts_with(s.d.rule, "roll-up-weighted");
  for (const Derivation& kr : s.d.parts) {
    if (!is_scored(kr)) continue;
    const bool counts = !kr.value.empty() || (!kr.effective_weight.empty() && kr.effective_weight != "0");
    const std::string follows = counts ? percent_text(by_weight ? weight_of(kr) : Exact(1), mean.weight) : "0";
    if (kr.effective_weight != follows) s.fault(Part::effective_weight, kr.node + ": " + kr.effective_weight, follows);
  }
  const auto result = mean.result();
  if (!result) return s.value_is("");
  s.figure_is(*result, Part::value, s.d.value);
}

// Committed and learning ones stand at their progress, aspirational ones at progress against the norm.
void check_key_result(Step& s) {
  const bool aspirational = s.d.rule == "key-result-aspirational";
  const Derivation* from = find_part(s.d, aspirational ? "norm" : "progress");
  s.value_is(from == nullptr ? "" : from->value);
  if (s.d.rule == "key-result-learning") return s.status_is("not_scored");
  if (s.d.value.empty() == s.d.status.empty()) s.fault(Part::status, s.d.status, s.d.value.empty() ? "no_checkin" : "");
}

void check_guardrail(Step& s) {
  s.arg_is(0, current_of(s.d));
  if (s.d.rule == "guardrail-unknown") {
    s.arg_is(0, "");
    return s.status_is("unknown");
  }
  if (s.arg(1).empty()) return s.status_is("unknown");
  const auto current = s.number(s.arg(0));
  const auto limit = s.number(s.arg(1));
  if (!current || !limit) return;
  const bool held = s.d.rule == "guardrail-least" ? *current >= *limit : *current <= *limit;
  s.status_is(held ? "held" : "broken");
}

void check_progress(Step& s) {
  if (s.parent != nullptr) s.arg_is(0, current_of(*s.parent));
  for (size_t i = 0; i < 4; ++i) {
    if (!s.number(s.arg(i))) return;
  }
  if (*exact(s.arg(1)) == *exact(s.arg(2))) return s.fault(Part::step, s.arg(1), "");
  if (s.d.value.empty()) return s.status_is("not_computable");
  s.figure_is({0, 1, 2, 3}, [](const std::vector<Exact>& x) {
    const Exact most = std::max(Exact(0), x[3]);
    return std::min(std::max(Exact(0), (x[0] - x[1]) / (x[2] - x[1])), most);
  });
}

void check_binary(Step& s) {
  if (s.parent != nullptr) s.arg_is(0, current_of(*s.parent));
  const auto current = s.number(s.arg(0));
  const auto target = s.number(s.arg(1));
  if (!current || !target) return;
  if (s.arg(2) != "≥" && s.arg(2) != "≤") s.fault(Part::step, s.arg(2), "≥, ≤");
  const bool done = s.arg(2) == "≤" ? *current <= *target : *current >= *target;
  s.value_is(done ? "1" : "0");
}

void check_milestones(Step& s) {
  if (s.parent == nullptr) return s.fault(Part::parts, "", "");
  Exact done;
  Exact all;
  bool heard = false;
  for (const Derivation& part : s.parent->parts) {
    heard |= starts_with(part.rule, "checkin");
    if (!starts_with(part.rule, "milestone-")) continue;
    heard |= !part.args.empty();
    all += weight_of(part);
    if (part.rule == "milestone-done") done += weight_of(part);
  }
  sum_is(s, 0, done.text(18));
  sum_is(s, 1, all.text(18));
  if (!heard) {
    s.status_is("no_checkin");
    return s.value_is("");
  }
  if (!all.is_zero()) s.figure_is(done / all, Part::value, s.d.value);
}

void check_milestone(Step& s) {
  const auto last = exact(s.arg(1));
  const bool done = last && *last >= Exact(1);
  s.same(Part::step, s.d.rule, done ? "milestone-done" : "milestone-open");
  s.value_is(done ? "1" : "0");
}

void check_norm(Step& s) {
  const Derivation* progress = find_sibling(s, "progress");
  s.arg_is(0, progress == nullptr ? "" : progress->value);
  const auto norm = s.number(s.arg(1));
  if (!s.number(s.arg(0)) || !norm || !s.number(s.arg(2))) return;
  if (norm->is_zero()) return s.fault(Part::step, s.arg(1), "");
  s.figure_is({0, 1, 2}, [](const std::vector<Exact>& x) { return std::min(x[0] / x[1], x[2]); });
}

void check_checkin(Step& s) {
  s.value_is(s.arg(1));
}

}  // namespace hr::recheck
