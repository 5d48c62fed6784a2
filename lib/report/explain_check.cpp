// `explain --check`: the steps that do not follow, a row each.
#include "report/columns.h"
#include "report/reports.h"

namespace hr::report {

using table::Column;
using table::Kind;
using table::Show;

static const Labels& part_labels() {
  static const Labels kLabels{
      {"value", {"value", "值"}},     {"step", {"step", "步骤"}},
      {"weight", {"weight", "权重"}}, {"effective_weight", {"effective weight", "实际权重"}},
      {"status", {"status", "状态"}}, {"parts", {"parts", "组成部分"}},
  };
  return kLabels;
}

table::Table explain_check(const std::vector<recheck::Fault>& faults, uint64_t people, uint64_t steps,
                           const RunHeader& header) {
  table::Table out;
  out.schema = "hrctl.explain-check/v1";
  out.title = {"Steps that do not follow", "对不上的步骤"};
  set_header(out, header);
  out.facts.emplace_back("people", std::to_string(people));
  out.facts.emplace_back("steps", std::to_string(steps));
  out.bare_facts.emplace_back("people");
  out.bare_facts.emplace_back("steps");
  out.columns = {
      make_column("employee_id", "Employee", "工号", Kind::text, Show::key),
      make_column("node", "Node", "节点", Kind::text, Show::key),
      make_column("part", "Part", "项目", Kind::choice),
      make_column("says", "Says", "写明", Kind::text),
      make_column("follows", "Follows", "应得", Kind::text),
  };
  out.columns[2].labels = part_labels();
  for (const recheck::Fault& f : faults) {
    size_t at = 0;
    const std::string part = recheck::name_of(f.part);
    for (const std::string* cell : {&f.employee, &f.node, &part, &f.says, &f.follows}) {
      Column& column = out.columns[at++];
      if (cell->empty())
        column.add_missing();
      else
        column.add(*cell);
    }
  }
  return out;
}

}  // namespace hr::report
