// What a dashboard says of KPIs: how steady each is over the periods of the cycle, and how it scores.
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "facts/grouping.h"
#include "report/dashboard_sections.h"
#include "report/rows.h"
#include "report/shown_units.h"
#include "report/small_groups.h"
#include "stats/figures.h"
#include "stats/moments.h"
#include "stats/trend.h"

namespace hr::report {

using table::Column;
using table::Kind;
using table::Show;
using table::Table;

namespace {

// ---- reading

// The columns of the most frequent kind of period; of equally many the first one.
std::vector<const facts::FactColumn*> columns_of(const facts::KpiFacts& kpi, Date as_of) {
  std::map<PeriodKind, std::vector<const facts::FactColumn*>> kinds;
  for (const facts::FactColumn& column : kpi.people) {
    if (column.period.range().last() <= as_of) kinds[column.period.kind].push_back(&column);
  }
  std::vector<const facts::FactColumn*> most;
  for (const auto& [kind, columns] : kinds) {
    if (columns.size() > most.size()) most = columns;
  }
  return most;
}

bool in_service(const facts::Dataset& dataset, uint32_t person, DateRange days) {
  const facts::Spells& spells = dataset.spells;
  for (uint32_t s = spells.begin[person]; s < spells.begin[person + 1]; ++s) {
    if (spells.range[s].overlaps(days)) return true;
  }
  return false;
}

void read_facts(const Scope& scope, const facts::KpiFacts& facts, KpiSeries& series) {
  const auto columns = columns_of(facts, scope.data.dataset.as_of);
  for (const facts::FactColumn* column : columns) series.periods.push_back(to_string(column->period));
  for (size_t i = 0; i < scope.people.size() && !columns.empty(); ++i) {
    const uint32_t person = scope.people[i].person;
    if (!scope.tells(scope.people[i], model::AccessField::kpi)) continue;
    std::vector<std::optional<double>> values;
    std::vector<uint8_t> expected;
    bool any = false;
    for (const facts::FactColumn* column : columns) {
      const bool has = column->has(person);
      values.push_back(has ? std::optional(column->value(person)) : std::nullopt);
      expected.push_back(has || in_service(scope.data.dataset, person, column->period.range()) ? 1 : 0);
      any = any || has;
    }
    if (!any) continue;
    series.of_people[i] = std::move(values);
    series.expected[i] = std::move(expected);
  }
}

void read_scores(const Scope& scope, std::vector<KpiSeries>& all, std::vector<std::optional<size_t>>& of_kpi) {
  for (size_t i = 0; i < scope.people.size(); ++i) {
    if (!scope.tells(scope.people[i], model::AccessField::kpi)) continue;
    for (const scoring::KpiScore& score : scope.data.kpi_scores[scope.people[i].person]) {
      if (of_kpi[score.kpi]) all[*of_kpi[score.kpi]].scores[i] = score.score;
    }
  }
}

// ---- figures of some people

struct Steadiness {
  uint32_t people = 0;                         // with a fact or a score
  std::vector<std::optional<Figure>> medians;  // by period
  std::optional<Figure> last, score;
  std::optional<double> variation, mad, missing;  // variation and missing in percent
};

std::vector<std::optional<Figure>> medians_of(const KpiSeries& series, size_t from, size_t to) {
  std::vector<std::optional<Figure>> medians;
  for (size_t period = 0; period < series.periods.size(); ++period) {
    std::vector<Figure> values;
    bool too_large = false;  // for a figure: better no median than one of the others
    for (size_t i = from; i < to; ++i) {
      if (series.of_people[i].empty() || !series.of_people[i][period]) continue;
      const auto value = snap(*series.of_people[i][period]);
      if (value) values.push_back(*value);
      too_large = too_large || !value;
    }
    std::sort(values.begin(), values.end());
    const bool has_one = !values.empty() && !too_large;
    medians.push_back(has_one ? std::optional(stats::quantile(values, 50)) : std::nullopt);
  }
  return medians;
}

// The coefficient of variation: standard deviation / |mean|. Where the mean is nearer to 0 than that no share says
// anything: then the median distance to the median.
void measure_swing(std::vector<Figure> values, Steadiness& out) {
  if (values.size() < 2) return;
  const stats::Moments moments = stats::moments_of(values);
  const double deviation = *stats::deviation(moments);
  if (moments.mean != 0 && deviation <= std::abs(moments.mean)) {
    out.variation = 100 * deviation / std::abs(moments.mean);
    return;
  }
  std::sort(values.begin(), values.end());
  const Figure middle = stats::quantile(values, 50);
  std::vector<double> distances;
  for (const Figure value : values) distances.push_back(std::abs(value.value() - middle.value()));
  std::sort(distances.begin(), distances.end());
  const size_t n = distances.size();
  out.mad = (distances[(n - 1) / 2] + distances[n / 2]) / 2;
}

void count_missing(const KpiSeries& series, size_t from, size_t to, Steadiness& out) {
  uint64_t expected = 0;
  uint64_t there = 0;
  for (size_t i = from; i < to; ++i) {
    if (!series.of_people[i].empty() || series.scores[i]) ++out.people;
    for (size_t period = 0; period < series.of_people[i].size(); ++period) {
      expected += series.expected[i][period];
      there += series.of_people[i][period] ? 1U : 0U;
    }
  }
  if (expected > 0) out.missing = 100 * static_cast<double>(expected - there) / static_cast<double>(expected);
}

Steadiness steadiness_of(const KpiSeries& series, size_t from, size_t to) {
  Steadiness out;
  count_missing(series, from, to, out);
  out.medians = medians_of(series, from, to);
  std::vector<Figure> values;
  for (const auto& median : out.medians) {
    if (median) values.push_back(*median);
  }
  if (!values.empty()) out.last = values.back();
  measure_swing(values, out);
  std::vector<Figure> scores;
  for (size_t i = from; i < to; ++i) {
    if (series.scores[i]) scores.push_back(*series.scores[i]);
  }
  out.score = stats::mean(scores);
  return out;
}

// ---- columns

const char* direction_of(const model::Kpi& kpi) {
  static constexpr const char* kNames[] = {"higher", "lower", "band"};
  return kNames[static_cast<size_t>(kpi.direction)];
}

std::vector<Column> kpi_columns(const Scope& scope) {
  std::vector<Column> columns{
      make_column("kpi", "KPI", "KPI", Kind::choice, Show::key),
      make_column("dimension", "Dimension", "维度", Kind::text, Show::more),
      make_column("direction", "Better", "方向", Kind::choice, Show::more),
      people_column("n", "People", "人数", scope.data.min_shown),
      make_column("values", "Trend", "各期走势", Kind::list),
      make_figure_column("last", "Last", "最近一期", Kind::number, Show::more),
      make_figure_column("variation", "Variation", "变异系数", Kind::percent, Show::key),
      make_figure_column("mad", "MAD", "MAD"),
      make_figure_column("score", "Mean score", "平均得分", Kind::number, Show::key),
      make_figure_column("missing", "Missing", "缺失占比", Kind::percent),
      shown_column(),
  };
  for (const model::Kpi& kpi : scope.data.definitions.kpis) {
    const std::string& en = kpi.label_en();
    columns[0].labels.emplace_back(kpi.id, table::Label{en, kpi.name.zh.empty() ? en : kpi.name.zh});
  }
  columns[2].labels = {{"higher", {"higher ↑", "越高越好 ↑"}},
                       {"lower", {"lower ↓", "越低越好 ↓"}},
                       {"band", {"in range ↔", "区间内 ↔"}}};
  columns[4].series = true;
  for (const char* key : {"mad", "dimension"}) {
    for (Column& column : columns) column.remark = column.remark || column.key == key;
  }
  return columns;
}

std::string item_of(const std::optional<Figure>& figure) {
  return figure ? to_string(figure->decimal()) : std::string();
}

void put_kpi(Rows& rows, Table& out, const KpiSeries& series, const Steadiness& figures, Shown shown) {
  rows.put("kpi", series.kpi->id);
  rows.put("dimension", series.kpi->dimension);
  rows.put("direction", std::string(direction_of(*series.kpi)));
  put_people(rows, "n", figures.people, shown);
  std::vector<std::string> items;
  if (shown == Shown::shown) {
    for (const auto& median : figures.medians) items.push_back(item_of(median));
    if (figures.last) rows.put("last", *figures.last);
    rows.measure("variation", figures.variation);
    rows.measure("mad", figures.mad);
    if (figures.score) rows.put("score", *figures.score);
    rows.measure("missing", figures.missing);
  }
  out.column("values").add_list(std::move(items));
}

struct Dimension {
  int64_t kpis = 0;
  std::vector<Figure> scores;   // one a person and KPI
  std::vector<uint8_t> people;  // 1: has one
};
std::map<std::string, Dimension> dimensions_of(const std::vector<KpiSeries>& series) {
  std::map<std::string, Dimension> dimensions;
  for (const KpiSeries& s : series) {
    Dimension& of = dimensions[s.kpi->dimension];
    of.people.resize(s.scores.size());
    ++of.kpis;
    for (size_t i = 0; i < s.scores.size(); ++i) {
      if (!s.scores[i]) continue;
      of.scores.push_back(*s.scores[i]);
      of.people[i] = 1;
    }
  }
  return dimensions;
}

Shown shown_if(uint32_t people, uint32_t min_shown) {
  return people < min_shown ? Shown::suppressed : Shown::shown;
}

}  // namespace

std::vector<KpiSeries> kpi_series(const Scope& scope) {
  const model::Definitions& definitions = scope.data.definitions;
  std::vector<KpiSeries> all;
  std::vector<std::optional<size_t>> of_kpi(definitions.kpis.size());
  for (size_t k = 0; k < definitions.kpis.size(); ++k) {
    KpiSeries series;
    series.kpi = &definitions.kpis[k];
    series.of_people.resize(scope.people.size());
    series.expected.resize(scope.people.size());
    series.scores.resize(scope.people.size());
    const facts::KpiFacts* facts = scope.data.dataset.find_kpi(definitions.kpis[k].id);
    if (facts != nullptr) read_facts(scope, *facts, series);
    of_kpi[k] = all.size();
    all.push_back(std::move(series));
  }
  read_scores(scope, all, of_kpi);
  std::erase_if(all, [](const KpiSeries& s) {  // of nobody here, or no indicator but a rule's input
    return std::none_of(s.scores.begin(), s.scores.end(), [](const OptionalFigure& f) { return f.has_value(); });
  });
  return all;
}

bool is_falling(const KpiSeries& series, size_t person) {
  if (series.kpi->direction == model::Direction::band) return false;
  const double sign = series.kpi->direction == model::Direction::lower ? -1 : 1;
  std::vector<stats::Point> points;
  for (size_t period = 0; period < series.of_people[person].size(); ++period) {
    const auto& value = series.of_people[person][period];
    if (value) points.push_back({static_cast<int64_t>(period), sign * *value});
  }
  if (points.size() < kSeriesRows) return false;
  const stats::Kendall kendall = stats::mann_kendall(points);
  return kendall.s < 0 && kendall.p <= kFalling;
}

Table steadiness_section(const Scope& scope, const std::vector<KpiSeries>& series) {
  Table out;
  out.columns = kpi_columns(scope);
  std::vector<Steadiness> figures;
  std::vector<size_t> order(series.size());
  for (const KpiSeries& s : series) figures.push_back(steadiness_of(s, 0, scope.people.size()));
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {  // the least steady first
    return figures[a].variation.value_or(-1) > figures[b].variation.value_or(-1);
  });
  Rows rows(out);
  for (const size_t i : order) {
    rows.begin();
    put_kpi(rows, out, series[i], figures[i], shown_if(figures[i].people, scope.data.min_shown));
  }
  rows.end();
  return out;
}

