// `facts check`: what was found, a finding a row.
#include "analytics/sentence.h"
#include "report/columns.h"
#include "report/reports.h"

namespace hr::report {

using analytics::decimal_of;
using analytics::Finding;
using analytics::NamedFinding;
using table::Column;
using table::Kind;
using table::Show;

namespace {

const Labels& rule_labels() {  // by CheckRule
  static const Labels kLabels{{"impossible", {"impossible", "不可能"}}, {"sign", {"sign", "正负号"}},
                              {"magnitude", {"magnitude", "数量级"}},   {"jump", {"jump", "突变"}},
                              {"outlier", {"outlier", "离群"}},         {"stuck", {"stuck", "不变"}},
                              {"heaping", {"heaping", "凑整"}},         {"duplicate", {"duplicate", "重复"}},
                              {"rater", {"rater", "评分无差别"}}};
  return kLabels;
}

std::vector<Column> columns_of_findings() {
  std::vector<Column> columns{make_column("severity", "Severity", "级别", Kind::choice),
                              make_column("rule", "Rule", "规则", Kind::choice, Show::key),
                              make_column("subject", "Subject", "对象", Kind::text, Show::key),
                              make_column("name", "Name", "姓名", Kind::text, Show::more),
                              make_column("kpi", "KPI", "指标", Kind::text, Show::key),
                              make_column("period", "Period", "期间", Kind::text, Show::key),
                              make_column("value", "Value", "值", Kind::number, Show::key),
                              make_figure_column("expected", "Expected", "预期"),
                              make_column("where", "Where", "出处", Kind::text, Show::more),
                              make_column("why", "Why", "原因", Kind::text),
                              make_column("deviation", "Deviation", "偏差", Kind::number, Show::programs),
                              make_column("scale", "Usual deviation", "通常偏差", Kind::number, Show::programs),
                              make_column("power", "Power of ten", "十的幂", Kind::number, Show::programs),
                              make_column("chance", "By chance", "偶然", Kind::number, Show::programs),
                              make_column("limit", "Limit", "阈值", Kind::number, Show::programs),
                              make_column("n", "Number", "个数", Kind::number, Show::programs),
                              make_column("other", "Other", "另一对象", Kind::text, Show::programs),
                              make_column("other_period", "Other period", "另一期间", Kind::text, Show::programs),
                              make_column("key", "Key", "键", Kind::text, Show::programs)};
  columns[0].labels = {{"warning", {"warning", "警告"}}, {"error", {"error", "错误"}}};
  columns[1].labels = rule_labels();
  columns[3].remark = true;
  columns[8].remark = true;
  columns[9].below = true;
  return columns;
}

void add_or_missing(Column& column, const std::string& text) {
  if (text.empty())
    column.add_missing();
  else
    column.add(text);
}

void add_row(table::Table& out, const NamedFinding& named, i18n::Language language) {
  const Finding& f = named.finding;
  size_t at = 0;
  const auto text = [&](const std::string& t) { add_or_missing(out.columns[at++], t); };
  const auto number = [&](const std::optional<double>& x) { out.columns[at++].add_optional(decimal_of(x)); };
  text(f.severity == model::CheckSeverity::error ? "error" : "warning");
  text(std::string(model::kCheckRuleNames[static_cast<size_t>(f.rule)]));
  text(named.subject);
  text(named.name);
  text(f.kpi);
  text(f.period ? to_string(*f.period) : "");
  number(f.value);
  number(f.expected);
  text(named.file.empty() ? "" : named.file + ":" + std::to_string(named.row));
  const analytics::Sentence why = analytics::sentence_of(named);
  text(i18n::text(language, why.key, why.args));
  number(f.deviation);
  number(f.scale);
  number(f.power == 0 ? std::nullopt : std::optional<double>(f.power));
  number(f.chance);
  number(f.limit);
  number(f.n == 0 ? std::nullopt : std::optional<double>(f.n));
  text(named.other);
  text(f.other_period ? to_string(*f.other_period) : "");
  text(named.key());
}

}  // namespace

table::Table findings(const std::vector<NamedFinding>& findings, uint64_t facts, i18n::Language language) {
  table::Table out;
  out.schema = "hrctl.findings/v1";
  out.title = {"Suspicious facts", "可疑数据"};
  out.facts = {{"facts", std::to_string(facts)}, {"findings", std::to_string(findings.size())}};
  out.bare_facts = {"facts", "findings"};
  out.columns = columns_of_findings();
  for (const NamedFinding& finding : findings) add_row(out, finding, language);
  return out;
}

}  // namespace hr::report
