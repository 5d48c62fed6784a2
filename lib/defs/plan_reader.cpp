#include <algorithm>

#include "base/text.h"
#include "defs/readers.h"
#include "defs/weights.h"
#include "expr/expr.h"

namespace hr::defs {

using namespace model;

namespace {

constexpr std::string_view kComponentNames[kComponents] = {"kpi", "okr", "feedback"};

void read_components(Plan& plan, const Cursor& cursor) {
  const Fields fields(cursor, {"kpi", "okr", "feedback"});
  WeightList weights;
  for (size_t i = 0; i < std::size(kComponentNames); ++i) {
    const auto c = fields.get(kComponentNames[i]);
    if (!c) continue;
    plan.weights[i] = c->weight();
    weights.add_value(*c, plan.weights[i]);
  }
  if (cursor.kind() == NodeKind::map && cursor.node().children.empty()) cursor.error("bad-value/no-components");
  weights.check(cursor.place(), cursor.diagnostics());
}

void read_kpi_policy(Plan& plan, const Cursor& cursor) {
  const Fields fields(cursor, {"score"});
  set_choice(plan.kpi_score, fields.get("score"), {"cycle", "periods"});
}

void read_okr(OkrPolicy& okr, const Cursor& cursor) {
  const Fields fields(cursor, {"effect", "norm", "cap", "units"});
  set_choice(okr.effect, fields.get("effect"), {"blended", "upside_only", "informational"});
  if (const auto c = fields.get("norm")) {
    set(okr.norm, c->positive());
    if (okr.norm > make_decimal(1)) c->error("bad-value/norm", {to_string(okr.norm)});
  }
  if (const auto c = fields.get("cap")) set(okr.cap, c->positive());
  set_choice(okr.units, fields.get("units"), {"none", "head", "members"});
}

void read_groups(FeedbackPolicy& feedback, const Cursor& cursor) {
  const Fields fields(cursor, {"manager", "peer", "report", "other", "all"});
  WeightList weights;
  for (const auto& [key, value] : cursor.entries()) {
    const auto weight = value.weight();
    weights.add_value(value, weight);
    if (weight) feedback.groups.push_back({key.node().text, *weight, key.span()});
  }
  if (const auto all = fields.get("all"); all && cursor.entries().size() > 1) all->error("bad-value/group-all");
  if (cursor.kind() == NodeKind::map && cursor.node().children.empty()) cursor.error("bad-value/no-groups");
  weights.check(cursor.place(), cursor.diagnostics());
}

void read_mean(FeedbackPolicy& feedback, const Cursor& cursor) {
  if (cursor.kind() == NodeKind::map) {
    const Fields fields(cursor, {"trim"});
    if (const auto c = fields.require("trim")) set(feedback.trim_percent, c->whole(0, 49));
  } else if (cursor.kind() != NodeKind::scalar || cursor.node().text != "plain") {
    if (cursor.kind() != NodeKind::broken) cursor.error("bad-value/mean");
  }
}

void read_feedback(FeedbackPolicy& feedback, const Cursor& cursor) {
  const Fields fields(cursor, {"groups", "scale", "min_raters", "small_groups", "mean"});
  if (const auto c = fields.get("groups")) read_groups(feedback, *c);
  if (const auto c = fields.get("scale")) {
    if (const auto ends = read_scale_ends(*c)) {
      feedback.scale_low = ends->low;
      feedback.scale_high = ends->high;
    }
  }
  if (const auto c = fields.get("min_raters")) set(feedback.min_raters, c->whole(1, 1000));
  set_choice(feedback.small_groups, fields.get("small_groups"), {"omit", "fold"});
  if (const auto c = fields.get("mean")) read_mean(feedback, *c);
}

void read_in_service(Eligibility& eligibility, const Cursor& cursor) {
  if (cursor.kind() == NodeKind::scalar && cursor.node().text == "cycle_end") {
    eligibility.in_service_on = InServiceOn::cycle_end;
  } else if (cursor.kind() == NodeKind::scalar && cursor.node().text == "after_cycle") {
    eligibility.in_service_on = InServiceOn::after_cycle;
  } else if (cursor.kind() == NodeKind::scalar && !parse_date(cursor.node().text)) {
    const std::vector<std::string> words{"cycle_end", "after_cycle"};
    cursor.error("bad-value/in-service-on", {cursor.node().text}, nearest(cursor.node().text, words).value_or(""));
  } else if (const auto day = cursor.date()) {
    eligibility.in_service_on = InServiceOn::day;
    eligibility.day = *day;
  }
}

void read_eligibility(Eligibility& eligibility, const Cursor& cursor) {
  const Fields fields(cursor, {"min_service_days", "in_service_on", "when"});
  if (const auto c = fields.get("min_service_days")) set(eligibility.min_service_days, c->whole(0, 36'600));
  if (const auto c = fields.get("in_service_on")) read_in_service(eligibility, *c);
  if (const auto c = fields.get("when")) eligibility.when = c->expression();
}

void read_leave(LeavePolicy& leave, const Cursor& cursor) {
  const Fields fields(cursor, {"kinds", "min_days"});
  if (const auto c = fields.require("kinds")) {
    for (const Cursor& item : c->items_of_some()) {
      if (auto kind = item.word()) leave.kinds.push_back(*std::move(kind));
    }
  }
  if (const auto c = fields.get("min_days")) set(leave.min_days, c->whole(0, 36'600));
}

// An attribute of the last assignment, or unit_level_N.
std::string read_grouping(const Cursor& cursor) {
  const auto value = cursor.word();
  if (!value) return {};
  static constexpr std::string_view kLevel = "unit_level_";
  const std::string_view name = *value;
  const bool level =
      name.starts_with(kLevel) && name.size() == kLevel.size() + 1 && name.back() >= '1' && name.back() <= '9';
  if (level || (name.starts_with("attr.") && name.size() > 5)) return *value;
  std::vector<std::string> known{"unit_level_1", "unit_level_2", "unit_level_3"};
  for (const expr::Field& field : expr::assignment_schema().fields) known.push_back(field.name);
  if (std::find(known.begin(), known.end(), *value) != known.end()) return *value;
  cursor.error("bad-value/grouping", {*value}, nearest(*value, known).value_or(""));
  return {};
}

void read_quotas(Distribution& distribution, const Cursor& cursor, Found& found) {
  WeightList weights;
  for (const auto& [key, value] : cursor.entries()) {
    const std::string band = found.refer(Kind::band, key);
    const auto percent = value.weight();
    weights.add_value(value, percent);
    if (percent) distribution.quotas.push_back({band, *percent, key.span()});
  }
  if (cursor.kind() == NodeKind::map && cursor.node().children.empty()) cursor.error("bad-value/no-quotas");
  weights.check(cursor.place(), cursor.diagnostics());
}

Distribution read_distribution(const Cursor& cursor, Found& found) {
  Distribution distribution;
  distribution.span = cursor.place();
  const Fields fields(cursor, {"group_by", "quotas", "min_group", "ties"});
  if (const auto c = fields.get("group_by")) distribution.group_by = read_grouping(*c);
  if (const auto c = fields.require("quotas")) read_quotas(distribution, *c, found);
  if (const auto c = fields.get("min_group")) set(distribution.min_group, c->whole(0, 1'000'000));
  set_choice(distribution.ties, fields.get("ties"), {"flag", "up", "down"});
  return distribution;
}

void read_policies(Plan& plan, const Fields& fields) {
  if (const auto c = fields.get("kpi")) read_kpi_policy(plan, *c);
  set_choice(plan.missing, fields.get("missing"), {"reweight", "zero", "carry", "fail"});
  if (const auto c = fields.get("min_coverage")) {
    set(plan.min_coverage, c->decimal_from(Decimal{}));
    if (plan.min_coverage > make_decimal(100)) c->error("bad-value/percent-range", {to_string(plan.min_coverage)});
  }
  if (const auto c = fields.get("okr")) read_okr(plan.okr, *c);
  if (const auto c = fields.get("feedback")) read_feedback(plan.feedback, *c);
  if (const auto c = fields.get("eligibility")) read_eligibility(plan.eligibility, *c);
  if (const auto c = fields.get("leave")) read_leave(plan.leave, *c);
  set_choice(plan.transfers, fields.get("transfers"), {"by_days", "last"});
  if (const auto c = fields.get("prorate_fte")) set(plan.prorate_fte, c->boolean());
}

void read_outcome(Plan& plan, const Fields& fields, Found& found) {
  if (const auto c = fields.get("decimals")) set(plan.decimals, c->whole(0, 9));
  set_choice(plan.band_on, fields.get("band_on"), {"rounded", "exact"});
  plan.scale = found.refer(Kind::scale, fields.get("scale"));
  if (const auto c = fields.get("scale")) plan.scale_span = c->span();
  if (const auto c = fields.get("distribution")) plan.distribution = read_distribution(*c, found);
  if (const auto c = fields.get("rank_by")) plan.rank_by = read_grouping(*c);
  if (const auto c = fields.get("floor")) set(plan.floor, c->decimal());
  if (const auto c = fields.get("cap")) {
    plan.cap = c->decimal();
    if (plan.cap && *plan.cap < plan.floor)
      c->error("bad-value/cap-under-floor", {to_string(*plan.cap), to_string(plan.floor)});
  }
  if (const auto c = fields.get("adjustments_cap")) plan.adjustments_cap = c->decimal_from(Decimal{});
}

bool counts(const Plan& plan, Component component) {
  const auto& weight = plan.weights[static_cast<size_t>(component)];
  return weight && weight->unscaled > 0;
}

}  // namespace

std::optional<ScaleEnds> read_scale_ends(const Cursor& cursor) {
  const std::vector<Cursor> ends = cursor.items();
  if (cursor.kind() != NodeKind::list) return std::nullopt;
  if (ends.size() != 2) {
    cursor.error("bad-value/scale-ends");
    return std::nullopt;
  }
  const auto low = ends[0].decimal();
  const auto high = ends[1].decimal();
  if (!low || !high) return std::nullopt;
  if (*low < *high) return ScaleEnds{*low, *high};
  cursor.error("bad-value/scale-order", {to_string(*low), to_string(*high)});
  return std::nullopt;
}

Plan read_plan(const Cursor& item, Found& found) {
  Plan plan;
  const Fields fields(
      item, {"id",      "name",     "applies_to",   "components", "kpi",       "missing",     "min_coverage",
             "okr",     "feedback", "eligibility",  "leave",      "transfers", "prorate_fte", "decimals",
             "band_on", "scale",    "distribution", "rank_by",    "cap",       "floor",       "adjustments_cap"});
  plan.id = found.declare(Kind::plan, fields);
  const auto id = fields.get("id");
  plan.span = id ? id->span() : item.span();
  if (const auto c = fields.get("name")) set(plan.name, c->text());
  if (const auto c = fields.get("applies_to")) plan.applies_to = c->expression();
  if (const auto c = fields.require("components")) read_components(plan, *c);
  read_policies(plan, fields);
  read_outcome(plan, fields, found);
  plan.places = places_of(fields);
  const auto feedback = fields.get("feedback");
  const bool misspelt = fields.is_misspelt("feedback");
  if (counts(plan, Component::feedback) && !misspelt && !(feedback && Fields(*feedback).has("groups"))) {
    item.error("missing-key/groups", {plan.id});
  }
  if (plan.distribution && !fields.says("scale")) {
    item.diagnostics().push_back(make_error("missing-key/scale", plan.distribution->span, {plan.id}));
  }
  return plan;
}

}  // namespace hr::defs