Table dimensions_section(const Scope& scope, const std::vector<KpiSeries>& series) {
  Table out;
  out.columns = {make_column("dimension", "Dimension", "维度", Kind::text, Show::key),
                 make_column("kpis", "KPIs", "KPI 数", Kind::number),
                 people_column("n", "People", "人数", scope.data.min_shown),
                 make_figure_column("score", "Mean score", "平均得分", Kind::number, Show::key),
                 make_figure_column("lower", "Lower quartile", "下四分位"),
                 make_figure_column("upper", "Upper quartile", "上四分位"),
                 shown_column()};
  out.columns[0].missing = {"(none)", "（无）"};
  Rows rows(out);
  for (auto& [name, of] : dimensions_of(series)) {
    const auto people = static_cast<uint32_t>(std::count(of.people.begin(), of.people.end(), 1));
    const Shown shown = shown_if(people, scope.data.min_shown);
    std::sort(of.scores.begin(), of.scores.end());
    rows.begin();
    rows.put("dimension", name);
    rows.count("kpis", of.kpis);
    put_people(rows, "n", people, shown);
    if (shown != Shown::shown) continue;
    rows.put("score", *stats::mean(of.scores));
    rows.put("lower", stats::quantile(of.scores, 25));
    rows.put("upper", stats::quantile(of.scores, 75));
  }
  rows.end();
  const std::vector<uint8_t>& shown = out.column("score").present;
  if (std::count(shown.begin(), shown.end(), 1) > 1)
    out.charts.push_back(
        {table::Chart::Kind::bars, {"Mean KPI score", "KPI 平均得分"}, "dimension", {"score"}, {}, {}, {}});
  return out;
}

