// The headline figures of a dashboard, and its units side by side.
#include <algorithm>
#include <map>
#include <string_view>

#include "report/dashboard_sections.h"
#include "report/rows.h"
#include "report/shown_units.h"
#include "report/small_groups.h"
#include "stats/figures.h"

namespace hr::report {

using facts::kNone;
using table::Column;
using table::Kind;
using table::Show;
using table::Table;

namespace {

// Progress of the objectives that units and their people own, by place, without the units below; of the company: by the
// last place.
std::vector<std::vector<Figure>> progress_by_place(const Scope& scope) {
  std::vector<std::vector<Figure>> progress(scope.places());
  const facts::Okrs& okrs = scope.data.dataset.okrs;
  for (uint32_t o = 0; o < okrs.size() && o < scope.data.progress.size(); ++o) {
    if (!scope.data.progress[o].progress || !scope.has_owner(okrs.owners[okrs.owner[o]])) continue;
    const facts::Objective objective = okrs.objective(o);
    uint32_t place = scope.order.place_of(kNone);
    if (objective.owner_kind == model::OwnerKind::unit)
      place = scope.order.place_of(scope.data.dataset.units.find(objective.owner).value_or(kNone));
    else if (objective.owner_person != kNone && scope.of_person[objective.owner_person])
      place = scope.people[*scope.of_person[objective.owner_person]].place;
    progress[place].push_back(*scope.data.progress[o].progress);
  }
  return progress;
}

std::vector<Figure> joined(const std::vector<std::vector<Figure>>& all, size_t from, size_t to) {
  std::vector<Figure> out;
  for (size_t i = from; i < to; ++i) out.insert(out.end(), all[i].begin(), all[i].end());
  return out;
}

// What the headline and every unit have in common.
std::vector<Column> figure_columns() {
  return {make_column("rated", "Rated", "已评定", Kind::number),
          make_figure_column("score", "Mean score", "平均得分", Kind::number, Show::key),
          make_figure_column("median", "Median score", "得分中位数"),
          make_figure_column("kpi", "Mean KPI", "KPI 均值"),
          make_figure_column("okr", "Mean OKR", "OKR 均值"),
          make_figure_column("feedback", "Mean feedback", "360 反馈均值"),
          make_figure_column("coverage", "Mean coverage", "平均覆盖率", Kind::percent),
          make_figure_column("okr_progress", "OKR progress", "OKR 进度", Kind::percent),
          make_figure_column("elapsed", "Time gone by", "时间进度", Kind::percent),
          make_column("attention", "Need attention", "需关注", Kind::number)};
}

struct Counted {
  uint32_t people = 0, rated = 0;
  int64_t attention = 0;
};
Counted count(const Scope& scope, const std::vector<Warnings>& warnings, size_t from, size_t to) {
  Counted counted;
  for (size_t i = from; i < to; ++i) {
    ++counted.people;
    if (scope.people[i].rated) ++counted.rated;
    if (!warnings[i].codes.empty()) ++counted.attention;
  }
  return counted;
}

constexpr const char* kMeans[] = {"score", "kpi", "okr", "feedback", "coverage"};

void put_mean(Rows& rows, const Scope& scope, const char* key, size_t from, size_t to) {
  const std::vector<Figure> figures = rated_figures(scope, key, from, to);
  if (figures.empty()) return;
  rows.put(key, *stats::mean(figures));
  if (std::string_view(key) == "score") rows.put("median", stats::quantile(figures, 50));
}

// By place, from how many people have the figure: a mean of few is theirs, however many the unit has.
std::vector<Shown> shown_places(const Scope& scope, const char* key) {
  std::vector<uint32_t> direct(scope.places());
  for (const ScopePerson& person : scope.people)
    direct[person.place] += person.rated && scope.number(person, key) ? 1U : 0U;
  return shown_units(scope.order, direct, scope.data.min_shown);
}

std::optional<Decimal> elapsed_of(const Table& okr) {
  const Column& elapsed = *okr.find("elapsed");
  return okr.rows() > 0 ? std::optional(elapsed.numbers[0]) : std::nullopt;
}

int64_t findings_within(const Scope& scope) {
  return std::count_if(scope.data.findings.begin(), scope.data.findings.end(),
                       [&](const auto& found) { return scope.is_whole() || scope.has_owner(found.subject); });
}

}  // namespace

Table headline_section(const Scope& scope, const std::vector<Warnings>& warnings, const Table& okr) {
  Table out;
  out.sheet = true;
  out.columns = {make_column("people", "People", "人数", Kind::number, Show::key)};
  for (Column& column : figure_columns()) out.columns.push_back(std::move(column));
  out.columns.push_back(make_column("broken", "Guardrails broken", "突破护栏", Kind::number));
  out.columns.push_back(make_column("findings", "Suspicious facts", "存疑数据", Kind::number));
  const table::Label few{"too few", "人数过少"};
  out.column("okr_progress").mark = "elapsed";
  const Counted counted = count(scope, warnings, 0, scope.people.size());
  Rows rows(out);
  rows.begin();
  rows.count("people", counted.people);
  rows.count("rated", counted.rated);
  for (const char* key : kMeans) {
    const size_t n = rated_figures(scope, key, 0, scope.people.size()).size();
    if (n >= scope.data.min_shown) put_mean(rows, scope, key, 0, scope.people.size());
    if (n >= scope.data.min_shown || (n == 0 && scope.is_shown())) continue;
    out.column(key).missing = few;
    if (std::string_view(key) == "score") out.column("median").missing = few;
  }
  rows.put("okr_progress", mean_progress(joined(progress_by_place(scope), 0, scope.places())));
  rows.put("elapsed", elapsed_of(okr));
  rows.count("attention", counted.attention);
  const Column& status = *okr.find("status");
  int64_t broken = 0;
  for (size_t row = 0; row < okr.rows(); ++row) broken += status.text(row) == "broken" ? 1 : 0;
  rows.count("broken", broken);
  rows.count("findings", findings_within(scope));
  rows.end();
  return out;
}

Table units_section(const Scope& scope, const std::vector<Warnings>& warnings) {
  Table out;
  const facts::OrgTree& tree = scope.data.dataset.units;
  out.columns = {make_column("org_unit", "Unit", "组织", Kind::text, Show::key),
                 make_column("name", "Name", "名称", Kind::text),
                 make_column("parent", "Parent", "上级组织", Kind::text, Show::programs),
                 make_column("people", "People", "人数", Kind::number, Show::key)};
  for (Column& column : figure_columns()) out.columns.push_back(std::move(column));
  out.column("rated") = people_column("rated", "Rated", "已评定", scope.data.min_shown);
  out.columns.push_back(shown_column());
  out.columns[0].tree = true;
  out.columns[0].opens = "unit";
  out.columns[1].remark = true;
  std::erase_if(out.columns, [](const Column& column) { return column.key == "elapsed"; });
  std::vector<uint32_t> direct(scope.places());
  for (const ScopePerson& person : scope.people) direct[person.place] += person.rated ? 1U : 0U;
  const std::vector<Shown> shown = shown_units(scope.order, direct, scope.data.min_shown);
  std::map<const char*, std::vector<Shown>> of_figure;
  for (const char* key : kMeans) of_figure[key] = shown_places(scope, key);
  const std::vector<std::vector<Figure>> progress = progress_by_place(scope);
  Rows rows(out);
  const uint32_t top = scope.first < scope.order.units.size() ? tree.depth[scope.order.units[scope.first]] : 1;
  for (uint32_t place = scope.first; place < scope.last && place < scope.order.units.size(); ++place) {
    const uint32_t unit = scope.order.units[place];
    const size_t from = scope.begin[place];
    const size_t to = scope.end_of(place);
    const Counted counted = count(scope, warnings, from, to);
    if (counted.people == 0) continue;
    rows.begin();
    out.depth.push_back(static_cast<uint16_t>(scope.is_whole() ? tree.depth[unit] - 1 : tree.depth[unit] - top));
    rows.put("org_unit", std::string(tree.id[unit]));
    rows.put("name", std::string(tree.name[unit]));
    if (tree.parent[unit] != kNone) rows.put("parent", std::string(tree.id[tree.parent[unit]]));
    rows.count("people", counted.people);
    put_people(rows, "rated", counted.rated, shown[place]);
    for (const char* key : kMeans) {
      if (shown[place] == Shown::shown && of_figure[key][place] == Shown::shown) put_mean(rows, scope, key, from, to);
    }
    rows.put("okr_progress", mean_progress(joined(progress, place, place + scope.order.size[place])));
    rows.count("attention", counted.attention);
  }
  rows.end();
  return out;
}

}  // namespace hr::report
