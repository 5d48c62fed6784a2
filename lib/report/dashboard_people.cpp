// The people of a dashboard, and early warnings about them.
#include <algorithm>
#include <numeric>
#include <set>

#include "base/text.h"
#include "report/dashboard_sections.h"
#include "report/rows.h"

namespace hr::report {

using table::Column;
using table::Kind;
using table::Show;
using table::Table;

namespace {

void add_list(Column& column, std::string_view joined) {
  std::vector<std::string> items;
  for (const std::string_view item : split(joined, ';')) {
    if (!item.empty()) items.emplace_back(item);
  }
  column.add_list(std::move(items));
}

// Whether the plan's worst band is the one.
bool is_lowest_band(const Scope& scope, const ScopePerson& person) {
  const std::string_view band = scope.text(person, "band");
  const model::Plan* plan = scope.data.definitions.find_plan(scope.text(person, "plan"));
  const model::Scale* scale = plan != nullptr ? scope.data.definitions.find_scale(plan->scale) : nullptr;
  if (band.empty() || scale == nullptr || scale->bands.size() < 2) return false;
  const auto lowest = std::min_element(scale->bands.begin(), scale->bands.end(),
                                       [](const model::Band& a, const model::Band& b) { return a.from < b.from; });
  return lowest->id == band;
}

bool has_few_data(const Scope& scope, const ScopePerson& person) {
  const std::string_view reasons = scope.text(person, "reasons");
  for (const std::string_view reason : split(reasons, ';')) {
    if (reason == "no_data" || reason == "coverage") return true;
  }
  const auto coverage = scope.number(person, "coverage");
  return coverage && *coverage < make_decimal(kFewData);
}

// Percent of the cycle's days gone by.
double elapsed_percent(const facts::Dataset& dataset) {
  const int32_t all = dataset.cycle.days();
  const int32_t gone = std::clamp(dataset.as_of + 1 - dataset.cycle.from, 0, all);
  return all > 0 ? 100.0 * gone / all : 0;
}

// What early warnings look at beside a person's own row.
struct Others {
  std::set<std::string, std::less<>> found;       // subjects of suspicious facts
  std::vector<std::vector<uint32_t>> objectives;  // owned, by place among Scope::people
  double elapsed = 0;
};

Others others_of(const Scope& scope) {
  Others others;
  for (const analytics::NamedFinding& finding : scope.data.findings) others.found.insert(finding.subject);
  others.objectives.resize(scope.people.size());
  const facts::Okrs& okrs = scope.data.dataset.okrs;
  for (uint32_t o = 0; o < okrs.size(); ++o) {
    const uint32_t owner = okrs.owner_person[o];
    if (owner != facts::kNone && scope.of_person[owner]) others.objectives[*scope.of_person[owner]].push_back(o);
  }
  others.elapsed = elapsed_percent(scope.data.dataset);
  return others;
}

void warn_of_objectives(const Scope& scope, const std::vector<uint32_t>& objectives, double elapsed, Warnings& out) {
  bool stale = false;
  bool behind = false;
  for (const uint32_t o : objectives) {
    if (o >= scope.data.progress.size()) continue;
    const scoring::ObjectiveProgress& progress = scope.data.progress[o];
    const facts::Objective objective = scope.data.dataset.okrs.objective(o);
    for (size_t k = 0; k < progress.key_results.size(); ++k) {
      if (progress.key_results[k].state != scoring::OkrState::outdated) continue;
      stale = true;
      out.objectives.emplace_back(scope.data.dataset.okrs.key_result(o, objective.begin + static_cast<uint32_t>(k)).id);
    }
    if (progress.progress && elapsed - 100 * progress.progress->value() >= kFarBehind) {
      behind = true;
      out.objectives.emplace_back(objective.id);
    }
  }
  if (stale) out.codes.emplace_back("stale_okr");
  if (behind) out.codes.emplace_back("behind_okr");
}

Warnings warnings_of_one(const Scope& scope, size_t i, const std::vector<KpiSeries>& series, const Others& others) {
  const ScopePerson& person = scope.people[i];
  Warnings out;
  const std::string_view flags = scope.text(person, "flags");
  const auto flagged = [&](std::string_view wanted) {
    const auto all = split(flags, ';');
    return std::find(all.begin(), all.end(), wanted) != all.end();
  };
  if (flagged("vetoed")) out.codes.emplace_back("vetoed");
  if (person.rated && is_lowest_band(scope, person)) out.codes.emplace_back("lowest_band");
  if (flagged("broken")) out.codes.emplace_back("guardrail");
  for (const KpiSeries& s : series) {
    if (!s.of_people[i].empty() && is_falling(s, i)) out.kpis.push_back(s.kpi->id);
  }
  if (!out.kpis.empty()) out.codes.emplace_back("falling_kpi");
  warn_of_objectives(scope, others.objectives[i], others.elapsed, out);
  if (has_few_data(scope, person)) out.codes.emplace_back("few_data");
  if (others.found.count(scope.text(person, "employee_id")) > 0) out.codes.emplace_back("finding");
  return out;
}

std::vector<Column> person_columns(const Scope& scope) {
  std::vector<Column> columns{make_column("employee_id", "Employee", "工号", Kind::text, Show::key),
                              make_column("name", "Name", "姓名", Kind::text),
                              make_column("org_unit", "Unit", "组织", Kind::text),
                              make_column("score", "Score", "得分", Kind::number, Show::key),
                              make_column("band", "Band", "等级", Kind::choice, Show::key)};
  columns[0].opens = "person";
  columns[2].opens = "unit";
  columns[3].decimals = decimals_of_scores(scope.data.scores);
  columns[4].labels = band_labels(scope.data.definitions);
  return columns;
}

void put_person(Rows& rows, const Scope& scope, const ScopePerson& person) {
  rows.begin();
  for (const char* key : {"employee_id", "name", "org_unit", "band"})
    rows.put(key, std::string(scope.text(person, key)));
  rows.put("score", scope.number(person, "score"));
}

Labels kpi_labels(const model::Definitions& definitions) {
  Labels labels;
  for (const model::Kpi& kpi : definitions.kpis) {
    const std::string& en = kpi.label_en();
    labels.emplace_back(kpi.id, table::Label{en, kpi.name.zh.empty() ? en : kpi.name.zh});
  }
  return labels;
}

}  // namespace

const Labels& warning_labels() {
  static const Labels labels{{"vetoed", {"vetoed", "一票否决"}},
                             {"lowest_band", {"in the lowest band", "处于最低等级"}},
                             {"guardrail", {"guardrail broken", "突破护栏"}},
                             {"falling_kpi", {"KPI falling", "KPI 持续走低"}},
                             {"stale_okr", {"check-in overdue", "进展久未更新"}},
                             {"behind_okr", {"objective far behind", "目标进度严重滞后"}},
                             {"few_data", {"few data", "数据不足"}},
                             {"finding", {"suspicious fact", "数据存疑"}}};
  return labels;
}

std::vector<Warnings> warnings_of(const Scope& scope, const std::vector<KpiSeries>& series) {
  const Others others = others_of(scope);
  std::vector<Warnings> all;
  for (size_t i = 0; i < scope.people.size(); ++i) all.push_back(warnings_of_one(scope, i, series, others));
  return all;
}

Table attention_section(const Scope& scope, const std::vector<Warnings>& warnings) {
  Table out;
  out.columns = person_columns(scope);
  out.columns.push_back(make_column("warnings", "Why", "原因", Kind::list, Show::key));
  out.columns.back().labels = warning_labels();
  out.columns.push_back(make_column("kpis", "KPIs", "相关 KPI", Kind::list));
  out.columns.back().labels = kpi_labels(scope.data.definitions);
  out.columns.push_back(make_column("objectives", "Objectives", "相关目标", Kind::list));
  std::vector<size_t> order;
  for (size_t i = 0; i < warnings.size(); ++i) {
    if (!warnings[i].codes.empty()) order.push_back(i);
  }
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {  // most warnings first, then lowest score
    if (warnings[a].codes.size() != warnings[b].codes.size())
      return warnings[a].codes.size() > warnings[b].codes.size();
    const OptionalFigure one = scope.people[a].score;
    const OptionalFigure other = scope.people[b].score;
    if (one.has_value() != other.has_value()) return one.has_value();
    if (one != other) return one < other;
    return scope.people[a].row < scope.people[b].row;
  });
  Rows rows(out);
  for (const size_t i : order) {
    put_person(rows, scope, scope.people[i]);
    out.column("warnings").add_list(warnings[i].codes);
    out.column("kpis").add_list(warnings[i].kpis);
    out.column("objectives").add_list(warnings[i].objectives);
  }
  rows.end();
  return out;
}

