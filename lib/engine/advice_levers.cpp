#include "engine/advice_levers.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdlib>
#include <string_view>

#include "scoring/trace.h"

namespace hr::engine {

using model::Derivation;
using model::LeverKind;

namespace {

constexpr int kMostDecimals = 4;  // of a step; what is finer comes of binary fractions

bool begins(std::string_view text, std::string_view with) {
  return text.substr(0, with.size()) == with;
}

// Digits of a fact as people wrote it: the shortest decimal that is the same double.
Decimal decimal_of(double value) {
  return parse_decimal(scoring::exact_text(value)).value_or(Decimal{});
}

// What a walk through the derivation has passed.
struct Context {
  const Derivation* item = nullptr;  // KPI, key result, adjustment or veto
  LeverKind kind = LeverKind::kpi;
  std::string of;     // its id
  std::string spell;  // node of the spell, where there are several
  std::string from, to;
  std::string period;
  model::Text of_name;
  bool of_unit = false;  // measured for a unit
  std::string owner;     // of a key result measured by a KPI: "unit:ID" or an employee; empty = the person
};

class Walk {
 public:
  Walk(const model::Definitions& definitions, const facts::Dataset& dataset, const scoring::Calendar& calendar,
       uint32_t person)
      : definitions_(definitions), dataset_(dataset), calendar_(calendar), person_(person) {}

  Found run(const Derivation& tree) {
    root_ = &tree;
    for (const Derivation& part : tree.parts) {
      if (part.node == "components" || part.node == "adjustments" || part.node == "vetoes") visit_parts(part, {});
    }
    for (Handle& h : found_.handles) finish(h);
    drop_twins();
    return std::move(found_);
  }

 private:
  void visit_parts(const Derivation& d, const Context& context) {
    for (const Derivation& part : d.parts) visit(part, d, context);
  }

  void visit(const Derivation& d, const Derivation& parent, Context context) {
    if (d.node == "feedback" || begins(d.rule, "applies-not")) return;
    if (d.rule == "okr-component-shown" || d.rule == "okr-component-left-out") found_.okr_left_out = true;
    if (d.rule == "okr-component-shown") return;
    if (begins(d.rule, "kpi-spell")) {
      context.spell = d.node;
      context.from = d.args.empty() ? std::string() : d.args[0];
      context.to = d.args.size() > 1 ? d.args[1] : std::string();
    }
    if (d.rule == "kpi-period" || d.rule == "kpi-period-none") context.period = d.args[0];
    if (begins(d.node, "okr/") && context.item == nullptr) return visit_objective(d);
    const bool carries = begins(d.rule, "kpi-carried") || begins(d.rule, "kpi-not-carried");
    if (d.rule == "kpi" || d.rule == "kpi-partial" || carries) {
      if (d.status == "no_weight") return;
      take_item(d, LeverKind::kpi, d.args[0], context);
    } else if (parent.node == "adjustments") {
      take_item(d, LeverKind::adjustment, d.node.substr(parent.node.size() + 1), context);
    } else if (parent.node == "vetoes") {
      if (d.status != "fired") return;
      take_item(d, LeverKind::veto, d.node.substr(parent.node.size() + 1), context);
      found_.fired.push_back(context.of);
    }
    if (d.rule == "fact" || d.rule == "fact-share" || d.rule == "fact-each") return add_fact(d, parent, context);
    const bool no_unit = d.rule == "value" && d.status == "no_unit" && context.kind == LeverKind::kpi;
    if (d.rule == "value-none" || no_unit) return add_missing(d, context);
    visit_parts(d, context);
  }

  void take_item(const Derivation& d, LeverKind kind, const std::string& id, Context& context) const {
    context.item = &d;
    context.kind = kind;
    context.of = id;
    if (kind == LeverKind::kpi) {
      if (const model::Kpi* kpi = definitions_.find_kpi(id)) context.of_name = kpi->name;
      context.of_unit = is_of_unit(d.definition, id);
      return;
    }
    for (const model::Scorecard& scorecard : definitions_.scorecards) {
      for (const auto& a : scorecard.adjustments) {
        if (kind == LeverKind::adjustment && a.id == id && a.span == d.definition) context.of_name = a.name;
      }
      for (const auto& v : scorecard.vetoes) {
        if (kind == LeverKind::veto && v.id == id && v.span == d.definition) context.of_name = v.name;
      }
    }
  }

