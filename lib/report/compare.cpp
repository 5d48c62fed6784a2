// `report compare`: the groups of an attribute, each against all others.
#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <utility>

#include "report/analysis.h"
#include "report/columns.h"
#include "report/rows.h"
#include "report/small_groups.h"
#include "stats/figures.h"
#include "stats/moments.h"
#include "stats/multiple.h"
#include "stats/permutation.h"

namespace hr::report {

using table::Column;
using table::Kind;
using table::Show;

namespace {

std::vector<Column> compare_columns(uint32_t min_shown) {
  std::vector<Column> columns{make_column("group", "Group", "组", Kind::text, Show::key),
                              people_column("n", "People", "人数", min_shown),
                              make_figure_column("median", "Median", "中位数", Kind::number, Show::key),
                              make_figure_column("q1", "Q1", "下四分位"),
                              make_figure_column("q3", "Q3", "上四分位"),
                              make_figure_column("mean", "Mean", "均值"),
                              make_figure_column("g", "g", "效应量 g"),
                              make_figure_column("p", "p", "p 值", Kind::number, Show::more),
                              make_figure_column("p_adjusted", "p adjusted", "校正 p 值"),
                              make_column("permutations", "Permutations", "置换次数", Kind::number, Show::wide),
                              make_column("exact", "Exact", "精确", Kind::boolean, Show::programs),
                              shown_column()};
  columns[0].missing = {"(none)", "（无）"};
  for (const size_t p : {7U, 8U}) columns[p].table_decimals = 4;
  return columns;
}

// How people say an attribute of everybody; one of a company's own stays as its column is named.
table::Label attribute_words(const std::string& attribute) {
  static const std::map<std::string, table::Label> kWords{
      {"org_unit", {"unit", "组织"}},      {"job", {"job", "职位"}},
      {"grade", {"grade", "职级"}},        {"region", {"region", "地区"}},
      {"manager_id", {"manager", "上级"}}, {"legal_entity", {"legal entity", "法人实体"}}};
  const auto found = kWords.find(attribute);
  return found != kWords.end() ? found->second : table::Label{attribute, " " + attribute + " "};
}

// What stands against all others: nothing where there are none.
struct Against {
  std::optional<double> g;
  std::optional<stats::PermutationTest> test;
  std::optional<double> adjusted;
};

// Merged moments of [0, i) and of [i + 1, …): no group is subtracted from a total.
std::vector<stats::Moments> moments_of_others(const std::vector<Group>& groups) {
  std::vector<stats::Moments> own;
  for (const Group& g : groups) own.push_back(stats::moments_of(g.figures));
  std::vector<stats::Moments> others(groups.size());
  stats::Moments before;
  for (size_t i = 0; i < own.size(); ++i) {
    others[i] = before;
    before = stats::merged(before, own[i]);
  }
  stats::Moments after;
  for (size_t i = own.size(); i-- > 0;) {
    others[i] = stats::merged(others[i], after);
    after = stats::merged(own[i], after);
  }
  return others;
}

std::vector<Against> against_others(const std::vector<Group>& groups, const std::vector<Shown>& shown, int threads) {
  std::vector<Against> all(groups.size());
  const std::vector<stats::Moments> others = moments_of_others(groups);
  std::vector<Figure> figures;
  for (const Group& g : groups) figures.insert(figures.end(), g.figures.begin(), g.figures.end());
  stats::Permutations permutations(std::move(figures), threads);
  std::vector<double> p;
  for (size_t i = 0; i < groups.size(); ++i) {
    if (shown[i] != Shown::shown || groups.size() < 2) continue;
    all[i].g = stats::hedges_g(stats::moments_of(groups[i].figures), others[i]);
    all[i].test = permutations.test(groups[i].figures);
    p.push_back(all[i].test->p);
  }
  const std::vector<double> adjusted = stats::benjamini_hochberg(p);
  size_t next = 0;
  for (Against& a : all) {
    if (a.test) a.adjusted = adjusted[next++];
  }
  return all;
}

// Highest median first, equal ones by name; last those that are hidden.
std::vector<size_t> order_of(const std::vector<Group>& groups, const std::vector<Shown>& shown) {
  std::vector<size_t> order;
  for (size_t i = 0; i < groups.size(); ++i) order.push_back(i);
  const auto median = [&](size_t i) { return stats::quantile(groups[i].figures, 50); };
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    const bool hidden_a = shown[a] != Shown::shown;
    const bool hidden_b = shown[b] != Shown::shown;
    if (hidden_a || hidden_b) return hidden_a < hidden_b;
    return median(a) > median(b);
  });
  return order;
}

