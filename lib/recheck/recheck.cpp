// The table of rules, and the walk over a tree.
#include "recheck/recheck.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>

#include "recheck/step.h"

namespace hr::recheck {

namespace {

using Check = void (*)(Step&);

struct Rule {
  std::string_view name;
  Check check;              // nullptr: a statement
  std::string_view stated;  // why
};

constexpr std::string_view kCondition = "a condition on attributes: what it met stands beside it, as text";

constexpr Rule kRules[] = {
    {"score", check_score, ""},
    {"score-not-rated", check_score, ""},
    {"score-none", check_score, ""},
    {"score-no-plan", check_score, ""},
    {"applies-not", nullptr, kCondition},
    {"service", check_service, ""},
    {"service-spell", check_spell_days, ""},
    {"service-spell-of", check_spell_days, ""},
    {"service-leave", check_leave, ""},
    {"service-leave-kept", check_leave, ""},
    {"eligibility-min-service", check_min_service, ""},
    {"eligibility-in-service", check_in_service, ""},
    {"eligibility-not-in-service", check_in_service, ""},
    {"eligibility-when", check_in_service, ""},
    {"eligibility-not-when", check_in_service, ""},
    {"components", check_components, ""},
    {"component-zero", check_component_zero, ""},
    {"no-scorecard", check_no_score, ""},
    {"weighted-mean", check_kpi_mean, ""},  // of feedback: check_of()
    {"weighted-mean-none", check_no_score, ""},
    {"kpi-periods", check_kpi_mean, ""},
    {"kpi-periods-none", check_no_score, ""},
    {"kpi-by-days", check_by_days, ""},
    {"kpi-by-days-none", check_no_score, ""},
    {"kpi-last-spell", check_last_spell, ""},
    {"kpi-spell", check_spell, ""},
    {"kpi-spell-skipped", check_no_score, ""},
    {"kpi-spell-none", check_spell, ""},
    {"kpi-spell-periods", check_spell, ""},
    {"kpi-spell-periods-none", check_spell, ""},
    {"kpi-period", check_kpi_mean, ""},
    {"kpi-period-none", check_kpi_mean, ""},
    {"kpi", check_kpi, ""},
    {"kpi-partial", check_kpi, ""},
    {"kpi-carried", check_carried, ""},
    {"kpi-not-carried", check_carried, ""},
    {"kpi-not-carried-none", check_carried, ""},
    {"value", check_value, ""},
    {"value-none", check_aggregate, ""},
    {"value-sum", check_aggregate, ""},
    {"value-mean", check_aggregate, ""},
    {"value-last", check_aggregate, ""},
    {"value-min", check_aggregate, ""},
    {"value-max", check_aggregate, ""},
    {"value-formula", check_formula, ""},
    {"fact", check_fact, ""},
    {"fact-share", check_fact, ""},
    {"fact-each", check_fact, ""},
    {"fact-out-of-service", check_fact, ""},
    {"target-rate", check_target_rate, ""},
    {"target-none", check_no_score, ""},
    {"target-sum", check_target_sum, ""},
    {"target-share", check_target_share, ""},
    {"target-share-fte", check_target_share, ""},
    {"attain-ratio", check_attainment, ""},
    {"attain-mirror", check_attainment, ""},
    {"attain-reciprocal", check_attainment, ""},
    {"attain-progress", check_attainment, ""},
    {"attain-value", check_attainment, ""},
    {"attain-none", check_attainment, ""},
    {"curve-linear", check_curve_sum, ""},
    {"curve-default", check_curve_sum, ""},
    {"curve-line", check_line, ""},
    {"curve-below", check_flat, ""},
    {"curve-above", check_flat, ""},
    {"curve-step", check_flat, ""},
    {"curve-worse", check_flat, ""},
    {"curve-stretch", check_flat, ""},
    {"curve-best", check_flat, ""},
    {"curve-regressed", check_flat, ""},
    {"curve-inside", check_range, ""},
    {"curve-outside", check_range, ""},
    {"curve-deduct", check_curve_sum, ""},
    {"curve-met", check_met, ""},
    {"curve-not-met", check_met, ""},
    {"curve-limits", check_curve_limits, ""},
    {"okr-component", check_okr, ""},
    {"okr-component-none", check_okr, ""},
    {"okr-no-objective", check_no_score, ""},
    {"okr-component-shown", check_okr, ""},
    {"okr-component-raises", check_okr, ""},
    {"okr-component-left-out", check_okr, ""},
    {"okr-component-alone", check_okr, ""},
    {"roll-up-weighted", check_objective, ""},
    {"roll-up-mean", check_objective, ""},
    {"roll-up-min", check_objective, ""},
    {"roll-up-weighted-none", check_objective, ""},
    {"roll-up-mean-none", check_objective, ""},
    {"roll-up-min-none", check_objective, ""},
    {"key-result-committed", check_key_result, ""},
    {"key-result-aspirational", check_key_result, ""},
    {"key-result-learning", check_key_result, ""},
    {"guardrail-most", check_guardrail, ""},
    {"guardrail-least", check_guardrail, ""},
    {"guardrail-unknown", check_guardrail, ""},
    {"kr-progress", check_progress, ""},
    {"kr-binary", check_binary, ""},
    {"kr-milestones", check_milestones, ""},
    {"kr-aspirational", check_norm, ""},
    {"milestone-done", check_milestone, ""},
    {"milestone-open", check_milestone, ""},
    {"checkin", check_checkin, ""},
    {"checkin-note", check_checkin, ""},
    {"feedback-group", check_rater_group, ""},
    {"feedback-group-trimmed", check_rater_group, ""},
    {"feedback-folded", check_rater_group, ""},
    {"feedback-folded-none", check_rater_group, ""},
    {"feedback-suppressed", check_rater_group, ""},
    {"feedback-none", check_rater_group, ""},
    {"feedback-hidden", check_rater_group, ""},
    {"feedback-self", check_rater_group, ""},
    {"coverage", check_coverage, ""},
    {"coverage-at-least", check_coverage, ""},
    {"coverage-none", check_coverage, ""},
    {"coverage-component", check_component_coverage, ""},
    {"raw", check_raw, ""},
    {"adjustments", check_adjustments, ""},
    {"adjustments-capped", check_adjustments, ""},
    {"adjustment", check_adjustment, ""},
    {"adjustment-capped", check_adjustment, ""},
    {"adjustment-none", check_adjustment, ""},
    {"limits", check_limits, ""},
    {"limits-floor", check_limits, ""},
    {"vetoes-none", check_vetoes, ""},
    {"vetoes-cap", check_vetoes, ""},
    {"vetoes-fired", check_vetoes, ""},
    {"veto-fired", check_veto, ""},
    {"veto-fired-cap", check_veto, ""},
    {"veto-fired-band", check_veto, ""},
    {"veto-fired-flag", check_veto, ""},
    {"veto-not-fired", check_veto, ""},
    {"veto-no-fact", check_veto, ""},
    {"rounding", check_rounding, ""},
    {"rounding-default", check_rounding, ""},
    {"band", check_band, ""},
    {"band-exact", check_band, ""},
    {"band-vetoed", check_band, ""},
    {"band-vetoed-exact", check_band, ""},
    {"band-none", check_band, ""},
    {"band-none-exact", check_band, ""},
    {"rank", check_rank, ""},
    {"rank-by", check_rank, ""},
    {"rank-alone", check_rank, ""},
    {"rank-by-alone", check_rank, ""},
    {"distribution", check_distribution, ""},
    {"distribution-tied", check_distribution, ""},
    {"distribution-tied-up", check_distribution, ""},
    {"distribution-small", check_distribution, ""},
    {"calibration", check_move, ""},
    {"calibrations", check_moves, ""},
};

const Rule* find_rule(std::string_view name) {
  static const std::unordered_map<std::string_view, const Rule*> kByName = [] {
    std::unordered_map<std::string_view, const Rule*> out;
    for (const Rule& rule : kRules) out.emplace(rule.name, &rule);
    return out;
  }();
  const auto found = kByName.find(name);
  return found == kByName.end() ? nullptr : found->second;
}

// KPIs and groups of raters share the words "weighted mean".
Check check_of(const Rule& rule, const Derivation& d) {
  const bool mean = rule.check == check_kpi_mean || rule.check == check_no_score;
  return mean && d.node == "feedback" ? check_feedback : rule.check;
}

void walk(const Derivation& d, const Derivation* parent, const Derivation& root, Checker::State& state,
          std::vector<Fault>& faults) {
  Step step(d, parent, root, state, faults);
  const Rule* rule = find_rule(d.rule);
  if (rule == nullptr) {
    step.fault(Part::step, d.rule, "");
  } else if (const Check check = check_of(*rule, d)) {
    check(step);
  }
  ++state.checked;
  for (const Derivation& part : d.parts) walk(part, &d, root, state, faults);
}

}  // namespace

const char* name_of(Part part) {
  constexpr const char* kNames[] = {"value", "weight", "effective_weight", "status", "step", "parts"};
  return kNames[static_cast<size_t>(part)];
}

Checker::Checker() : state_(std::make_unique<State>()) {}
Checker::~Checker() = default;

std::vector<Fault> Checker::check(const model::Derivation& tree) {
  std::vector<Fault> faults;
  walk(tree, nullptr, tree, *state_, faults);
  return faults;
}

uint64_t Checker::checked() const {
  return state_->checked;
}

std::span<const RuleNote> rules() {
  static const std::vector<RuleNote> kNotes = [] {
    std::vector<RuleNote> out;
    for (const Rule& rule : kRules) out.push_back({rule.name, rule.stated});
    return out;
  }();
  return kNotes;
}

}  // namespace hr::recheck