  bool is_of_unit(const SourceSpan& span, const std::string& kpi) const {
    for (const model::Scorecard& scorecard : definitions_.scorecards) {
      for (const model::ScorecardKpi& entry : scorecard.kpis) {
        if (entry.kpi == kpi && entry.span == span) return entry.of == model::FactOwner::unit;
      }
    }
    return false;
  }

  void visit_objective(const Derivation& d) {
    const facts::Okrs& okrs = dataset_.okrs;
    const auto name = okrs.objective_names.find(std::string_view(d.node).substr(std::string_view("okr/").size()));
    const auto at = name ? std::find(okrs.id.begin(), okrs.id.end(), *name) : okrs.id.end();
    if (at == okrs.id.end()) return;
    const auto o = static_cast<uint32_t>(at - okrs.id.begin());
    const facts::Objective objective = okrs.objective(o);
    for (uint32_t k = objective.begin; k < objective.end && k - objective.begin < d.parts.size(); ++k)
      visit_key_result(d.parts[k - objective.begin], objective, okrs.key_result(o, k), okrs.title_of(o, k));
  }

  void visit_key_result(const Derivation& d, const facts::Objective& objective, const facts::KeyResult& kr,
                        const model::Text& title) {
    if (kr.type == model::KeyResultType::guardrail && d.status == "broken") found_.broken.emplace_back(kr.id);
    if (kr.type == model::KeyResultType::guardrail || kr.type == model::KeyResultType::learning) return;
    const bool own = objective.owner_kind == model::OwnerKind::employee;
    if (kr.kpi.empty()) return add_key_result(d, kr, title, !own);
    Context context;
    context.item = &d;
    context.kind = LeverKind::key_result;
    context.of = kr.id;
    context.of_name = title;
    context.of_unit = !own;
    if (objective.owner_kind == model::OwnerKind::unit) context.owner = objective.owner;
    if (objective.owner_kind == model::OwnerKind::company) context.owner = root_unit();
    visit_parts(d, context);
  }

  // Where the company's facts are: the only root unit, or the only one with others below.
  std::string root_unit() const {
    std::vector<uint32_t> roots, parents;
    for (uint32_t u = 0; u < dataset_.units.size(); ++u) {
      if (dataset_.units.parent[u] == facts::kNone) roots.push_back(u);
    }
    for (const uint32_t r : roots) {
      if (std::count(dataset_.units.parent.begin(), dataset_.units.parent.end(), r) > 0) parents.push_back(r);
    }
    if (roots.size() == 1) return dataset_.units.id[roots[0]];
    return parents.size() == 1 ? dataset_.units.id[parents[0]] : std::string();
  }

  void add_key_result(const Derivation& d, const facts::KeyResult& kr, const model::Text& title, bool shared) {
    for (const Handle& h : found_.handles) {
      if (h.shown.item == kr.id && h.carry >= Carry::check_in) return;  // under another objective too
    }
    Handle& h = found_.handles.emplace_back();
    h.shown.node = h.item_node = d.node;
    h.shown.item = kr.id;
    h.shown.name = title;
    h.shown.shared = shared;
    if (!kr.rules->milestones.empty()) return take_milestones(d, kr.rules->milestones, h);
    h.shown.kind = LeverKind::key_result;
    h.carry = Carry::check_in;
    h.base = kr.start;
    h.missing = true;
    for (const Derivation& part : d.parts) {
      if (part.rule != "checkin") continue;
      h.missing = false;
      h.base = parse_decimal(part.value).value_or(kr.start);
      h.shown.value = part.value;
    }
    const Decimal target = kr.target.value_or(Decimal{1, 0});
    set_unit(h, {h.base, kr.start, target});
    set_least(h, h.base.unscaled >= 0 && kr.start.unscaled >= 0 && target.unscaled >= 0, {h.base});
    set_natural(h, target, h.base);
  }

