// `report correlation`: which figures of the same people rise together, a pair a row.
#include <algorithm>

#include "report/analysis.h"
#include "report/columns.h"
#include "report/rows.h"
#include "report/small_groups.h"
#include "stats/multiple.h"
#include "stats/rank_correlation.h"

namespace hr::report {

using table::Column;
using table::Kind;
using table::Show;

namespace {

struct Pair {
  size_t a = 0, b = 0;  // measures
  uint32_t people = 0;
  Shown shown = Shown::shown;
  std::optional<stats::RankCorrelation> found;
  std::optional<double> adjusted;
};

std::vector<Column> correlation_columns(const std::vector<Measure>& measures, uint32_t min_shown) {
  std::vector<Column> columns{make_column("measure", "Figure", "指标", Kind::choice, Show::key),
                              make_column("other", "And", "与", Kind::choice, Show::key),
                              people_column("n", "People", "人数", min_shown),
                              make_figure_column("rho", "rho", "rho", Kind::number, Show::key),
                              make_figure_column("low", "From", "下限"),
                              make_figure_column("high", "To", "上限"),
                              make_figure_column("p", "p", "p 值", Kind::number, Show::more),
                              make_figure_column("p_adjusted", "p adjusted", "校正 p 值"),
                              make_column("exact", "Exact", "精确", Kind::boolean, Show::programs),
                              shown_column()};
  for (const size_t i : {0U, 1U}) columns[i].labels = measure_labels(measures);
  for (const size_t i : {6U, 7U}) columns[i].table_decimals = 4;
  return columns;
}

// Of the people who have both.
Pair pair_of(const std::vector<std::vector<OptionalFigure>>& figures, size_t a, size_t b, uint32_t min_shown) {
  std::vector<Figure> x;
  std::vector<Figure> y;
  for (size_t p = 0; p < figures[a].size(); ++p) {
    if (!figures[a][p] || !figures[b][p]) continue;
    x.push_back(*figures[a][p]);
    y.push_back(*figures[b][p]);
  }
  Pair pair{a, b, static_cast<uint32_t>(x.size()), x.size() < min_shown ? Shown::suppressed : Shown::shown, {}, {}};
  if (pair.shown == Shown::shown) pair.found = stats::spearman(x, y);
  return pair;
}

void adjust(std::vector<Pair>& pairs) {
  std::vector<double> p;
  for (const Pair& pair : pairs) {
    if (pair.found) p.push_back(pair.found->p);
  }
  const std::vector<double> adjusted = stats::benjamini_hochberg(p);
  size_t next = 0;
  for (Pair& pair : pairs) {
    if (pair.found) pair.adjusted = adjusted[next++];
  }
}

void add_pair(Rows& rows, const std::vector<Measure>& measures, const Pair& pair) {
  rows.begin();
  rows.put("measure", measures[pair.a].id);
  rows.put("other", measures[pair.b].id);
  put_people(rows, "n", pair.people, pair.shown);
  if (!pair.found) return;
  rows.measure("rho", pair.found->rho);
  rows.measure("low", pair.found->low);
  rows.measure("high", pair.found->high);
  rows.measure("p", pair.found->p);
  rows.measure("p_adjusted", pair.adjusted);
  rows.flag("exact", pair.found->exact);
}

}  // namespace

table::Table correlation(const ScoredRun& run, const std::vector<Measure>& measures, const AnalysisRequest& request,
                         const RunHeader& header) {
  const std::vector<std::vector<OptionalFigure>> figures = figures_of(run, measures, request.threads);
  std::vector<Pair> pairs;
  for (size_t a = 0; a < measures.size(); ++a) {
    for (size_t b = a + 1; b < measures.size(); ++b) pairs.push_back(pair_of(figures, a, b, request.min_shown));
  }
  adjust(pairs);
  table::Table out;
  out.schema = "hrctl.correlation/v1";
  out.title = {"Correlations in " + header.cycle, header.cycle + " 相关性"};
  set_header(out, header);
  out.columns = correlation_columns(measures, request.min_shown);
  Rows rows(out);
  bool hidden = false;
  for (const Pair& pair : pairs) {
    add_pair(rows, measures, pair);
    hidden = hidden || pair.shown != Shown::shown;
  }
  rows.end();
  out.notes.push_back(
      {"rho: Spearman's rank correlation of the people who have both, with its 95 % interval; p adjusted "
       "(Benjamini–Hochberg) takes all pairs into account; a correlation is no cause",
       "rho：同时有两项数字的人的斯皮尔曼秩相关系数，附 95 % 区间；校正 p 值（Benjamini–Hochberg）已考虑所有配对；"
       "相关不等于因果"});
  note_small_groups(out, request.min_shown, hidden);
  return out;
}

}  // namespace hr::report
