#include <algorithm>
#include <cstdlib>

#include "engine/advice/lever_kinds.h"
#include "scoring/trace.h"

namespace hr::engine {

using model::Derivation;
using model::LeverKind;

namespace {

// Digits of a fact as people wrote it: the shortest decimal that is the same double.
Decimal decimal_of(double value) {
  return parse_decimal(scoring::exact_text(value)).value_or(Decimal{});
}

// What the item's own figures look at: where something may happen, and how finely it is told.
void add_goals(DraftLever& lever, const LeverContext& context) {
  if (lever.handle.shown.item != context.of && context.kind != LeverKind::key_result) return;
  const auto add_goal = [&](const std::string& text) {
    if (const auto goal = parse_decimal(text)) lever.goals.push_back(*goal);
  };
  const std::string& node = context.item->node;
  for (const char* name : {"target", "threshold", "stretch", "baseline"}) {
    if (const Derivation* goal = find_node(*context.item, node + "/" + name)) add_goal(goal->value);
  }
  const Derivation* curve = find_node(*context.item, node + "/curve");
  if (curve != nullptr && (curve->rule == "curve-outside" || curve->rule == "curve-inside")) {
    add_goal(curve->args[1]);
    add_goal(curve->args[2]);
  }
  const Derivation* progress = find_node(*context.item, node + "/progress");
  if (progress != nullptr && progress->args.size() > 2) add_goal(progress->args[2]);
}

}  // namespace

void FactLevers::name_handle(Handle& h, const std::string& kpi, const LeverContext& context) const {
  const model::Kpi* found = definitions_.find_kpi(kpi);
  h.shown.kind = context.kind;
  h.shown.of = context.of;
  h.shown.of_name = context.of_name;
  h.shown.from = context.from;
  h.shown.to = context.to;
  h.shown.node = h.item_node = context.item->node;
  if (found != nullptr) h.shown.name = found->name;
  if (h.of_unit) {
    h.shown.unit = dataset_.units.id[h.subject];
    h.shown.shared = true;
  }
  if (context.kind != LeverKind::kpi) return;
  if (context.of != kpi) {
    h.shown.kind = LeverKind::part;
    h.shown.node = h.value_node;
  } else {
    h.shown.of.clear();
    h.shown.of_name = {};
    if (h.of_unit) h.shown.kind = LeverKind::unit_kpi;
  }
}

DraftLever& FactLevers::lever_of(const std::string& kpi, bool of_unit, uint32_t subject, const std::string& value_node,
                                 const LeverContext& context) {
  for (DraftLever& lever : levers_) {
    Handle& h = lever.handle;
    const bool same = h.shown.item == kpi && h.of_unit == of_unit && h.subject == subject && h.carry < Carry::check_in;
    if (!same || lever.spell != context.spell) continue;
    h.value_node = value_node;
    if (h.shown.kind == LeverKind::part && context.of == kpi) name_handle(h, kpi, context);  // scored itself, too
    return lever;
  }
  DraftLever& lever = levers_.emplace_back();
  lever.spell = context.spell;
  Handle& h = lever.handle;
  h.shown.item = kpi;
  h.of_unit = of_unit;
  h.subject = subject;
  h.value_node = value_node;
  name_handle(h, kpi, context);
  return lever;
}

const facts::FactColumn* FactLevers::column_of(const Handle& h, const Period& period) const {
  const facts::KpiFacts* facts = dataset_.find_kpi(h.shown.item);
  if (facts == nullptr) return nullptr;
  for (const facts::FactColumn& column : h.of_unit ? facts->units : facts->people) {
    if (column.period == period) return &column;
  }
  return nullptr;
}

void FactLevers::add_cell(Handle& h, const Period& period) const {
  const auto at = std::lower_bound(h.cells.begin(), h.cells.end(), period,
                                   [](const LeverCell& c, const Period& p) { return c.period < p; });
  if (at != h.cells.end() && at->period == period) return;
  Decimal base;
  if (const facts::FactColumn* column = column_of(h, period); column != nullptr && column->has(h.subject))
    base = decimal_of(column->value(h.subject));
  h.cells.insert(at, {period, base, nullptr});
}

// args of a fact: subject, KPI, period, value
void FactLevers::add_fact(const Derivation& d, const Derivation& parent, const LeverContext& context) {
  const bool of_unit = d.args[0].starts_with("unit:");
  const auto subject = of_unit ? dataset_.units.find(d.args[0].substr(5)) : dataset_.people.find(d.args[0]);
  const auto period = parse_period(d.args[2]);
  if (!subject || !period || context.item == nullptr) return;
  DraftLever& lever = lever_of(d.args[1], of_unit, *subject, parent.node, context);
  Handle& h = lever.handle;
  if (h.missing) h.cells.clear();  // of other periods: there are facts
  h.missing = false;
  h.shown.value = parent.value;
  add_cell(h, *period);
  add_goals(lever, context);
  if (!context.period.empty()) lever.by_period = true;
}

// The last spell with a day in the periods that count.
uint32_t FactLevers::last_spell() const {
  uint32_t last = facts::kNone;
  for (uint32_t s = dataset_.spells.begin[person_]; s < dataset_.spells.begin[person_ + 1]; ++s) {
    if (dataset_.spells.range[s].overlaps(calendar_.window)) last = s;
  }
  return last;
}

// Of a unit's KPI: the person's unit, or the nearest above it that has a target of its own.
std::optional<uint32_t> FactLevers::subject_of(const LeverContext& context, const std::string& kpi) const {
  if (!context.of_unit) return person_;
  if (!context.owner.empty()) return dataset_.units.find(context.owner);
  const uint32_t spell = last_spell();
  const uint32_t unit = spell == facts::kNone ? facts::kNone : dataset_.spells.unit[spell];
  for (uint32_t u = unit; u != facts::kNone; u = dataset_.units.parent[u]) {
    if (!dataset_.targets.find(facts::TargetSubject::unit, dataset_.units.id[u], kpi).empty()) return u;
  }
  return unit == facts::kNone ? std::nullopt : std::optional(unit);
}

// The last counted period of the spell, or of the person's service; a unit's: of the cycle.
std::optional<Period> FactLevers::last_period(const LeverContext& context) const {
  if (calendar_.counted == 0) return std::nullopt;
  Date last = calendar_.last_day();
  std::optional<Date> next;  // a later spell begins
  const uint32_t spell = last_spell();
  if (spell != facts::kNone) last = std::min(last, dataset_.spells.range[spell].last());
  if (!context.spell.empty()) {
    const Derivation* node = find_node(tree_, context.spell);
    const size_t number = context.spell.find('@') + 1;
    const int following = std::atoi(context.spell.c_str() + number) + 1;
    const Derivation* after = find_node(tree_, context.spell.substr(0, number) + std::to_string(following));
    if (node != nullptr && node->args.size() > 1) last = parse_date(node->args[1]).value_or(last);
    if (after != nullptr && !after->args.empty()) next = parse_date(after->args[0]);
  }
  for (uint32_t p = calendar_.counted; p-- > 0;) {
    const DateRange range = calendar_.periods[p].range;
    if (range.from > last && !context.of_unit) continue;
    if (next && *next <= range.last()) continue;  // belongs to the spell after it
    return calendar_.periods[p].period;
  }
  return std::nullopt;
}

void FactLevers::add_missing(const Derivation& d, const LeverContext& context) {
  if (context.item == nullptr || context.kind == LeverKind::veto || d.args.empty()) return;
  const auto subject = subject_of(context, d.args[0]);
  const auto period = context.period.empty() ? last_period(context) : parse_period(context.period);
  if (!subject || !period) return;
  DraftLever& lever = lever_of(d.args[0], context.of_unit, *subject, d.node, context);
  Handle& h = lever.handle;
  if (!h.cells.empty() && !h.missing) return;
  h.missing = true;
  add_cell(h, *period);
  add_goals(lever, context);
  if (!context.period.empty()) lever.by_period = true;
}

void FactLevers::set_steps(DraftLever& lever) const {
  Handle& h = lever.handle;
  const std::vector<Decimal>& goals = lever.goals;
  const model::Kpi* kpi = definitions_.find_kpi(h.shown.item);
  h.carry = (lever.by_period && h.cells.size() > 1) || h.missing ? Carry::each
            : kpi == nullptr                                     ? Carry::last
            : kpi->aggregate == model::Aggregate::sum            ? Carry::sum
            : kpi->aggregate == model::Aggregate::last           ? Carry::last
                                                                 : Carry::each;
  h.shown.each = h.carry == Carry::each ? static_cast<uint32_t>(h.cells.size()) : 1;
  std::vector<Decimal> bases;
  for (const LeverCell& c : h.cells) bases.push_back(c.base);
  std::vector<Decimal> told = bases;
  bool positive = true;
  for (const Decimal d : bases) positive = positive && d.unscaled >= 0;
  for (const Decimal d : goals) positive = positive && d.unscaled >= 0;
  if (!goals.empty() && h.missing) told = {goals[0]};
  set_unit(h, told);
  if (h.carry == Carry::last) bases = {bases.back()};
  set_least(h, positive, bases);
  const Decimal now = parse_decimal(h.shown.value).value_or(Decimal{});
  set_natural(h, goals.empty() ? now : goals[0], now);
  for (const Decimal goal : goals) add_hint(h, goal, now);
}

// A whole-cycle value (of an adjustment, a key result) beside the same KPI in a spell: one fact, one lever.
void FactLevers::drop_twins() {
  const auto is_twin = [](const DraftLever& whole, const DraftLever& part) {
    const Handle& a = whole.handle;
    const Handle& b = part.handle;
    if (!whole.spell.empty() || part.spell.empty() || a.cells.empty() || b.cells.empty()) return false;
    const bool same = a.shown.item == b.shown.item && a.of_unit == b.of_unit;
    return same && a.cells.back().period == b.cells.back().period && !b.missing;
  };
  std::vector<DraftLever> kept;
  for (const DraftLever& lever : levers_) {
    const auto twin = [&](const DraftLever& part) { return is_twin(lever, part); };
    if (std::none_of(levers_.begin(), levers_.end(), twin)) kept.push_back(lever);
  }
  levers_ = std::move(kept);
}

void FactLevers::finish() {
  for (DraftLever& lever : levers_) {
    if (lever.handle.carry < Carry::check_in) set_steps(lever);
  }
  drop_twins();
}

}  // namespace hr::engine