  static void take_milestones(const Derivation& d, const std::vector<model::Milestone>& milestones, Handle& h) {
    h.shown.kind = LeverKind::milestones;
    h.carry = Carry::milestones;
    h.missing = d.status == "no_checkin";
    for (const model::Milestone& m : milestones) {
      const std::string node = d.node + "/" + m.id;
      const bool done = std::any_of(d.parts.begin(), d.parts.end(),
                                    [&](const Derivation& p) { return p.node == node && p.value == "1"; });
      if (!done) h.open.push_back(m.id);
    }
    h.shown.each = static_cast<uint32_t>(milestones.size());
    const size_t done = milestones.size() - h.open.size();
    h.base = make_decimal(static_cast<int64_t>(done));
    if (!h.missing) h.shown.value = std::to_string(done);
  }

  Handle& handle_of(const std::string& kpi, bool of_unit, uint32_t subject, const std::string& value_node,
                    const Context& context) {
    for (Handle& h : found_.handles) {
      const bool same =
          h.shown.item == kpi && h.of_unit == of_unit && h.subject == subject && h.carry < Carry::check_in;
      if (!same || spells_[static_cast<size_t>(&h - found_.handles.data())] != context.spell) continue;
      h.value_node = value_node;
      if (h.shown.kind == LeverKind::part && context.of == kpi) name_handle(h, kpi, context);  // scored itself, too
      return h;
    }
    spells_.resize(found_.handles.size());
    spells_.push_back(context.spell);
    Handle& h = found_.handles.emplace_back();
    h.shown.item = kpi;
    h.of_unit = of_unit;
    h.subject = subject;
    h.value_node = value_node;
    name_handle(h, kpi, context);
    return h;
  }

