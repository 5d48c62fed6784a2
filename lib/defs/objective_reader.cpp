#include "defs/readers.h"
#include "defs/weights.h"

namespace hr::defs {

using namespace model;

namespace {

Owner read_owner(const Cursor& cursor) {
  Owner owner;
  owner.span = cursor.span();
  if (cursor.kind() == NodeKind::scalar || cursor.kind() == NodeKind::list) cursor.error("bad-value/owner");
  if (cursor.kind() == NodeKind::scalar || cursor.kind() == NodeKind::list) return owner;
  const Fields fields(cursor, {"company", "unit", "employee"});
  if (cursor.kind() != NodeKind::map) return owner;
  const int given = int{fields.has("company")} + int{fields.has("unit")} + int{fields.has("employee")};
  if (given != 1) {
    cursor.error("bad-value/owner");
  } else if (const auto company = fields.get("company")) {
    const auto yes = company->boolean();
    if (yes && !*yes) company->error("bad-value/owner");
  } else if (const auto unit = fields.get("unit")) {
    owner.kind = OwnerKind::unit;
    set(owner.id, unit->imported_id());
  } else if (const auto employee = fields.get("employee")) {
    owner.kind = OwnerKind::employee;
    set(owner.id, employee->imported_id());
  }
  return owner;
}

void read_milestones(KeyResult& kr, const Cursor& list) {
  WeightList weights;
  for (const Cursor& item : list.items_of_some()) {
    Milestone milestone;
    const Fields fields(item, {"id", "title", "weight"});
    const auto id = fields.require("id");
    if (id) set(milestone.id, id->id());
    milestone.span = id ? id->span() : item.span();
    if (const auto c = fields.get("title")) set(milestone.title, c->text());
    if (const auto c = fields.get("weight")) milestone.weight = c->weight();
    weights.add_item(item, milestone.weight, milestone.span);
    for (const Milestone& other : kr.milestones) {
      if (milestone.id.empty() || other.id != milestone.id) continue;
      Diagnostic d = make_error("duplicate-id/within", milestone.span, {milestone.id, std::to_string(other.span.line)});
      d.related.push_back(other.span);
      item.diagnostics().push_back(std::move(d));
      break;
    }
    kr.milestones.push_back(std::move(milestone));
  }
  weights.check(list.place(), list.diagnostics());
}

void check_guardrail(const KeyResult& kr, const Fields& fields) {
  if (!fields.says("limit")) fields.map().error("missing-key/limit", {kr.id});
  for (const std::string_view key : {"target", "milestones", "binary", "start", "cap"}) {
    if (const auto c = fields.get(key)) c->error("bad-value/guardrail-key", {std::string(key)});
  }
}

// What a measure by numbers has, beside one that is done or not done.
void refuse_keys_of_numbers(const KeyResult& kr, const Fields& fields) {
  if (!kr.binary && !fields.has("milestones")) return;
  const std::string measure = fields.has("milestones") ? "milestones" : "binary";
  for (const std::string_view key : {"start", "cap", "direction", "kpi"}) {
    if (const auto c = fields.get(key)) c->error("bad-value/no-numbers", {measure, std::string(key)});
  }
}

// start → target must be a way, in the direction given if one is.
void check_way(const KeyResult& kr, const Fields& fields) {
  if (!kr.target) return;
  if (kr.start == *kr.target) {
    fields.get("target")->error("start-equals-target", {to_string(kr.start)});
    return;
  }
  const auto direction = fields.get("direction");
  if (!direction || !kr.direction) return;
  const bool down = *kr.target < kr.start;
  if (down != (kr.direction == Direction::lower)) {
    direction->error("bad-value/kr-direction", {to_string(kr.start), to_string(*kr.target)});
  }
}

// How it is measured: exactly one of a target, milestones and binary. A learning key result needs none.
void check_measure(const KeyResult& kr, const Fields& fields) {
  std::vector<std::string> given;
  if (fields.has("target")) given.emplace_back("target");
  if (fields.has("milestones")) given.emplace_back("milestones");
  const auto binary = fields.get("binary");
  if (binary && binary->node().text != "false") given.emplace_back("binary");
  const bool misspelt =
      fields.is_misspelt("target") || fields.is_misspelt("milestones") || fields.is_misspelt("binary");
  if (given.empty() && !misspelt && kr.type != KeyResultType::learning)
    fields.map().error("missing-key/measure", {kr.id});
  if (given.size() > 1) fields.get(given[1])->error("bad-value/two-measures", {given[0], given[1]});
  if (const auto limit = fields.get("limit")) limit->error("bad-value/limit");
  refuse_keys_of_numbers(kr, fields);
  check_way(kr, fields);
}

void check_key_result(const KeyResult& kr, const Fields& fields) {
  if (fields.map().kind() != NodeKind::map) return;
  if (kr.type == KeyResultType::guardrail)
    check_guardrail(kr, fields);
  else
    check_measure(kr, fields);
  const bool weightless = kr.type == KeyResultType::guardrail || kr.type == KeyResultType::learning;
  if (const auto weight = fields.get("weight"); weight && weightless) {
    weight->error("bad-value/weightless", {kr.type == KeyResultType::guardrail ? "guardrail" : "learning"});
  }
}

void read_measure(KeyResult& kr, const Fields& fields, Found& found) {
  if (const auto c = fields.get("start")) set(kr.start, c->decimal());
  if (const auto c = fields.get("target")) kr.target = c->decimal();
  if (const auto c = fields.get("cap")) kr.cap = c->decimal_from(make_decimal(1));
  if (const auto c = fields.get("limit")) kr.limit = c->decimal();
  if (const auto c = fields.get("direction")) {
    static constexpr std::string_view kWords[] = {"higher", "lower"};
    if (const auto i = c->choice(kWords)) kr.direction = static_cast<Direction>(*i);
  }
  if (const auto c = fields.get("unit")) set(kr.unit, c->word());
  kr.kpi = found.refer(Kind::kpi, fields.get("kpi"));
  if (const auto c = fields.get("binary")) set(kr.binary, c->boolean());
  if (const auto c = fields.get("milestones")) read_milestones(kr, *c);
}

bool scored(const KeyResult& kr) {
  return kr.type == KeyResultType::committed || kr.type == KeyResultType::aspirational;
}

void read_key_results(Objective& objective, const Cursor& list, Found& found) {
  WeightList weights;
  for (const Cursor& item : list.items_of_some()) {
    KeyResult kr = read_key_result(item, found);
    if (scored(kr)) weights.add_item(item, kr.weight, kr.span);
    objective.key_results.push_back(std::move(kr));
  }
  weights.check(list.place(), list.diagnostics());
}

}  // namespace

KeyResult read_key_result(const Cursor& item, Found& found) {
  KeyResult kr;
  const Fields fields(item, {"id", "type", "title", "weight", "start", "target", "cap", "limit", "direction", "unit",
                             "kpi", "binary", "milestones", "cadence_days", "grace_days"});
  kr.id = found.declare(Kind::key_result, fields);
  const auto id = fields.get("id");
  kr.span = id ? id->span() : item.span();
  set_choice(kr.type, fields.get("type"), {"committed", "aspirational", "learning", "guardrail"});
  if (const auto c = fields.get("title")) set(kr.title, c->text());
  if (const auto c = fields.get("weight")) kr.weight = c->weight();
  read_measure(kr, fields, found);
  if (const auto c = fields.get("cadence_days")) set(kr.cadence_days, c->whole(1, 3660));
  if (const auto c = fields.get("grace_days")) set(kr.grace_days, c->whole(0, 3660));
  check_key_result(kr, fields);
  return kr;
}

Objective read_objective(const Cursor& item, Found& found) {
  Objective objective;
  const Fields fields(item, {"id", "cycle", "owner", "title", "supports", "weight", "roll_up", "key_results"});
  objective.id = found.declare(Kind::objective, fields);
  const auto id = fields.get("id");
  objective.span = id ? id->span() : item.span();
  objective.cycle = found.refer(Kind::cycle, fields.require("cycle"));
  if (const auto c = fields.require("owner")) objective.owner = read_owner(*c);
  if (const auto c = fields.get("title")) set(objective.title, c->text());
  objective.supports = found.refer(Kind::goal, fields.get("supports"), "unknown-reference/goal");
  if (const auto c = fields.get("weight")) {
    objective.weight = c->weight();
    if (!objective.weight) found.unread_weights.insert(objective.span);
  }
  if (fields.is_misspelt("weight")) found.unread_weights.insert(objective.span);
  set_choice(objective.roll_up, fields.get("roll_up"), {"weighted", "mean", "min"});
  if (const auto c = fields.get("key_results")) read_key_results(objective, *c, found);
  return objective;
}

}  // namespace hr::defs
