// What runs say of the person of a dossier: every cycle's figures, and those of peers in the last one.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "report/columns.h"
#include "report/dossier_sections.h"
#include "stats/figures.h"

namespace hr::report {

using table::Chart;
using table::Column;
using table::Kind;
using table::Show;
using table::Table;

namespace {

// A frame of a run with the row of the person.
struct RunRow {
  const facts::Frame& scores;
  size_t row;

  std::string_view text(const char* key) const { return scores.find(key)->text(row); }
  std::optional<Decimal> number(const char* key) const { return scores.find(key)->decimal(row); }
};

std::optional<RunRow> row_in(const DossierRun& run, const std::string& employee) {
  const auto row = row_of(*run.scores, employee);
  return row ? std::optional(RunRow{*run.scores, *row}) : std::nullopt;
}

// The people that the rank is among.
int64_t ranked_with(const RunRow& own) {
  const facts::Column& ranks = *own.scores.find("rank");
  const facts::Column& groups = *own.scores.find("rank_group");
  int64_t n = 0;
  for (size_t row = 0; row < own.scores.size(); ++row)
    n += !ranks.missing(row) && groups.text(row) == groups.text(own.row) ? 1 : 0;
  return n;
}

void add_list(Column& column, std::string_view joined) {
  std::vector<std::string> items;
  for (const std::string_view item : split(joined, ';')) {
    if (!item.empty()) items.emplace_back(item);
  }
  column.add_list(std::move(items));
}

std::vector<Column> cycle_columns(const model::Definitions& definitions) {
  std::vector<Column> columns{
      make_column("cycle", "Cycle", "周期", Kind::text, Show::key),
      make_column("run", "Run", "批次", Kind::number, Show::wide),
      make_column("as_of", "As of", "截至", Kind::date, Show::more),
      make_column("official", "Official", "正式", Kind::boolean, Show::wide),
      make_column("status", "Status", "状态", Kind::choice),
      make_column("reasons", "Reasons", "原因", Kind::list),
      make_figure_column("score", "Score", "得分", Kind::number, Show::key),
      make_column("band", "Band", "等级", Kind::choice, Show::key),
      make_figure_column("kpi", "KPI", "KPI"),
      make_figure_column("okr", "OKR", "OKR"),
      make_figure_column("feedback", "Feedback", "360 反馈"),
      make_figure_column("coverage", "Coverage", "覆盖率", Kind::percent, Show::more),
      make_column("rank", "Rank", "名次", Kind::number),
      make_column("ranked", "Of", "共", Kind::number),
      make_figure_column("percentile", "Percentile", "百分位", Kind::number, Show::more),
      make_column("flags", "Flags", "标记", Kind::list, Show::more),
      make_column("org_unit", "Unit", "组织", Kind::text, Show::wide),
      make_column("job", "Job", "职位", Kind::text, Show::wide),
      make_column("grade", "Grade", "职级", Kind::text, Show::wide),
  };
  for (Column& column : columns) {
    if (column.key == "official") column.remark = true;
    if (column.key == "status") column.labels = status_labels();
    if (column.key == "reasons") column.labels = reason_labels();
    if (column.key == "reasons") column.below = true;
    if (column.key == "band") column.labels = band_labels(definitions);
    if (column.key == "flags") column.labels = flag_labels();
  }
  return columns;
}

void add_cycle(Table& out, const DossierRun& run, const RunRow& own, bool is_cut) {
  out.column("cycle").add(run.header.cycle);
  out.column("run").add(make_decimal(run.header.run));
  out.column("as_of").add(*parse_date(run.header.as_of));
  out.column("official").add_flag(run.official);
  for (const char* key : {"status", "band", "org_unit", "job", "grade"}) add_if_any(out.column(key), own.text(key));
  for (const char* key : {"reasons", "flags"}) add_list(out.column(key), own.text(key));
  for (const char* key : {"score", "kpi", "okr", "feedback", "coverage", "rank", "percentile"})
    out.column(key).add_optional(own.number(key));
  const bool counts = own.number("rank") && !is_cut;
  out.column("ranked").add_optional(counts ? std::optional(make_decimal(ranked_with(own))) : std::nullopt);
}

size_t present_in(const Column& column) {
  return static_cast<size_t>(std::count(column.present.begin(), column.present.end(), 1));
}

// All dossiers have the same scale, and a small step looks small.
Chart line_chart(const char* en, const char* zh, std::vector<std::string> series) {
  constexpr int kFull = 100;
  return {Chart::Kind::line, {en, zh}, "cycle", std::move(series), make_decimal(0), make_decimal(kFull), {}};
}

// One point is no line.
bool makes_a_line(const Column& column) {
  return present_in(column) > 1;
}

void add_trends(Table& out) {
  if (!makes_a_line(out.column("score"))) return;
  out.charts.push_back(line_chart("Score, cycle by cycle", "历次得分", {"score"}));
  Chart parts = line_chart("What it is made of", "各组成部分", {});
  for (const char* key : {"kpi", "okr", "feedback"}) {
    if (makes_a_line(out.column(key))) parts.series.emplace_back(key);
  }
  if (!parts.series.empty()) out.charts.push_back(std::move(parts));
}

// The figures of rated people with the same job and grade, without the person's own.
std::vector<Figure> peers_of(const RunRow& own, const char* key) {
  std::vector<Figure> figures;
  const facts::Column& column = *own.scores.find(key);
  const facts::Column& jobs = *own.scores.find("job");
  const facts::Column& grades = *own.scores.find("grade");
  const facts::Column& ranks = *own.scores.find("rank");
  for (size_t row = 0; row < own.scores.size(); ++row) {
    const bool is_peer = row != own.row && !ranks.missing(row) && jobs.text(row) == jobs.text(own.row) &&
                         grades.text(row) == grades.text(own.row);
    const auto number = is_peer ? column.decimal(row) : std::nullopt;
    const auto figure = number ? snap(number->to_double()) : std::nullopt;
    if (figure) figures.push_back(*figure);
  }
  std::sort(figures.begin(), figures.end());
  return figures;
}

std::vector<Column> peer_columns() {
  std::vector<Column> columns{
      make_column("measure", "Measure", "项目", Kind::choice, Show::key),
      make_figure_column("own", "Own", "本人", Kind::number, Show::key),
      make_column("peers", "Peers", "人数", Kind::number),
      make_figure_column("lower", "Lower quartile", "下四分位", Kind::number, Show::key),
      make_figure_column("median", "Median", "中位数", Kind::number, Show::key),
      make_figure_column("upper", "Upper quartile", "上四分位", Kind::number, Show::key),
      make_column("suppressed", "Too few", "人数过少", Kind::boolean, Show::programs),
  };
  columns[0].labels = component_labels();
  columns[0].labels.push_back({"score", {"Score", "得分"}});
  for (size_t i = 3; i < 6; ++i) columns[i].missing = {"too few", "人数过少"};
  return columns;
}

void add_measure(Table& out, const RunRow& own, const char* key, uint32_t min_shown) {
  constexpr std::array<uint32_t, 3> kPercents{25, 50, 75};
  const std::vector<Figure> peers = peers_of(own, key);
  const bool is_asked = own.number(key) || std::string_view(key) == "score";
  if (peers.empty() || !is_asked) return;
  const bool shown = peers.size() >= min_shown;
  out.column("measure").add(key);
  out.column("own").add_optional(own.number(key));
  out.column("peers").add_optional(shown ? std::optional(make_decimal(static_cast<int64_t>(peers.size())))
                                         : std::nullopt);
  size_t at = 3;
  for (const uint32_t percent : kPercents)
    out.columns[at++].add_optional(shown ? std::optional(stats::quantile(peers, percent).decimal()) : std::nullopt);
  out.column("suppressed").add_flag(!shown);
}

}  // namespace

Table cycles_section(const Dossier& dossier) {
  Table out;
  out.columns = cycle_columns(dossier.definitions);
  for (const DossierRun& run : dossier.runs) {
    if (const auto own = row_in(run, dossier.employee)) add_cycle(out, run, *own, dossier.is_cut);
  }
  add_trends(out);
  return out;
}

Table peers_section(const Dossier& dossier) {
  Table out;
  out.columns = peer_columns();
  if (!dossier.detail) return out;
  const auto own = row_in(dossier.runs[dossier.detail->run], dossier.employee);
  if (!own || own->text("job").empty()) return out;
  for (const char* key : {"score", "kpi", "okr", "feedback"}) add_measure(out, *own, key, dossier.min_shown);
  if (out.rows() == 0) return out;
  const std::string job(own->text("job"));
  const std::string grade(own->text("grade"));
  out.notes.push_back(
      {"peers: other people rated with job " + job + (grade.empty() ? ", without a grade" : ", grade " + grade) +
           (dossier.is_cut ? ", of those whom the viewer may see" : "") + "; fewer than " +
           std::to_string(dossier.min_shown) + " are not shown",
       "同岗同级：职位 " + job + (grade.empty() ? "、无职级" : "、职级 " + grade) + (dossier.is_cut ? " 且可见" : "") +
           " 的其他已评定人员；少于 " + std::to_string(dossier.min_shown) + " 人时不显示"});
  if (present_in(out.column("median")) > 0)
    out.charts.push_back({Chart::Kind::range,
                          {"Own figure, and the middle half of the peers", "本人数值与同岗同级的中间一半"},
                          "measure",
                          {"lower", "median", "upper", "own"},
                          {},
                          {},
                          {}});
  return out;
}

}  // namespace hr::report
