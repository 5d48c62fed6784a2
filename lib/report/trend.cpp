// `report trend`: does a figure rise or fall from period to period, and how fast?
#include <algorithm>

#include "report/columns.h"
#include "report/level_reports.h"
#include "report/rows.h"
#include "report/shown_levels.h"
#include "stats/multiple.h"
#include "stats/trend.h"

namespace hr::report {

using table::Column;
using table::Kind;
using table::Show;

namespace {

constexpr int64_t kSeasonalYears = 3;

struct Tested {
  std::optional<stats::Slope> slope;
  std::optional<stats::Kendall> kendall;
  std::optional<double> adjusted;
  std::optional<stats::Kendall> seasonal;
};

std::vector<Column> trend_columns(const LevelsRequest& request) {
  std::vector<Column> columns{make_column("section", "Section", "部分", Kind::choice, Show::key),
                              make_column("group", "Group", "组", Kind::text, Show::key),
                              make_column("kind", "Periods of", "期间类型", Kind::choice, Show::wide),
                              make_column("period", "Period", "期间", Kind::text, Show::key),
                              people_column("n", "People", "人数", request.min_shown),
                              make_figure_column("value", "Median", "中位数", Kind::number, Show::key),
                              make_column("periods", "Periods", "期间数", Kind::number, Show::key),
                              make_column("first", "First", "首期", Kind::text),
                              make_column("last", "Last", "末期", Kind::text),
                              make_figure_column("slope", "A period", "每期变化", Kind::number, Show::key),
                              make_figure_column("low", "From", "下限"),
                              make_figure_column("high", "To", "上限"),
                              make_column("s", "S", "S", Kind::number, Show::wide),
                              make_figure_column("p", "p", "p 值", Kind::number, Show::more),
                              make_figure_column("p_adjusted", "p adjusted", "校正 p 值"),
                              make_column("exact", "Exact", "精确", Kind::boolean, Show::programs),
                              make_column("seasonal_s", "Seasonal S", "季节 S", Kind::number, Show::wide),
                              make_figure_column("seasonal_p", "Seasonal p", "季节 p 值", Kind::number, Show::more),
                              shown_column()};
  columns[0].labels = {{"trend", {"Trend", "趋势"}}, {"series", {"Series", "序列"}}};
  columns[1].missing = request.attribute.empty() ? table::Label{"(all)", "（全部）"} : table::Label{"(none)", "（无）"};
  columns[2].labels = period_labels();
  for (Column& c : columns) {
    if (c.key.starts_with("p") && c.kind == Kind::number && c.table_decimals == 2) c.table_decimals = 4;
    if (c.key == "seasonal_p") c.table_decimals = 4;
  }
  return columns;
}

Tested test_of(const ShownLevels& shown) {
  std::vector<stats::Point> points;
  for (const model::Level& level : shown.levels) points.push_back({level.time, level.value.to_double()});
  Tested tested;
  tested.slope = stats::theil_sen(points);
  if (points.size() >= 3) tested.kendall = stats::mann_kendall(points);
  const int64_t seasons = shown.of->seasons;
  if (seasons != 0 && !points.empty() && points.back().time - points.front().time + 1 >= kSeasonalYears * seasons)
    tested.seasonal = stats::seasonal_kendall(points, seasons);
  return tested;
}

std::vector<Tested> tests_of(const std::vector<ShownLevels>& all) {
  std::vector<Tested> tests;
  std::vector<double> p;
  for (const ShownLevels& shown : all) {
    tests.push_back(test_of(shown));
    if (tests.back().kendall) p.push_back(tests.back().kendall->p);
  }
  const std::vector<double> adjusted = stats::benjamini_hochberg(p);
  size_t next = 0;
  for (Tested& tested : tests) {
    if (tested.kendall) tested.adjusted = adjusted[next++];
  }
  return tests;
}

void begin(Rows& rows, const char* section, const ShownLevels& shown) {
  rows.begin();
  rows.put("section", std::string(section));
  rows.put("group", shown.of->group);
  rows.put("kind", shown.of->kind);
}

void add_trend(Rows& rows, const ShownLevels& shown, const Tested& tested) {
  begin(rows, "trend", shown);
  put_people(rows, "n", shown.people, shown.shown);
  if (shown.shown != Shown::shown) return;
  rows.count("periods", static_cast<int64_t>(shown.levels.size()));
  rows.put("first", shown.levels.front().period);
  rows.put("last", shown.levels.back().period);
  if (tested.slope) {
    rows.measure("slope", tested.slope->slope);
    rows.measure("low", tested.slope->low);
    rows.measure("high", tested.slope->high);
  }
  if (tested.kendall) {
    rows.count("s", tested.kendall->s);
    rows.measure("p", tested.kendall->p);
    rows.measure("p_adjusted", tested.adjusted);
    rows.flag("exact", tested.kendall->exact);
  }
  if (!tested.seasonal) return;
  rows.count("seasonal_s", tested.seasonal->s);
  rows.measure("seasonal_p", tested.seasonal->p);
}

void add_series(Rows& rows, const ShownLevels& shown) {
  for (const model::Level& level : shown.levels) {
    begin(rows, "series", shown);
    rows.put("period", level.period);
    rows.count("n", level.people);
    rows.put("value", level.value);
  }
}

}  // namespace

table::Table trend(const std::vector<model::Levels>& levels, const Measure& measure, const LevelsRequest& request) {
  const std::vector<ShownLevels> all = shown_levels(levels, request.min_shown);
  const std::vector<Tested> tests = tests_of(all);
  table::Table out;
  out.schema = "hrctl.trend/v1";
  out.title = {"Trend of " + measure.name.en, measure.name.zh + " 趋势"};
  out.split_by = "section";
  out.facts = {{"by", request.attribute}, {"measure", measure.id}, {"as_of", request.as_of}};
  out.nullable_facts.emplace_back("by");
  out.columns = trend_columns(request);
  Rows rows(out);
  for (size_t i = 0; i < all.size(); ++i) add_trend(rows, all[i], tests[i]);
  for (const ShownLevels& shown : all) add_series(rows, shown);
  rows.end();
  out.notes.push_back(
      {"a period: the median change from one period to the next (Theil–Sen) with its 95 % interval; p: "
       "Mann–Kendall, whether it rises or falls at all; p adjusted (Benjamini–Hochberg) takes all rows "
       "into account",
       "每期变化：相邻期间变化的中位斜率（Theil–Sen）及 95 % 区间；p 值：Mann–Kendall 检验是否有升降；校正 p 值"
       "（Benjamini–Hochberg）已考虑所有行"});
  note_small_groups(out, request.min_shown, any_hidden(all));
  return out;
}

}  // namespace hr::report
