#include "engine/advice/levers.h"

#include <algorithm>
#include <string_view>

#include "engine/advice/lever_kinds.h"

namespace hr::engine {

using model::Derivation;
using model::LeverKind;

namespace {

class Walk {
 public:
  Walk(const model::Definitions& definitions, const facts::Dataset& dataset, const scoring::Calendar& calendar,
       uint32_t person, const Derivation& tree)
      : definitions_(definitions),
        dataset_(dataset),
        tree_(tree),
        fact_levers_(definitions, dataset, calendar, person, tree, levers_) {}

  Found run() {
    for (const Derivation& part : tree_.parts) {
      if (part.node == "components" || part.node == "adjustments" || part.node == "vetoes") visit_parts(part, {});
    }
    fact_levers_.finish();
    for (DraftLever& lever : levers_) found_.handles.push_back(std::move(lever.handle));
    return std::move(found_);
  }

 private:
  void visit_parts(const Derivation& d, const LeverContext& context) {
    for (const Derivation& part : d.parts) visit(part, d, context);
  }

  void visit(const Derivation& d, const Derivation& parent, LeverContext context) {
    if (d.node == "feedback" || d.rule.starts_with("applies-not")) return;
    if (d.rule == "okr-component-shown" || d.rule == "okr-component-left-out") found_.okr_left_out = true;
    if (d.rule == "okr-component-shown") return;
    if (d.rule.starts_with("kpi-spell")) {
      context.spell = d.node;
      context.from = d.args.empty() ? std::string() : d.args[0];
      context.to = d.args.size() > 1 ? d.args[1] : std::string();
    }
    if (d.rule == "kpi-period" || d.rule == "kpi-period-none") context.period = d.args[0];
    if (d.node.starts_with("okr/") && context.item == nullptr) return visit_objective(d);
    const bool carries = d.rule.starts_with("kpi-carried") || d.rule.starts_with("kpi-not-carried");
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
    if (d.rule == "fact" || d.rule == "fact-share" || d.rule == "fact-each")
      return fact_levers_.add_fact(d, parent, context);
    const bool no_unit = d.rule == "value" && d.status == "no_unit" && context.kind == LeverKind::kpi;
    if (d.rule == "value-none" || no_unit) return fact_levers_.add_missing(d, context);
    visit_parts(d, context);
  }

  void take_item(const Derivation& d, LeverKind kind, const std::string& id, LeverContext& context) const {
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
    LeverContext context;
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
    if (roots.size() == 1) return std::string(dataset_.units.id[roots[0]]);
    return parents.size() == 1 ? std::string(dataset_.units.id[parents[0]]) : std::string();
  }

  void add_key_result(const Derivation& d, const facts::KeyResult& kr, const model::Text& title, bool shared) {
    for (const DraftLever& lever : levers_) {
      const Handle& h = lever.handle;
      if (h.shown.item == kr.id && h.carry >= Carry::check_in) return;  // under another objective too
    }
    levers_.emplace_back().handle = key_result_lever(d, kr, title, shared);
  }

  const model::Definitions& definitions_;
  const facts::Dataset& dataset_;
  const Derivation& tree_;
  std::vector<DraftLever> levers_;
  FactLevers fact_levers_;  // adds to levers_
  Found found_;
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
  return Walk(definitions, dataset, calendar, person, tree).run();
}

}  // namespace hr::engine