Table unit_kpis_section(const Scope& scope, const std::vector<KpiSeries>& series) {
  Table out;
  out.columns = kpi_columns(scope);
  out.columns.insert(out.columns.begin(), make_column("org_unit", "Unit", "组织", Kind::text, Show::key));
  out.columns[0].opens = "unit";
  std::vector<std::vector<Shown>> shown;
  for (const KpiSeries& s : series) {
    std::vector<uint32_t> direct(scope.places());
    for (size_t i = 0; i < scope.people.size(); ++i)
      direct[scope.people[i].place] += s.scores[i] || !s.of_people[i].empty() ? 1U : 0U;
    shown.push_back(shown_units(scope.order, direct, scope.data.min_shown));
  }
  Rows rows(out);
  for (uint32_t place = scope.first; place < scope.last && place < scope.order.units.size(); ++place) {
    for (size_t k = 0; k < series.size(); ++k) {
      if (shown[k][place] != Shown::shown) continue;
      const Steadiness figures = steadiness_of(series[k], scope.begin[place], scope.end_of(place));
      rows.begin();
      rows.put("org_unit", std::string(scope.data.dataset.units.id[scope.order.units[place]]));
      put_kpi(rows, out, series[k], figures, Shown::shown);
    }
  }
  rows.end();
  return out;
}

