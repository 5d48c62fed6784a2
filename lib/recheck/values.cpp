// From facts to the value of a KPI, and its target: sections 4 and 5 of docs/spec/scoring.md.
#include <algorithm>

#include "recheck/step.h"

namespace hr::recheck {

namespace {

bool is_fact(const Derivation& d) {
  return d.rule == "fact" || d.rule == "fact-share" || d.rule == "fact-each";
}

double numeric(const std::string& text) {
  const auto value = Exact::parse(text);
  return value ? value->to_double() : 0;
}

const expr::Program* formula_of(Step& s, const std::string& text, const Derivation& node, expr::Type type) {
  const auto found = s.state.formulas.find(text);
  if (found != s.state.formulas.end()) return found->second ? &*found->second : nullptr;
  expr::Schema schema;
  schema.any_attribute = false;
  for (const Derivation& part : node.parts) {
    if (!part.args.empty()) schema.fields.push_back({part.args[0], expr::Type::number});
  }
  Diagnostics ignored;
  auto& program = s.state.formulas[text];
  program = expr::compile(text, schema, type, SourceSpan{}, ignored);
  return program ? &*program : nullptr;
}

}  // namespace

// Parts are the KPIs that the text names; their values as they are, or as figures.
std::optional<expr::Values> evaluate(Step& s, const std::string& text, expr::Type type, bool snapped) {
  const expr::Program* program = formula_of(s, text, s.d, type);
  if (program == nullptr) return std::nullopt;
  const size_t n = program->fields().size();
  std::vector<double> numbers(n);
  std::vector<uint8_t> present(n);
  std::vector<expr::ColumnView> columns(n);
  for (size_t i = 0; i < n; ++i) {
    const auto part = std::find_if(s.d.parts.begin(), s.d.parts.end(), [&](const Derivation& p) {
      return !p.args.empty() && p.args[0] == program->fields()[i];
    });
    if (part == s.d.parts.end()) return std::nullopt;
    const auto value = exact(part->value);
    present[i] = value.has_value();
    constexpr int kNine = 9;
    if (value) numbers[i] = snapped && !out_of_range(*value) ? numeric(value->text(kNine)) : numeric(part->value);
    columns[i].type = expr::Type::number;
    columns[i].numbers = {&numbers[i], 1};
    columns[i].present = {&present[i], 1};
  }
  return program->evaluate(columns, 1);
}

// "kpi/ID/value", or "…/value/ID" and "vetoes/…/ID": the path names the KPI too.
static void check_name(Step& s) {
  const bool named = ends_with(s.d.node, "/" + s.arg(0)) || ends_with(s.d.node, "/" + s.arg(0) + "/value");
  if (!named && s.parent != nullptr && starts_with(s.parent->rule, "kpi")) s.fault(Part::step, s.arg(0), s.d.node);
}

void check_value(Step& s) {
  if (s.d.parts.empty()) return s.value_is("");
  s.value_is(s.d.parts[0].value);
  s.status_is(s.d.parts[0].status);
}

void check_aggregate(Step& s) {
  check_name(s);
  s.reason_stands_for_value();
  std::vector<std::string> facts;
  size_t count = 0;
  for (const Derivation& part : s.d.parts) {
    if (!is_fact(part)) continue;
    const auto times = part.rule == "fact-each" ? exact(part.args.back()) : std::optional<Exact>(1);
    for (Exact i = 0; times && i < *times; i = i + Exact(1)) facts.push_back(part.value);
    ++count;
  }
  const std::string& rule = s.d.rule;
  if (rule == "value-none") {
    if (count > 0) s.fault(Part::value, "", facts[0]);
    return s.value_is("");
  }
  if (facts.empty()) return s.value_is("");
  if (rule == "value-sum") return s.value_is_about(facts, 1);
  if (rule == "value-mean") return s.value_is_about(facts, Exact(static_cast<int64_t>(facts.size())));
  const auto less = [](const std::string& a, const std::string& b) {
    return exact(a).value_or(Exact()) < exact(b).value_or(Exact());
  };
  if (rule == "value-min") return s.value_is(*std::min_element(facts.begin(), facts.end(), less));
  if (rule == "value-max") return s.value_is(*std::max_element(facts.begin(), facts.end(), less));
  s.value_is(facts.back());
}

void check_formula(Step& s) {
  check_name(s);
  s.reason_stands_for_value();
  const auto values = evaluate(s, s.arg(1), expr::Type::number, false);
  if (!values) return s.fault(Part::parts, "", s.arg(1));
  const bool failed = !values->failed.empty() && values->failed[0] != 0;
  const bool missing = failed || (!values->present.empty() && values->present[0] == 0);
  if (missing) return s.value_is("");
  const auto says = exact(s.d.value);
  // The parts stand here with 15 digits, what was computed had a little more.
  constexpr double kError = 1e-14;
  const double follows = values->numbers[0];
  if (says &&
      std::abs(says->to_double() - follows) <= kError * std::max(std::abs(follows), std::abs(says->to_double())))
    return;
  s.fault(Part::value, s.d.value, std::to_string(follows));
}

void check_fact(Step& s) {
  if (!ends_with(s.d.node, "/fact/" + s.arg(2))) s.fault(Part::step, s.arg(2), s.d.node);
  if (s.parent != nullptr && !s.parent->args.empty()) s.arg_is(1, s.parent->args[0]);
  s.reason_stands_for_value();
  if (!s.number(s.arg(3))) return;
  if (s.d.rule == "fact-out-of-service") return s.value_is("");
  if (s.d.rule != "fact-share") return s.value_is(s.arg(3));
  const auto value = s.number(s.arg(3));
  const auto days = s.number(s.arg(4));
  const auto whole = s.number(s.arg(5));
  if (!value || !days || !whole) return;
  if (whole->is_zero() || *days > *whole) return s.fault(Part::step, s.arg(4) + "/" + s.arg(5), "");
  constexpr double kUlps = 4.5e-16;
  const Exact share = *value * *days / *whole;
  s.value_is_about(share, kUlps * std::abs(share.to_double()));
}

void check_target_rate(Step& s) {
  s.value_is(s.arg(0));
}

void check_target_sum(Step& s) {
  if (s.d.parts.empty()) return s.value_is("0");
  std::vector<std::string> shares;
  for (const Derivation& part : s.d.parts) shares.push_back(part.value);
  s.value_is_about(shares, 1);
}

void check_target_share(Step& s) {
  const auto value = s.number(s.arg(0));
  const auto days = s.number(s.arg(1));
  const auto whole = s.number(s.arg(2));
  if (!value || !days || !whole) return;
  if (whole->is_zero()) return s.fault(Part::step, s.arg(2), "");
  constexpr double kUlps = 4.5e-16;
  const Exact share = *value * *days / *whole;
  s.value_is_about(share, kUlps * std::abs(share.to_double()));
}

}  // namespace hr::recheck
