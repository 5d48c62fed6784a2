// `explain`: the derivation of a score, a row a step, with the line of YAML and the row of the file behind each.
#include <algorithm>

#include "report/columns.h"
#include "report/reports.h"

namespace hr::report {

using model::Derivation;
using table::Column;
using table::Kind;

namespace {

class Walk {
 public:
  Walk(table::Table& out, const std::function<std::string(uint32_t)>& source_name, i18n::Language language)
      : out_(out), source_name_(source_name), language_(language) {}

  // Depth first. Derivations are as deep as the rules nest, so the recursion is bounded by them.
  void add(const Derivation& d, uint16_t depth) {
    size_t at = 0;
    const auto put = [&](const std::string& text) {
      Column& column = out_.columns[at++];
      if (text.empty())
        column.add_missing();
      else
        column.add(text);
    };
    put(d.node);
    put(i18n::text(language_, "explain/" + d.rule, d.args));
    put(d.value);
    out_.columns[at++].add_optional(number_of(d.weight));
    out_.columns[at++].add_optional(number_of(d.effective_weight));
    put(d.status);
    put(d.definition.line > 0 ? d.definition.file + ":" + std::to_string(d.definition.line) : std::string());
    put(d.source > 0 ? source_name_(d.source) + ":" + std::to_string(d.row) : std::string());
    out_.columns[at].add(make_decimal(depth));
    out_.depth.push_back(depth);
    for (const Derivation& part : d.parts) add(part, static_cast<uint16_t>(depth + 1));
  }

 private:
  table::Table& out_;
  const std::function<std::string(uint32_t)>& source_name_;
  i18n::Language language_;
};

}  // namespace

table::Table explain(const Derivation& derivation, const RunHeader& header, const std::string& employee,
                     const std::function<std::string(uint32_t)>& source_name, i18n::Language language) {
  table::Table out;
  out.schema = "hrctl.explain/v1";
  out.title = {"How the score of " + employee + " came about", employee + " 的得分由来"};
  set_header(out, header);
  out.facts.emplace_back("employee", employee);
  out.columns = {
      make_column("node", "Node", "节点", Kind::text),
      make_column("step", "Step", "步骤", Kind::text),
      make_column("value", "Value", "值", Kind::text),
      make_column("weight", "Weight", "权重", Kind::number),
      make_figure_column("effective_weight", "Effective weight", "实际权重", Kind::percent),
      make_column("status", "Status", "状态", Kind::choice),
      make_column("definition", "Definition", "定义", Kind::text),
      make_column("source", "Source", "来源", Kind::text),
      make_column("depth", "Depth", "层级", Kind::number, table::Show::programs),
  };
  out.columns[0].tree = true;
  out.columns[5].labels = reason_labels();
  Walk(out, source_name, language).add(derivation, 0);
  return out;
}

}  // namespace hr::report