  void name_handle(Handle& h, const std::string& kpi, const Context& context) const {
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

  // args of a fact: subject, KPI, period, value
  void add_fact(const Derivation& d, const Derivation& parent, const Context& context) {
    const bool of_unit = begins(d.args[0], "unit:");
    const auto subject = of_unit ? dataset_.units.find(d.args[0].substr(5)) : dataset_.people.find(d.args[0]);
    const auto period = parse_period(d.args[2]);
    if (!subject || !period || context.item == nullptr) return;
    Handle& h = handle_of(d.args[1], of_unit, *subject, parent.node, context);
    if (h.missing) h.cells.clear();  // of other periods: there are facts
    h.missing = false;
    h.shown.value = parent.value;
    add_cell(h, *period);
    add_goals(h, context);
    if (!context.period.empty()) periods_of_.push_back(&h - found_.handles.data());
  }

  void add_cell(Handle& h, const Period& period) {
    const auto at = std::lower_bound(h.cells.begin(), h.cells.end(), period,
                                     [](const LeverCell& c, const Period& p) { return c.period < p; });
    if (at != h.cells.end() && at->period == period) return;
    Decimal base;
    if (const facts::FactColumn* column = column_of(h, period); column != nullptr && column->has(h.subject))
      base = decimal_of(column->value(h.subject));
    h.cells.insert(at, {period, base, nullptr});
  }

  const facts::FactColumn* column_of(const Handle& h, const Period& period) const {
    const facts::KpiFacts* facts = dataset_.find_kpi(h.shown.item);
    if (facts == nullptr) return nullptr;
    for (const facts::FactColumn& column : h.of_unit ? facts->units : facts->people) {
      if (column.period == period) return &column;
    }
    return nullptr;
  }

  // A KPI, or a part of one, without a fact: one in the last period that could have one would be it.
  void add_missing(const Derivation& d, const Context& context) {
    if (context.item == nullptr || context.kind == LeverKind::veto || d.args.empty()) return;
    const auto subject = subject_of(context, d.args[0]);
    const auto period = context.period.empty() ? last_period(context) : parse_period(context.period);
    if (!subject || !period) return;
    Handle& h = handle_of(d.args[0], context.of_unit, *subject, d.node, context);
    if (!h.cells.empty() && !h.missing) return;
    h.missing = true;
    add_cell(h, *period);
    add_goals(h, context);
    if (!context.period.empty()) periods_of_.push_back(&h - found_.handles.data());
  }

  // Of a unit's KPI: the person's unit, or the nearest above it that has a target of its own.
  std::optional<uint32_t> subject_of(const Context& context, const std::string& kpi) const {
    if (!context.of_unit) return person_;
    if (!context.owner.empty()) return dataset_.units.find(context.owner);
    const uint32_t spell = last_spell();
    const uint32_t unit = spell == facts::kNone ? facts::kNone : dataset_.spells.unit[spell];
    for (uint32_t u = unit; u != facts::kNone; u = dataset_.units.parent[u]) {
      if (!dataset_.targets.find(facts::TargetSubject::unit, dataset_.units.id[u], kpi).empty()) return u;
    }
    return unit == facts::kNone ? std::nullopt : std::optional(unit);
  }

  // The last spell with a day in the periods that count.
  uint32_t last_spell() const {
    uint32_t last = facts::kNone;
    for (uint32_t s = dataset_.spells.begin[person_]; s < dataset_.spells.begin[person_ + 1]; ++s) {
      if (dataset_.spells.range[s].overlaps(calendar_.window)) last = s;
    }
    return last;
  }

  // The last counted period of the spell, or of the person's service; a unit's: of the cycle.
  std::optional<Period> last_period(const Context& context) const {
    if (calendar_.counted == 0) return std::nullopt;
    Date last = calendar_.last_day();
    std::optional<Date> next;  // a later spell begins
    const uint32_t spell = last_spell();
    if (spell != facts::kNone) last = std::min(last, dataset_.spells.range[spell].last());
    if (!context.spell.empty()) {
      const Derivation* node = find_node(*root_, context.spell);
      const size_t number = context.spell.find('@') + 1;
      const int following = std::atoi(context.spell.c_str() + number) + 1;
      const Derivation* after = find_node(*root_, context.spell.substr(0, number) + std::to_string(following));
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

  // What the item's own figures look at: where something may happen, and how finely it is told.
  void add_goals(Handle& h, const Context& context) {
    if (h.shown.item != context.of && context.kind != LeverKind::key_result) return;
    const std::string& node = context.item->node;
    for (const char* name : {"target", "threshold", "stretch", "baseline"}) {
      if (const Derivation* goal = find_node(*context.item, node + "/" + name)) add_goal(h, goal->value);
    }
    const Derivation* curve = find_node(*context.item, node + "/curve");
    if (curve != nullptr && (curve->rule == "curve-outside" || curve->rule == "curve-inside")) {
      add_goal(h, curve->args[1]);
      add_goal(h, curve->args[2]);
    }
    const Derivation* progress = find_node(*context.item, node + "/progress");
    if (progress != nullptr && progress->args.size() > 2) add_goal(h, progress->args[2]);
  }

  void add_goal(Handle& h, const std::string& text) {
    const size_t at = static_cast<size_t>(&h - found_.handles.data());
    if (goals_.size() <= at) goals_.resize(at + 1);
    if (const auto goal = parse_decimal(text)) goals_[at].push_back(*goal);
  }

  // Units, natural steps and hints, once all cells are known.
  void finish(Handle& h) {
    if (h.carry >= Carry::check_in) return;
    const size_t at = static_cast<size_t>(&h - found_.handles.data());
    const std::vector<Decimal> goals = at < goals_.size() ? goals_[at] : std::vector<Decimal>{};
    const model::Kpi* kpi = definitions_.find_kpi(h.shown.item);
    const bool by_period =
        std::count(periods_of_.begin(), periods_of_.end(), static_cast<std::ptrdiff_t>(at)) > 0 && h.cells.size() > 1;
    h.carry = by_period || h.missing                     ? Carry::each
              : kpi == nullptr                           ? Carry::last
              : kpi->aggregate == model::Aggregate::sum  ? Carry::sum
              : kpi->aggregate == model::Aggregate::last ? Carry::last
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

  static void set_unit(Handle& h, const std::vector<Decimal>& told) {
    int32_t scale = 0;
    for (const Decimal d : told) scale = std::max(scale, std::min(d.scale, kMostDecimals));
    h.unit = {1, scale};
  }

  // How far down there is to go: to 0 where nothing is negative.
  static void set_least(Handle& h, bool positive, const std::vector<Decimal>& bases) {
    h.least = kNoLeast;
    if (!positive) return;
    double sum = 0;
    double most = 0;
    for (const Decimal d : bases) {
      sum += d.to_double();
      most = std::max(most, d.to_double());
    }
    const double steps = (h.carry == Carry::sum ? sum : most) / h.unit.to_double();
    h.least = -static_cast<int64_t>(std::min(std::ceil(steps - 1e-9), 3e13));
  }

  // 1, 2 or 5 times a power of ten of units, at most 1 % of the target, at least one unit.
  static void set_natural(Handle& h, Decimal target, Decimal now) {
    const double size = std::abs(target.unscaled != 0 ? target.to_double() : now.to_double());
    const double most = size / 100 / h.unit.to_double();
    for (int64_t power = 1; static_cast<double>(power) <= most && power < (int64_t{1} << 40); power *= 10) {
      for (const int64_t step : {power, 2 * power, 5 * power}) {
        if (static_cast<double>(step) <= most) h.natural = step;
      }
    }
    if (h.carry == Carry::check_in) add_hint(h, target, now);
  }

  static void add_hint(Handle& h, Decimal goal, Decimal now) {
    const double steps = (goal.to_double() - now.to_double()) / h.unit.to_double();
    if (std::abs(steps) > 3e13) return;
    const auto k = static_cast<int64_t>(std::llround(steps));
    for (const int64_t near : {k - 1, k, k + 1}) h.hints.push_back(near);
    if (!h.cells.empty() && h.cells.size() > 1 && h.carry == Carry::each) {
      h.hints.push_back(k / static_cast<int64_t>(h.cells.size()));
    }
  }

  // A whole-cycle value (of an adjustment, a key result) beside the same KPI in a spell: one fact, one lever.
  void drop_twins() {
    std::vector<Handle>& all = found_.handles;
    spells_.resize(all.size());
    std::vector<uint8_t> twin(all.size(), 0);
    for (size_t i = 0; i < all.size(); ++i) {
      for (size_t j = 0; j < all.size(); ++j) {
        if (!spells_[i].empty() || spells_[j].empty() || all[i].cells.empty() || all[j].cells.empty()) continue;
        const bool same = all[i].shown.item == all[j].shown.item && all[i].of_unit == all[j].of_unit;
        if (same && all[i].cells.back().period == all[j].cells.back().period && !all[j].missing) twin[i] = 1;
      }
    }
    size_t kept = 0;
    for (size_t i = 0; i < all.size(); ++i) {
      if (twin[i]) continue;
      if (kept != i) all[kept] = std::move(all[i]);
      ++kept;
    }
    all.resize(kept);
  }

  const model::Definitions& definitions_;
  const facts::Dataset& dataset_;
  const scoring::Calendar& calendar_;
  uint32_t person_;
  const Derivation* root_ = nullptr;
  Found found_;
  std::vector<std::string> spells_;          // by handle
  std::vector<std::vector<Decimal>> goals_;  // by handle
  std::vector<std::ptrdiff_t> periods_of_;   // handles that are scored by period
};

}  // namespace

const Derivation* find_node(const Derivation& tree, const std::string& path) {
  if (tree.node == path) return &tree;
  for (const Derivation& part : tree.parts) {
    if (const Derivation* found = find_node(part, path)) return found;
  }
  return nullptr;
}

Found find_levers(const Derivation& tree, const model::Definitions& definitions, const facts::Dataset& dataset,
                  const scoring::Calendar& calendar, uint32_t person) {
  return Walk(definitions, dataset, calendar, person).run(tree);
}

}  // namespace hr::engine
