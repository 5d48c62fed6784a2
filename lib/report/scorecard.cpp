// `report scorecard EMPLOYEE`: what one person is scored by, an item a row.
#include <algorithm>
#include <cctype>

#include "report/columns.h"
#include "report/reports.h"

namespace hr::report {

using model::Derivation;
using table::Column;
using table::Kind;

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

class ScorecardReport {
 public:
  explicit ScorecardReport(const model::Definitions& definitions) : definitions_(definitions) {
    out_.columns = {
        make_column("node", "Node", "节点", Kind::text, table::Show::programs),
        make_column("component", "Component", "部分", Kind::choice),
        make_column("item", "Item", "项目", Kind::text),
        make_column("name", "Name", "名称", Kind::choice),
        make_figure_column("value", "Value", "实际值"),
        make_figure_column("target", "Target", "目标值"),
        make_figure_column("attainment", "Attainment", "达成"),
        make_figure_column("score", "Score", "得分"),
        make_column("weight", "Weight", "权重", Kind::number),
        make_figure_column("effective_weight", "Effective weight", "实际权重", Kind::percent),
        make_column("status", "Status", "状态", Kind::text),
    };
    out_.columns[1].labels = component_labels();
  }

  void visit(const Derivation& node) {
    const std::string component = component_of(node.node);
    for (const Derivation& part : node.parts) {
      const std::string prefix = node.node + "/";
      if (!component.empty() && part.node.compare(0, prefix.size(), prefix) == 0)
        add(part, component, part.node.substr(prefix.size()));
      else
        visit(part);
    }
  }

  table::Table take() { return std::move(out_); }

 private:
  void add(const Derivation& item, const std::string& component, const std::string& id) {
    out_.columns[0].add(item.node);
    out_.columns[1].add(component);
    out_.columns[2].add(id);
    add_text(out_.columns[3], name_of(component, id), id);
    size_t at = 4;
    for (const char* suffix : {"value", "target", "attainment"}) {
      const Derivation* part = find_node(item, item.node + "/" + suffix);
      out_.columns[at++].add_optional(part != nullptr ? number_of(part->value) : std::nullopt);
    }
    for (const std::string* text : {&item.value, &item.weight, &item.effective_weight}) {
      out_.columns[at++].add_optional(number_of(*text));
    }
    if (item.status.empty())
      out_.columns[at].add_missing();
    else
      out_.columns[at].add(item.status);
  }

  model::Text name_of(const std::string& component, const std::string& id) const {
    if (component == "kpi") {
      const model::Kpi* kpi = definitions_.find_kpi(id);
      return kpi != nullptr ? kpi->name : model::Text{};
    }
    for (const model::Objective& o : definitions_.objectives) {
      if (component == "okr" && o.id == id) return o.title;
    }
    return component == "feedback" ? group_name(id) : model::Text{};
  }

  static model::Text group_name(const std::string& group) {
    if (group == "manager") return {"manager", "上级"};
    if (group == "peer") return {"peers", "同级"};
    if (group == "report") return {"reports", "下级"};
    if (group == "self") return {"self", "自评"};
    if (group == "other") return {"others", "其他"};
    if (group == "all") return {"all", "全部"};
    return {};
  }

  const model::Definitions& definitions_;
  table::Table out_;
};

}  // namespace

table::Table scorecard(const Derivation& derivation, const RunHeader& header, const model::Definitions& definitions,
                       const std::string& employee) {
  ScorecardReport report(definitions);
  report.visit(derivation);
  table::Table out = report.take();
  out.schema = "hrctl.scorecard/v1";
  out.title = {"Scorecard of " + employee, employee + " 计分卡"};
  set_header(out, header);
  out.facts.emplace_back("employee", employee);
  return out;
}

}  // namespace hr::report