void add_group(Rows& rows, const Group& group, Shown shown, const Against& against) {
  rows.begin();
  rows.put("group", group.name);
  put_people(rows, "n", static_cast<uint32_t>(group.figures.size()), shown);
  if (shown != Shown::shown) return;
  rows.put("median", stats::quantile(group.figures, 50));
  rows.put("q1", stats::quantile(group.figures, 25));
  rows.put("q3", stats::quantile(group.figures, 75));
  rows.put("mean", *stats::mean(group.figures));
  rows.measure("g", against.g);
  if (!against.test) return;
  rows.measure("p", against.test->p);
  rows.measure("p_adjusted", against.adjusted);
  rows.count("permutations", static_cast<int64_t>(against.test->permutations));
  rows.flag("exact", against.test->exact);
}

void add_notes(table::Table& out, const std::vector<Against>& against) {
  const auto tested =
      std::count_if(against.begin(), against.end(), [](const Against& a) { return a.test.has_value(); });
  if (tested == 0) {
    out.notes.push_back({"no group is compared: that takes two groups, and figures that may be shown",
                         "没有可比较的组：至少要有两个组，且数字可以显示"});
    return;
  }
  const std::string n = std::to_string(tested);
  out.notes.push_back(
      {"each group against all others: g is Hedges' g; p is of the difference of means when the figures "
       "are dealt out anew; p adjusted (Benjamini–Hochberg) takes into account that " +
           n + (tested == 1 ? " group is" : " groups are") + " looked at",
       "每组与其余所有人比较：g 为 Hedges' g；p 值为均值之差的双侧置换检验；校正 p 值（Benjamini–Hochberg）"
       "已考虑同时检验 " +
           n + " 个组"});
}

}  // namespace

std::optional<table::Table> compare(const ScoredRun& run, const Measure& measure, const AnalysisRequest& request,
                                    const RunHeader& header) {
  const std::vector<OptionalFigure> figures = figures_of(run, std::span(&measure, 1), request.threads)[0];
  const std::vector<Group> groups = groups_of(run, request.attribute, figures);
  if (groups.empty()) return std::nullopt;
  const std::vector<Shown> shown = shown_of(groups, request.min_shown);
  const std::vector<Against> against = against_others(groups, shown, request.threads);
  table::Table out;
  out.schema = "hrctl.compare/v1";
  const table::Label by = attribute_words(request.attribute);
  out.title = {measure.name.en + " by " + by.en + ", " + header.cycle,
               header.cycle + " " + measure.name.zh + "：按" + by.zh + "比较"};
  set_header(out, header);
  out.facts.emplace_back("by", request.attribute);
  out.facts.emplace_back("measure", measure.id);
  out.columns = compare_columns(request.min_shown);
  Rows rows(out);
  for (const size_t i : order_of(groups, shown)) add_group(rows, groups[i], shown[i], against[i]);
  rows.end();
  if (std::count(shown.begin(), shown.end(), Shown::shown) > 0)
    out.charts.push_back(middle_half_chart("group", {"q1", "median", "q3", "mean"}));
  add_notes(out, against);
  note_small_groups(out, request.min_shown, any_hidden(shown));
  return out;
}

}  // namespace hr::report
