// One node under check, with what stands around it. Internal to recheck.
#pragma once

#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "expr/expr.h"
#include "recheck/exact.h"
#include "recheck/recheck.h"

namespace hr::recheck {

using model::Derivation;

struct Checker::State {
  std::unordered_map<std::string, std::optional<expr::Program>> formulas;
  uint64_t checked = 0;
};

// A number as printed: exact, or one of 15 digits that stands for all that round to it.
struct Printed {
  Exact value;
  Exact slack;  // half a unit of the 15th digit; zero where the text is exact
};
std::optional<Printed> parse_printed(std::string_view text);

class Step {
 public:
  Step(const Derivation& node, const Derivation* above, const Derivation& tree, Checker::State& kept,
       std::vector<Fault>& faults)
      : d(node), parent(above), root(tree), state(kept), faults_(faults) {}

  const Derivation& d;
  const Derivation* parent;  // nullptr: the root
  const Derivation& root;
  Checker::State& state;

  // Argument i of the rule; "" where there is none.
  const std::string& arg(size_t i) const;
  // Adds a fault.
  void fault(Part part, const std::string& says, const std::string& follows);
  // The same text, or a fault.
  void same(Part part, const std::string& says, const std::string& follows);
  void value_is(const std::string& follows) { same(Part::value, d.value, follows); }
  void status_is(const std::string& follows) { same(Part::status, d.status, follows); }
  void arg_is(size_t i, const std::string& follows) { same(Part::step, arg(i), follows); }
  // No value without a reason, and no reason beside a value.
  void reason_stands_for_value();
  // A number that the rule needs; a fault and none where the text is not one.
  std::optional<Exact> number(const std::string& text);
  std::optional<Exact> whole(const std::string& text);  // likewise, without decimals

  // What `f` makes of the arguments at `at`, snapped: the figure of a stage. Where arguments have 15 digits, any figure
  // that they leave open.
  using Function = std::function<Exact(const std::vector<Exact>&)>;
  void figure_is(std::initializer_list<size_t> at, const Function& f);
  // The figure `exact`, snapped, in the given part of the node.
  void figure_is(const Exact& exact, Part part, const std::string& says);
  // A value or target: what `terms` add up to (divided by `divisor`), within the digits that are printed.
  void value_is_about(const std::vector<std::string>& terms, const Exact& divisor);
  void value_is_about(const Exact& exact, double error);

 private:
  std::vector<Fault>& faults_;
};

bool ends_with(const std::string& path, std::string_view suffix);
// The part, or the sibling, whose path is that of the node (of its parent) and `suffix`; nullptr = none.
const Derivation* find_part(const Derivation& node, std::string_view suffix);
const Derivation* find_sibling(const Step& step, std::string_view suffix);
const Derivation* find_child(const Derivation& root, std::string_view node);  // by its whole path

// A weighted mean as its sentence writes it: "(60 × 90 + 40 × 80) / 100".
struct Term {
  std::string weight;  // empty: all weigh alike
  std::string figure;
};
struct Mean {
  std::vector<Term> terms;
  Exact sum, weight;

  void add(const std::string& weight, const std::string& figure);
  std::optional<Exact> result() const;
  std::string text() const;
};
// The sentence's sum is `mean`, number by number.
void sum_is(Step& step, size_t arg, const std::string& follows);
// What a sum of numbers, + − × / and parentheses comes to; none where it is not one, or divides by zero.
std::optional<Exact> compute(std::string_view sum);
// The share of a weight in percent, snapped.
std::string percent_text(const Exact& weight, const Exact& total);

bool starts_with(std::string_view text, std::string_view prefix);
std::optional<Exact> exact(const std::string& text);

// A value out of range of a figure, which is stated as not_computable.
bool out_of_range(const Exact& x);

// The rules, by what they are about.
void check_service(Step& s);
void check_spell_days(Step& s);
void check_leave(Step& s);
void check_min_service(Step& s);
void check_in_service(Step& s);
void check_score(Step& s);
void check_components(Step& s);
void check_component_zero(Step& s);
void check_kpi_mean(Step& s);
void check_by_days(Step& s);
void check_last_spell(Step& s);
void check_spell(Step& s);
void check_no_score(Step& s);
void check_kpi(Step& s);
void check_carried(Step& s);
void check_value(Step& s);
void check_aggregate(Step& s);
void check_formula(Step& s);
void check_fact(Step& s);
void check_target_rate(Step& s);
void check_target_sum(Step& s);
void check_target_share(Step& s);
void check_attainment(Step& s);
void check_line(Step& s);
void check_flat(Step& s);
void check_curve_sum(Step& s);
void check_range(Step& s);
void check_met(Step& s);
void check_curve_limits(Step& s);
void check_okr(Step& s);
void check_objective(Step& s);
void check_key_result(Step& s);
void check_guardrail(Step& s);
void check_progress(Step& s);
void check_binary(Step& s);
void check_milestones(Step& s);
void check_milestone(Step& s);
void check_norm(Step& s);
void check_checkin(Step& s);
void check_feedback(Step& s);
void check_rater_group(Step& s);
void check_coverage(Step& s);
void check_component_coverage(Step& s);
void check_raw(Step& s);
void check_adjustments(Step& s);
void check_adjustment(Step& s);
void check_limits(Step& s);
void check_vetoes(Step& s);
void check_veto(Step& s);
void check_rounding(Step& s);
void check_band(Step& s);
void check_distribution(Step& s);
void check_rank(Step& s);
void check_moves(Step& s);
void check_move(Step& s);

// Coverage of a component, in percent, from the nodes below it.
Exact coverage_of(const Derivation& component);

}  // namespace hr::recheck
