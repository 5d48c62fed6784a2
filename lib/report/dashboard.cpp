#include "report/dashboard.h"

#include <utility>

#include "report/dashboard_sections.h"
#include "report/small_groups.h"

namespace hr::report {

using table::Column;
using table::Kind;
using table::Label;
using table::Link;
using table::Section;
using table::Show;
using table::Table;

namespace {

constexpr size_t kFirstRows = 20;

// Notes that explain rows are of no use without any.
void note_rows(Table& table, Label note) {
  if (table.rows() > 0) table.notes.push_back(std::move(note));
}

Section section(const char* key, Label title, Table table, Label empty) {
  table.title = std::move(title);
  table.schema.clear();
  table.facts.clear();
  table.empty = std::move(empty);
  return Section{key, std::move(table), kFirstRows};
}

const Link kUnit{"unit", "org_unit", true};
const Link kPerson{"person", "employee_id", false};

// Changes of the scope: of its people and units, and of the cycle itself.
Table changes_within(const Scope& scope) {
  Table changes = scope.data.changes;
  const Column* subject = changes.find("subject");
  if (subject == nullptr) return changes;
  constexpr std::string_view kOf = "unit:";
  std::vector<uint8_t> keep(changes.rows(), 1);
  Column unit = make_column("org_unit", "Unit", "组织", Kind::text, Show::programs);
  Column person = make_column("employee_id", "Employee", "工号", Kind::text, Show::programs);
  for (size_t row = 0; row < changes.rows(); ++row) {
    const std::string_view name = subject->text(row);
    const auto found = scope.data.dataset.people.find(name);
    const auto place = found ? scope.of_person[*found] : std::nullopt;
    const bool is_unit = name.starts_with(kOf);
    if (found || is_unit) keep[row] = scope.has_owner(name) ? 1 : 0;
    const std::string of = is_unit ? std::string(name.substr(kOf.size()))
                           : place ? std::string(scope.text(scope.people[*place], "org_unit"))
                                   : std::string();
    of.empty() ? unit.add_missing() : unit.add(of);
    found ? person.add(std::string(name)) : person.add_missing();
  }
  changes.columns.push_back(std::move(unit));
  changes.columns.push_back(std::move(person));
  changes.keep_rows(keep);
  changes.notes.clear();
  return changes;
}

void add_glance(std::vector<Section>& out, const Scope& scope, const std::vector<KpiSeries>& series,
                const std::vector<Warnings>& warnings, const Table& okr) {
  const Label few{"Too few people to show figures.", "人数过少，不显示数字。"};
  Section headline = section("headline", {"At a glance", "总览"}, headline_section(scope, warnings, okr), {});
  headline.cards = true;
  out.push_back(std::move(headline));
  out.push_back(section("steadiness", {"Steadiness of KPIs", "KPI 稳定性"}, steadiness_section(scope, series),
                        {"No KPI has been scored.", "没有已计分的 KPI。"}));
  note_rows(
      out.back().table,
      {"trend: period by period, the median of people's facts; variation: standard deviation of these / their mean; "
       "where the mean is nearer to 0 than the deviation, MAD (median distance to the median) instead; the least "
       "steady KPI first; missing: periods in service without a fact, of people who have any",
       "各期走势：各期人员实际值的中位数；变异系数：其标准差 ÷ 均值；均值比标准差更接近 0 时改用 "
       "MAD（与中位数的中位距离）；波动最大的排在最前；缺失占比：有该项数据的人在职期间内没有实际值的期数占比"});
  Section okrs = section("okr", {"Progress of OKRs", "OKR 进度"}, okr, {"No objectives.", "没有目标。"});
  okrs.beside = true;
  okrs.links = {kUnit, kPerson};
  out.push_back(std::move(okrs));
  out.push_back(section("attention", {"People who need attention", "需要关注的人员"},
                        attention_section(scope, warnings), {"Nobody.", "没有人。"}));
  out.back().links = {kUnit, kPerson};
  note_rows(
      out.back().table,
      {"early warnings, no verdicts: a KPI falls where its values get worse with p ≤ 0.1 (Mann–Kendall, at least four "
       "periods); an objective is far behind at 25 points behind the time gone by; few data: coverage below 80 %",
       "预警不是结论：KPI 持续走低指各期数值变差且 p ≤ 0.1（Mann–Kendall 检验，至少四期）；目标进度落后于时间进度 25 "
       "个百分点及以上为严重滞后；覆盖率低于 80% 为数据不足"});
  out.push_back(section("stale", {"Check-ins overdue", "进展久未更新"}, stale_section(okr), {"None.", "没有。"}));
  out.back().links = {kUnit, kPerson};
  out.push_back(
      section("guardrails", {"Guardrails broken", "突破的护栏"}, guardrails_section(okr), {"None.", "没有。"}));
  out.back().links = {kUnit, kPerson};
  out.back().beside = true;
  out.push_back(section("distribution", {"Scores", "得分分布"}, distribution_section(scope), few));
  out.push_back(section("bands", {"Bands", "等级分布"}, bands_section(scope),
                        scope.is_shown() ? Label{"No bands.", "没有等级。"} : few));
  out.back().beside = true;
}

void add_details(std::vector<Section>& out, const Scope& scope, const std::vector<KpiSeries>& series,
                 const std::vector<Warnings>& warnings) {
  const Label few{"Too few people to show figures.", "人数过少，不显示数字。"};
  out.push_back(section("dimensions", {"KPI scores by dimension", "各维度 KPI 得分"}, dimensions_section(scope, series),
                        {"No KPI has been scored.", "没有已计分的 KPI。"}));
  out.push_back(section("quotas", {"Quotas group by group", "各组名额"}, quotas_section(scope),
                        {"No quotas hold here.", "此处没有强制分布名额。"}));
  out.back().beside = true;
  out.push_back(section("coverage", {"Coverage", "覆盖率"}, coverage_section(scope), few));
  out.push_back(section("not_rated", {"Not rated, and why", "未评定及原因"}, reasons_section(scope),
                        scope.is_shown() ? Label{"Everybody is rated.", "全员已评定。"} : few));
  out.back().beside = true;
  out.push_back(section("units", {"Units side by side", "组织对比"}, units_section(scope, warnings),
                        {"Nobody has a unit.", "没有人归属组织。"}));
  out.back().links = {kUnit};
  bool hidden = false;
  for (const uint8_t there : out.back().table.find("state")->present) hidden = hidden || there != 0;
  note_small_groups(out.back().table, scope.data.min_shown, hidden);
  out.back().table.facts.clear();
  out.push_back(section("changes", {"Goalposts moved", "开始后的变更"}, changes_within(scope),
                        {"No target has moved after its cycle began, and no cycle was opened, frozen or closed.",
                         "没有周期开始后的目标变更，也没有周期被启动、冻结或关闭。"}));
  out.back().links = {kUnit, kPerson};
  Section people = section("people", {"People", "人员"}, people_section(scope, warnings), {"Nobody.", "没有人。"});
  people.links = {kUnit, kPerson};
  out.push_back(std::move(people));
  Section unit_kpis = section("unit_kpis", {"KPIs of the unit", "本组织 KPI"}, unit_kpis_section(scope, series),
                              {"None to show.", "没有可显示的内容。"});
  unit_kpis.background = unit_kpis.narrowed = true;
  unit_kpis.links = {{"unit", "org_unit", false}};
  out.push_back(std::move(unit_kpis));
  Section person_kpis = section("person_kpis", {"KPIs of the person", "个人 KPI"}, person_kpis_section(scope, series),
                                {"None.", "没有。"});
  person_kpis.background = person_kpis.narrowed = true;
  person_kpis.links = {kPerson};
  out.push_back(std::move(person_kpis));
}

void set_title(const Scope& scope, table::Report& out) {
  const DashboardData& data = scope.data;
  set_header(out, data.header);
  out.facts.emplace_back("org_unit", data.unit);
  out.nullable_facts.emplace_back("org_unit");
  out.facts.emplace_back("min_shown", std::to_string(data.min_shown));
  out.bare_facts.emplace_back("min_shown");
  std::string who;
  if (const auto unit = data.dataset.units.find(data.unit); unit && !data.unit.empty()) {
    const std::string_view name = data.dataset.units.name[*unit];
    who = name.empty() ? data.unit : std::string(name);
  }
  out.title = who.empty()
                  ? Label{"Dashboard of " + data.header.cycle, data.header.cycle + " 绩效看板"}
                  : Label{who + ", dashboard of " + data.header.cycle, who + " " + data.header.cycle + " 绩效看板"};
}

}  // namespace

table::Report dashboard(DashboardData data) {
  const Scope scope(data);
  const std::vector<KpiSeries> series = kpi_series(scope);
  const std::vector<Warnings> warnings = warnings_of(scope, series);
  const Table okr = okr_section(scope);
  table::Report out;
  out.schema = "hrctl.dashboard/v1";
  set_title(scope, out);
  add_glance(out.sections, scope, series, warnings, okr);
  add_details(out.sections, scope, series, warnings);
  out.entities = {{"unit", {"Unit", "组织"}, "units", "org_unit", "name", "parent"},
                  {"person", {"Person", "人员"}, "people", "employee_id", "name", ""}};
  return out;
}

}  // namespace hr::report
