// `facts check`: what was found, a finding a row.
#include <fmt/format.h>

#include <cmath>

#include "base/figure.h"
#include "report/columns.h"
#include "report/reports.h"

namespace hr::report {

using analytics::Finding;
using analytics::NamedFinding;
using model::CheckRule;
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

// Exact to nine decimals, which no fact has more of by far; larger numbers without decimals.
std::optional<Decimal> decimal_of(const std::optional<double>& number) {
  if (!number) return std::nullopt;
  if (const auto figure = snap(*number)) return figure->decimal();
  return number_of(fmt::format("{:.0f}", *number));
}

// For sentences: as many decimals as its size makes worth reading.
std::string short_text(double number) {
  const double size = std::abs(number);
  const int decimals = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 4;
  const auto value = decimal_of(number);
  return value ? to_string(round_half_away(*value, decimals)) : fmt::format("{:.0f}", number);
}

std::string short_text(const std::optional<double>& number) {
  return number ? short_text(*number) : std::string();
}

std::string percent(double share) {
  return short_text(share * 100);
}

Decimal power_of_ten(int power) {
  int64_t number = 1;
  for (int i = 0; i < power; ++i) number *= 10;
  return make_decimal(number);
}

std::string sentence_of_pattern(const NamedFinding& named, i18n::Language language) {
  const Finding& f = named.finding;
  const std::string n = std::to_string(f.n);
  const std::string since = f.other_period ? to_string(*f.other_period) : std::string();
  switch (f.rule) {
    case CheckRule::stuck:
      return i18n::text(language, "finding/stuck", {n, since});
    case CheckRule::heaping:
      return i18n::text(language, "finding/heaping", {percent(*f.value), n, short_text(f.scale), percent(*f.expected)});
    case CheckRule::duplicate:
      return i18n::text(language, f.value ? "finding/duplicate" : "finding/duplicate-period", {n, named.other, since});
    default:
      return i18n::text(language, "finding/rater", {n, percent(*f.expected)});
  }
}

std::string sentence_of(const NamedFinding& named, i18n::Language language) {
  const Finding& f = named.finding;
  const std::string n = std::to_string(f.n);
  const std::string expected = short_text(f.expected);
  switch (f.rule) {
    case CheckRule::impossible:
      if (!f.limit) return i18n::text(language, "finding/impossible-fraction");
      return i18n::text(language, *f.value < *f.limit ? "finding/impossible-below" : "finding/impossible-above",
                        {to_string(*decimal_of(f.limit))});
    case CheckRule::sign:
      return i18n::text(language, "finding/sign", {expected, n});
    case CheckRule::magnitude:
      return i18n::text(language, f.scale ? "finding/magnitude-group" : "finding/magnitude",
                        {to_string(f.power > 0 ? power_of_ten(f.power) : make_decimal(1, -f.power)), expected, n});
    case CheckRule::jump:
      return i18n::text(language, "finding/jump", {short_text(std::abs(*f.deviation)), expected, n});
    case CheckRule::outlier:
      return i18n::text(language, "finding/outlier", {short_text(std::abs(*f.deviation)), expected, n});
    default:
      return sentence_of_pattern(named, language);
  }
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
  text(sentence_of(named, language));
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
