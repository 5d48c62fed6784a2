// From components to the official score: steps 1 to 7 of section 10 of docs/spec/scoring.md.
#include <algorithm>
#include <set>

#include "recheck/step.h"

namespace hr::recheck {

std::optional<expr::Values> evaluate(Step& s, const std::string& text, expr::Type type, bool snapped);  // values.cpp

namespace {

std::string value_of(const Derivation* node) {
  return node == nullptr ? "" : node->value;
}

// What takes part in the score has a node of coverage.
bool takes_part(const Derivation& root, const Derivation& component) {
  const Derivation* coverage = find_child(root, "coverage");
  return coverage != nullptr && find_part(*coverage, component.node) != nullptr;
}

Mean raw_mean(const Derivation& root) {
  Mean mean;
  const Derivation* components = find_child(root, "components");
  if (components == nullptr) return mean;
  for (const Derivation& c : components->parts) {
    if (takes_part(root, c) && !c.value.empty()) mean.add(c.weight, c.value);
  }
  return mean;
}

// "98 − 3": a sum of figures as its sentence writes it.
std::string sum_text(const std::string& first, const std::string& second) {
  if (first.empty()) return second;
  return second[0] == '-' ? first + " − " + second.substr(1) : first + " + " + second;
}

Exact bounded(const Exact& x, const std::optional<Exact>& cap) {
  return cap ? std::min(std::max(x, -*cap), *cap) : x;
}

// A component whose weight counts has data.
bool has_any_data(const Derivation& root) {
  const Derivation* components = find_child(root, "components");
  const Derivation* coverage = find_child(root, "coverage");
  if (components == nullptr || coverage == nullptr) return false;
  return std::any_of(components->parts.begin(), components->parts.end(), [&](const Derivation& c) {
    const Derivation* share = find_part(*coverage, c.node);
    const bool has_value = !c.value.empty() && c.rule != "component-zero";
    return share != nullptr && has_value && share->value != "0" && exact(c.weight).value_or(Exact(0)) > Exact(0);
  });
}

// Why somebody is not rated, from the steps that decide it.
std::set<std::string> reasons_of(const Derivation& root) {
  std::set<std::string> reasons;
  if (const Derivation* service = find_child(root, "service")) {
    for (const Derivation& part : service->parts) {
      if (starts_with(part.rule, "eligibility-") && !part.status.empty()) reasons.insert(part.status);
    }
  }
  const Derivation* coverage = find_child(root, "coverage");
  if (!has_any_data(root)) {
    reasons.insert("no_data");
  } else if (coverage != nullptr && coverage->rule == "coverage-at-least" && coverage->args.size() > 1) {
    if (exact(coverage->value).value_or(Exact(0)) < exact(coverage->args[1]).value_or(Exact(0)))
      reasons.insert("coverage");
  }
  return reasons;
}

std::string joined(const std::set<std::string>& words) {
  std::string text;
  for (const std::string& w : words) text += (text.empty() ? "" : ";") + w;
  return text;
}

}  // namespace

void check_score(Step& s) {
  s.value_is(value_of(find_child(s.d, "rounding")));
  if (s.d.rule == "score-none") return s.status_is("not_in_cycle");
  if (s.d.rule == "score-no-plan") return s.status_is("not_eligible");
  const std::set<std::string> reasons = reasons_of(s.d);
  for (const char* node : {"service", "components", "coverage", "raw", "limits", "rounding"}) {
    const bool of_score = std::string_view(node) > "coverage" && std::string_view(node) != "service";
    if ((reasons.empty() || !of_score) && find_child(s.d, node) == nullptr) s.fault(Part::parts, "", node);
  }
  s.status_is(joined(reasons));
  s.same(Part::step, s.d.rule, reasons.empty() ? "score" : "score-not-rated");
}

void check_components(Step& s) {
  const Mean mean = raw_mean(s.root);
  for (const Derivation& c : s.d.parts) {
    const bool counts = takes_part(s.root, c) && !c.value.empty();
    const std::string follows = counts ? percent_text(exact(c.weight).value_or(Exact(0)), mean.weight) : "0";
    if (c.effective_weight != follows) s.fault(Part::effective_weight, c.node + ": " + c.effective_weight, follows);
    const bool left_out = c.status == "not_applicable" || c.status == "not_counted";
    if (left_out == takes_part(s.root, c) && (left_out || c.status.empty()))
      s.fault(Part::status, c.node + ": " + c.status, left_out ? "" : "not_counted");
    if (c.value.empty() && c.status.empty()) s.fault(Part::status, c.node, "no_data");
  }
}

void check_coverage(Step& s) {
  Mean mean;
  for (const Derivation& part : s.d.parts) mean.add(part.weight, part.value.empty() ? "0" : part.value);
  sum_is(s, 0, mean.text());
  const auto result = mean.result();
  if (!result) return s.value_is("0");
  s.figure_is(*result, Part::value, s.d.value);
}

void check_component_coverage(Step& s) {
  const Derivation* components = find_child(s.root, "components");
  const Derivation* component = nullptr;
  for (const Derivation& c : components == nullptr ? s.d.parts : components->parts) {
    if (s.d.node == "coverage/" + c.node) component = &c;
  }
  if (component == nullptr) return s.fault(Part::parts, "", s.d.node);
  s.same(Part::weight, s.d.weight, component->weight);
  const Exact follows = coverage_of(*component);
  s.figure_is(follows, Part::value, s.d.value);
  const auto said = compute(s.arg(0));
  const bool nothing = s.arg(0) == "100 × 0 / 0";
  if (nothing ? !follows.is_zero() : !said || std::abs((*said - follows).to_double()) > 1e-9)
    s.fault(Part::step, s.arg(0), follows.text(9));
}

void check_raw(Step& s) {
  const Mean mean = raw_mean(s.root);
  sum_is(s, 0, mean.text());
  const auto result = mean.result();
  if (!result) return s.value_is("");
  s.figure_is(*result, Part::value, s.d.value);
}

void check_adjustments(Step& s) {
  std::string text;
  Exact sum;
  for (const Derivation& part : s.d.parts) {
    text = sum_text(text, part.value);
    sum += exact(part.value).value_or(Exact(0));
  }
  s.arg_is(0, text);
  const auto cap = s.d.rule == "adjustments-capped" ? s.number(s.arg(1)) : std::nullopt;
  s.figure_is(bounded(sum, cap), Part::value, s.d.value);
}

void check_adjustment(Step& s) {
  const Derivation* value = find_part(s.d, "value");
  s.arg_is(0, value_of(value));
  if (value == nullptr) return s.fault(Part::parts, "", "value");
  s.status_is(value->status);
  if (s.d.rule == "adjustment-none") {
    s.arg_is(0, "");
    return s.value_is("0");
  }
  const bool capped = s.d.rule == "adjustment-capped";
  if (!s.number(s.arg(0)) || !s.number(s.arg(1)) || (capped && !s.number(s.arg(2)))) return;
  const auto cap = capped ? exact(s.arg(2)) : std::nullopt;
  const Exact most(1'000'000'000);  // points without a bound are limited to what a score can hold
  s.figure_is({0, 1}, [&](const std::vector<Exact>& x) { return bounded(bounded(x[0] * x[1], most), cap); });
}

void check_limits(Step& s) {
  const std::string raw = value_of(find_child(s.root, "raw"));
  const Derivation* adjustments = find_child(s.root, "adjustments");
  const auto before = exact(raw);
  const auto floor = s.number(s.arg(1));
  if (!before || !floor) return s.fault(Part::step, s.arg(0), raw);
  Exact x = *before;
  std::string text = raw;
  if (adjustments != nullptr && adjustments->value != "0") {
    x += exact(adjustments->value).value_or(Exact(0));
    text = sum_text(raw, adjustments->value) + " = " + x.text(9);
  }
  s.arg_is(0, text);
  if (s.d.rule == "limits") {
    const auto cap = s.number(s.arg(2));
    if (cap) x = std::min(x, *cap);
  }
  s.figure_is(std::max(x, *floor), Part::value, s.d.value);
}

void check_vetoes(Step& s) {
  s.arg_is(0, value_of(find_child(s.root, "limits")));
  std::optional<Exact> cap;
  bool fired = false;
  for (const Derivation& veto : s.d.parts) {
    if (!starts_with(veto.rule, "veto-fired")) continue;
    fired = true;
    const auto own = veto.args.size() > 1 ? exact(veto.args[1]) : std::nullopt;
    if (own && (!cap || *own < *cap)) cap = own;
  }
  s.same(Part::step, s.d.rule, !fired ? "vetoes-none" : cap ? "vetoes-cap" : "vetoes-fired");
  s.arg_is(1, cap ? cap->text(9) : "");
  const auto before = s.number(s.arg(0));
  if (!before) return;
  s.figure_is(cap ? std::min(*before, *cap) : *before, Part::value, s.d.value);
}

void check_veto(Step& s) {
  const bool known =
      std::any_of(s.d.parts.begin(), s.d.parts.end(), [](const Derivation& d) { return !d.value.empty(); });
  const auto values = evaluate(s, s.arg(0), expr::Type::boolean, true);
  if (!values) return s.fault(Part::parts, "", s.arg(0));
  const bool failed = !values->failed.empty() && values->failed[0] != 0;
  const bool missing = !values->present.empty() && values->present[0] == 0;
  const bool holds = known && !failed && !missing && values->booleans[0] != 0;
  const std::string fired = s.arg(2).empty()   ? s.arg(1).empty() ? "veto-fired-flag" : "veto-fired-cap"
                            : s.arg(1).empty() ? "veto-fired-band"
                                               : "veto-fired";
  s.same(Part::step, s.d.rule, holds ? fired : known ? "veto-not-fired" : "veto-no-fact");
  s.status_is(holds ? "fired" : known ? "not_fired" : "no_fact");
}

void check_rounding(Step& s) {
  const Derivation* vetoes = find_child(s.root, "vetoes");
  s.arg_is(0, value_of(vetoes != nullptr ? vetoes : find_child(s.root, "limits")));
  const auto exact_score = s.number(s.arg(0));
  const auto decimals = s.whole(s.arg(1));
  if (!exact_score || !decimals) return;
  if (*decimals < Exact(0) || *decimals > Exact(9)) return s.fault(Part::step, s.arg(1), "0–9");
  s.value_is(exact_score->text(static_cast<int>(decimals->to_double())));
}

}  // namespace hr::recheck