Table person_kpis_section(const Scope& scope, const std::vector<KpiSeries>& series) {
  Table out;
  out.columns = {make_column("employee_id", "Employee", "工号", Kind::text, Show::key),
                 make_column("kpi", "KPI", "KPI", Kind::choice, Show::key),
                 make_figure_column("score", "Score", "得分", Kind::number, Show::key),
                 make_column("values", "Trend", "各期走势", Kind::list, Show::key),
                 make_figure_column("last", "Last", "最近一期"),
                 make_column("falling", "Falling", "走低", Kind::boolean)};
  out.columns[0].opens = "person";
  out.columns[1].labels = kpi_columns(scope)[0].labels;
  out.columns[3].series = true;
  out.columns[5].remark = true;
  Rows rows(out);
  for (size_t i = 0; i < scope.people.size(); ++i) {
    for (const KpiSeries& s : series) {
      if (!s.scores[i] && s.of_people[i].empty()) continue;
      rows.begin();
      rows.put("employee_id", std::string(scope.text(scope.people[i], "employee_id")));
      rows.put("kpi", s.kpi->id);
      if (s.scores[i]) rows.put("score", *s.scores[i]);
      std::vector<std::string> items;
      std::optional<Figure> last;
      for (const auto& value : s.of_people[i]) {
        const std::optional<Figure> figure = value ? snap(*value) : std::nullopt;
        if (figure) last = figure;
        items.push_back(item_of(figure));
      }
      out.column("values").add_list(std::move(items));
      if (last) rows.put("last", *last);
      rows.flag("falling", is_falling(s, i));
    }
  }
  rows.end();
  return out;
}

}  // namespace hr::report
