// `explain`: the derivation of a score, a row a step, with the line of YAML and the row of the file behind each.
#include <algorithm>
#include <charconv>
#include <iterator>

#include "model/cut_step.h"
#include "report/columns.h"
#include "report/reports.h"

namespace hr::report {

using model::Derivation;
using table::Column;
using table::Kind;
using table::Show;

namespace {

// The argument of a rule that is the id of a KPI: people read its name, the node has the id.
struct KpiArgument {
  const char* rule;
  size_t at;
};
constexpr KpiArgument kKpiArguments[] = {
    {"kpi", 0},        {"kpi-partial", 0}, {"value", 0},     {"value-none", 0},          {"value-sum", 0},
    {"value-mean", 0}, {"value-last", 0},  {"value-min", 0}, {"value-max", 0},           {"value-formula", 0},
    {"fact", 1},       {"fact-share", 1},  {"fact-each", 1}, {"fact-out-of-service", 1},
};

std::string place_of(const SourceSpan& span) {
  return span.line > 0 ? span.file + ":" + std::to_string(span.line) : std::string();
}

// Definitions that were imported, an objective, say, stand in a row: their place is "source:ID".
std::optional<uint32_t> source_of(const SourceSpan& span) {
  constexpr std::string_view kSource = "source:";
  uint32_t id = 0;
  const char* end = span.file.data() + span.file.size();
  if (span.file.size() <= kSource.size() || span.file.compare(0, kSource.size(), kSource) != 0) return std::nullopt;
  const auto [last, error] = std::from_chars(span.file.data() + kSource.size(), end, id);
  return error == std::errc() && last == end ? std::optional(id) : std::nullopt;
}

class Walk {
 public:
  Walk(table::Table& out, const model::Definitions& definitions,
       const std::function<std::string(uint32_t, uint32_t)>& place, i18n::Language language)
      : out_(out), definitions_(definitions), place_(place), language_(language) {}

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
    put(sentence(d));
    put(d.value);
    out_.columns[at++].add_optional(number_of(d.weight));
    out_.columns[at++].add_optional(number_of(d.effective_weight));
    add_status(out_.columns[at++], d.status);
    const auto imported = source_of(d.definition);
    put(imported ? std::string() : place_of(d.definition));
    if (d.source > 0 || !imported)
      put(d.source > 0 ? place_(d.source, d.row) : std::string());
    else
      put(place_(*imported, static_cast<uint32_t>(d.definition.line)));
    out_.columns[at].add(make_decimal(depth));
    out_.depth.push_back(depth);
    for (const Derivation& part : d.parts) add(part, static_cast<uint16_t>(depth + 1));
  }

 private:
  std::string sentence(const Derivation& d) const {
    if (d.rule == model::kCutRule) return i18n::text(language_, "explain-cut");
    const auto it = std::find_if(std::begin(kKpiArguments), std::end(kKpiArguments),
                                 [&](const KpiArgument& a) { return d.rule == a.rule; });
    if (it == std::end(kKpiArguments) || it->at >= d.args.size())
      return i18n::text(language_, "explain/" + d.rule, d.args);
    std::vector<std::string> args = d.args;
    args[it->at] = name_of(args[it->at]);
    return i18n::text(language_, "explain/" + d.rule, args);
  }

  std::string name_of(const std::string& kpi) const {
    const model::Kpi* found = definitions_.find_kpi(kpi);
    if (found == nullptr || found->name.empty()) return kpi;
    const std::string& wanted = language_ == i18n::Language::zh ? found->name.zh : found->name.en;
    return wanted.empty() ? (found->name.en.empty() ? found->name.zh : found->name.en) : wanted;
  }

  table::Table& out_;
  const model::Definitions& definitions_;
  const std::function<std::string(uint32_t, uint32_t)>& place_;
  i18n::Language language_;
};

std::vector<Column> explain_columns() {
  std::vector<Column> columns{
      make_column("node", "Node", "节点", Kind::text, Show::key),
      make_column("step", "Step", "步骤", Kind::text),
      make_column("value", "Value", "值", Kind::text, Show::key),
      make_column("weight", "Weight", "权重", Kind::number),
      make_figure_column("effective_weight", "Effective weight", "实际权重", Kind::percent),
      make_column("status", "Status", "状态", Kind::choice),
      make_column("definition", "Definition", "定义", Kind::text),
      make_column("source", "Source", "来源", Kind::text),
      make_column("depth", "Depth", "层级", Kind::number, Show::programs),
  };
  columns[0].tree = true;
  columns[5].labels = reason_labels();
  for (size_t i = 1; i < 8; ++i) {
    columns[i].below = columns[i].key != "value";
    columns[i].remark = true;
  }
  return columns;
}

}  // namespace

table::Table explain(const Derivation& derivation, const RunHeader& header, const model::Definitions& definitions,
                     const std::string& employee, const std::function<std::string(uint32_t, uint32_t)>& place,
                     i18n::Language language) {
  table::Table out;
  out.schema = "hrctl.explain/v1";
  out.title = {"How the score of " + employee + " came about", employee + " 的得分由来"};
  set_header(out, header);
  out.facts.emplace_back("employee", employee);
  out.columns = explain_columns();
  Walk(out, definitions, place, language).add(derivation, 0);
  return out;
}

}  // namespace hr::report
