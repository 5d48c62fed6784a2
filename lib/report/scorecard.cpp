// `report scorecard EMPLOYEE`: what one person is scored by, an item a row.
#include <algorithm>

#include "report/columns.h"
#include "report/reports.h"

namespace hr::report {

using model::Derivation;
using table::Column;
using table::Kind;
using table::Show;

namespace {

// "kpi" of "kpi" and "kpi@2" (a person's second spell); empty when the node is not a component.
std::string component_of(const std::string& node) {
  const size_t at = node.find('@');
  const std::string name = node.substr(0, at);
  const bool numbered = at == std::string::npos || std::all_of(node.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                                                               node.end(), [](char c) { return c >= '0' && c <= '9'; });
  return numbered && (name == "kpi" || name == "okr" || name == "feedback") ? name : std::string();
}

// The node with this path, at any depth below; nullptr when there is none.
const Derivation* find_node(const Derivation& from, const std::string& path) {
  for (const Derivation& part : from.parts) {
    if (part.node == path) return &part;
    if (const Derivation* found = find_node(part, path)) return found;
  }
  return nullptr;
}

constexpr size_t kValue = 4;  // columns of the report
constexpr size_t kTarget = 5;

class ScorecardReport {
 public:
  explicit ScorecardReport(const model::Definitions& definitions) : definitions_(definitions) {
    out_.columns = {
        make_column("node", "Node", "节点", Kind::text, Show::key),
        make_column("component", "Component", "部分", Kind::choice, Show::wide),
        make_column("item", "Item", "项目", Kind::text, Show::programs),
        make_column("name", "Name", "名称", Kind::choice),
        make_figure_column("value", "Value", "实际值"),
        make_figure_column("target", "Target", "目标值"),
        make_figure_column("attainment", "Attainment", "达成", Kind::number, Show::more),
        make_figure_column("score", "Score", "得分", Kind::number, Show::key),
        make_column("weight", "Weight", "权重", Kind::number, Show::more),
        make_figure_column("effective_weight", "Effective weight", "实际权重", Kind::percent),
        make_column("status", "Status", "状态", Kind::choice),
    };
    out_.columns[1].labels = component_labels();
    for (const char* key : {"component", "value", "target", "attainment", "weight", "effective_weight"})
      out_.column(key).remark = true;  // only some rows have one
    out_.columns.back().labels = reason_labels();
    for (const size_t i : {size_t{3}, out_.columns.size() - 1}) {
      out_.columns[i].below = true;
      out_.columns[i].remark = true;
    }
  }

  // The result first, then the components, each with its parts below.
  void visit(const Derivation& node) {
    const std::string component = component_of(node.node);
    if (node.node == "score" || !component.empty()) add(node, component, "", {}, "attainment");
    for (const Derivation& part : node.parts) {
      if (!component.empty() && is_below(part, node))
        add_part(part, node, component);
      else
        visit(part);
    }
  }

  table::Table take() { return std::move(out_); }

 private:
  static bool is_below(const Derivation& part, const Derivation& node) {
    return part.node.compare(0, node.node.size() + 1, node.node + "/") == 0;
  }

  // A KPI, objective or feedback group; or a period with the KPIs scored in it.
  void add_part(const Derivation& part, const Derivation& parent, const std::string& component) {
    if (part.rule == "kpi-period") {
      for (const Derivation& kpi : part.parts) {
        if (is_below(kpi, part)) add_part(kpi, part, component);
      }
      return;
    }
    const std::string id = part.node.substr(parent.node.size() + 1);
    if (component != "okr") return add(part, component, id, name_of(component, id), "attainment");
    const model::Objective* objective = find(definitions_.objectives, id);
    add(part, component, id, objective != nullptr ? objective->title : model::Text{}, "progress");
    for (const Derivation& key_result : part.parts) {
      if (is_below(key_result, part))
        add_key_result(key_result, objective, key_result.node.substr(part.node.size() + 1));
    }
  }

  void add_key_result(const Derivation& d, const model::Objective* objective, const std::string& id) {
    const model::KeyResult* kr = objective != nullptr ? find(objective->key_results, id) : nullptr;
    add(d, "okr", id, kr != nullptr ? kr->title : model::Text{}, "progress");
    const auto current = std::find_if(d.parts.begin(), d.parts.end(),
                                      [](const Derivation& p) { return p.rule == "checkin" || p.rule == "value"; });
    if (current != d.parts.end()) set_last(kValue, number_of(current->value));
    if (kr != nullptr) set_last(kTarget, kr->type == model::KeyResultType::guardrail ? kr->limit : kr->target);
  }

  // Overwrites a cell of the row just added.
  void set_last(size_t column, const std::optional<Decimal>& value) {
    if (!value) return;
    out_.columns[column].numbers.back() = *value;
    out_.columns[column].present.back() = 1;
  }

  void add(const Derivation& item, const std::string& component, const std::string& id, const model::Text& name,
           const char* attainment) {
    out_.columns[0].add(item.node);
    add_or_missing(out_.columns[1], component);
    add_or_missing(out_.columns[2], id);
    if (name.empty() && id.empty())
      out_.columns[3].add_missing();
    else
      add_text(out_.columns[3], name, id);
    size_t at = kValue;
    for (const char* suffix : {"value", "target", attainment}) {
      const Derivation* part = find_node(item, item.node + "/" + suffix);
      out_.columns[at++].add_optional(part != nullptr ? number_of(part->value) : std::nullopt);
    }
    for (const std::string* text : {&item.value, &item.weight, &item.effective_weight}) {
      out_.columns[at++].add_optional(number_of(*text));
    }
    add_status(out_.columns[at], item.status);
  }

  static void add_or_missing(Column& column, const std::string& text) {
    if (text.empty())
      column.add_missing();
    else
      column.add(text);
  }

  template <class T>
  static const T* find(const std::vector<T>& items, const std::string& id) {
    const auto it = std::find_if(items.begin(), items.end(), [&](const T& item) { return item.id == id; });
    return it == items.end() ? nullptr : &*it;
  }

  model::Text name_of(const std::string& component, const std::string& id) const {
    if (component == "kpi") {
      const model::Kpi* kpi = definitions_.find_kpi(id);
      return kpi != nullptr ? kpi->name : model::Text{};
    }
    return feedback_group_name(id);
  }

  const model::Definitions& definitions_;
  table::Table out_;
};

}  // namespace

table::Table scorecard_rows(const Derivation& derivation, const model::Definitions& definitions) {
  ScorecardReport report(definitions);
  report.visit(derivation);
  return report.take();
}

table::Table scorecard(const Derivation& derivation, const RunHeader& header, const model::Definitions& definitions,
                       const std::string& employee, const facts::Frame* scores) {
  table::Table out = scorecard_rows(derivation, definitions);
  out.schema = "hrctl.scorecard/v1";
  out.title = {"Scorecard of " + employee, employee + " 考核表"};
  set_header(out, header);
  out.facts.emplace_back("employee", employee);
  if (scores != nullptr) add_person_facts(out, *scores, employee);
  return out;
}

}  // namespace hr::report