Table people_section(const Scope& scope, const std::vector<Warnings>& warnings) {
  Table out;
  out.columns = person_columns(scope);
  const auto figures = {
      std::pair{"kpi", table::Label{"KPI", "KPI"}}, {"okr", {"OKR", "OKR"}}, {"feedback", {"Feedback", "360 反馈"}}};
  for (const auto& [key, title] : figures)
    out.columns.push_back(make_figure_column(key, title.en.c_str(), title.zh.c_str()));
  out.columns.push_back(make_figure_column("coverage", "Coverage", "覆盖率", Kind::percent));
  out.columns.push_back(make_column("status", "Status", "状态", Kind::choice, Show::wide));
  out.columns.back().labels = status_labels();
  out.columns.push_back(make_column("reasons", "Reasons", "原因", Kind::list, Show::more));
  out.columns.back().labels = reason_labels();
  out.columns.push_back(make_column("flags", "Flags", "标记", Kind::list));
  out.columns.back().labels = flag_labels();
  out.columns.push_back(make_column("warnings", "Warnings", "预警", Kind::number));
  Rows rows(out);
  std::vector<size_t> order(scope.people.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return scope.people[a].row < scope.people[b].row; });
  for (const size_t i : order) {
    const ScopePerson& person = scope.people[i];
    put_person(rows, scope, person);
    for (const char* key : {"kpi", "okr", "feedback", "coverage"}) rows.put(key, scope.number(person, key));
    rows.put("status", std::string(scope.text(person, "status")));
    for (const char* key : {"reasons", "flags"}) add_list(out.column(key), scope.text(person, key));
    rows.count("warnings", static_cast<int64_t>(warnings[i].codes.size()));
  }
  rows.end();
  return out;
}

}  // namespace hr::report
