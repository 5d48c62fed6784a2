// `report stability`: how steady each KPI is from period to period.
#include <cmath>

#include "base/exact_sum.h"
#include "report/columns.h"
#include "report/level_reports.h"
#include "report/rows.h"
#include "report/shown_levels.h"

namespace hr::report {

using table::Column;
using table::Kind;
using table::Show;

namespace {

constexpr double kMadFactor = 1.4826;  // makes the MAD of normal values their standard deviation

std::vector<Column> stability_columns(const std::vector<Measure>& measures, const LevelsRequest& request) {
  std::vector<Column> columns{make_column("kpi", "KPI", "KPI", Kind::choice, Show::key),
                              make_column("group", "Group", "组", Kind::text, Show::key),
                              make_column("kind", "Periods of", "期间类型", Kind::choice, Show::wide),
                              people_column("n", "People", "人数", request.min_shown),
                              make_column("periods", "Periods", "期间数", Kind::number),
                              make_figure_column("median", "Median", "中位数", Kind::number, Show::key),
                              make_figure_column("mad", "MAD", "MAD", Kind::number, Show::more),
                              make_figure_column("variation", "Usual swing", "通常波动", Kind::percent, Show::key),
                              make_figure_column("swing", "Largest step", "最大变动"),
                              make_figure_column("swing_share", "Of the median", "占中位数", Kind::percent),
                              make_column("swing_at", "In", "发生于", Kind::text),
                              shown_column()};
  columns[0].labels = measure_labels(measures);
  columns[1].show = request.attribute.empty() ? Show::programs : Show::key;
  if (!request.attribute.empty()) columns[1].missing = {"(none)", "（无）"};
  columns[2].labels = period_labels();
  return columns;
}

std::optional<Decimal> difference(Decimal a, Decimal b) {
  return add(a, {-b.unscaled, b.scale});
}

Decimal magnitude(Decimal d) {
  return d.unscaled < 0 ? Decimal{-d.unscaled, d.scale} : d;
}

// The median of the absolute differences; none beyond 18 digits.
std::optional<Decimal> mad_of(const std::vector<model::Level>& levels, Decimal middle) {
  std::vector<Decimal> distances;
  for (const model::Level& level : levels) {
    const auto d = difference(level.value, middle);
    if (!d) return std::nullopt;
    distances.push_back(magnitude(*d));
  }
  return median(distances);
}

// The largest step from one period to the very next, of equal ones the first.
struct Swing {
  Decimal step;
  std::string period;  // into which it leads
};
std::optional<Swing> largest_swing(const std::vector<model::Level>& levels) {
  std::optional<Swing> largest;
  for (size_t i = 1; i < levels.size(); ++i) {
    const auto step = difference(levels[i].value, levels[i - 1].value);
    if (levels[i].time != levels[i - 1].time + 1 || !step) continue;
    if (!largest || magnitude(*step) > magnitude(largest->step)) largest = Swing{*step, levels[i].period};
  }
  return largest;
}

std::optional<double> percent_of(double part, Decimal whole) {
  if (whole.unscaled == 0) return std::nullopt;
  return 100 * part / std::abs(whole.to_double());
}

void add_row(Rows& rows, const ShownLevels& shown) {
  rows.begin();
  rows.put("kpi", shown.of->figure);
  rows.put("group", shown.of->group);
  rows.put("kind", shown.of->kind);
  put_people(rows, "n", shown.people, shown.shown);
  if (shown.shown != Shown::shown) return;
  rows.count("periods", static_cast<int64_t>(shown.levels.size()));
  std::vector<Decimal> values;
  for (const model::Level& level : shown.levels) values.push_back(level.value);
  const std::optional<Decimal> middle = median(values);
  rows.put("median", middle);
  if (!middle || shown.levels.size() < 2) return;
  if (const auto mad = mad_of(shown.levels, *middle)) {
    rows.put("mad", mad);
    rows.measure("variation", percent_of(kMadFactor * mad->to_double(), *middle));
  }
  if (const auto swing = largest_swing(shown.levels)) {
    rows.put("swing", swing->step);
    rows.measure("swing_share", percent_of(swing->step.to_double(), *middle));
    rows.put("swing_at", swing->period);
  }
}

}  // namespace

const Labels& period_labels() {
  static const Labels labels{{"day", {"days", "日"}},         {"week", {"weeks", "周"}},    {"month", {"months", "月"}},
                             {"quarter", {"quarters", "季"}}, {"half", {"halves", "半年"}}, {"year", {"years", "年"}},
                             {"cycle", {"cycles", "周期"}}};
  return labels;
}

table::Table stability(const std::vector<model::Levels>& levels, const std::vector<Measure>& measures,
                       const LevelsRequest& request) {
  const std::vector<ShownLevels> all = shown_levels(levels, request.min_shown);
  table::Table out;
  out.schema = "hrctl.stability/v1";
  out.title = {"Steadiness of KPIs", "KPI 稳定性"};
  out.facts = {{"by", request.attribute}, {"as_of", request.as_of}};
  out.nullable_facts.emplace_back("by");
  out.columns = stability_columns(measures, request);
  Rows rows(out);
  for (const ShownLevels& shown : all) add_row(rows, shown);
  rows.end();
  out.notes.push_back(
      {"of the medians of people's facts, period by period; usual swing: 1.4826 × the median distance to "
       "their median (MAD), in percent of it; largest step: from one period to the very next",
       "取各期间人员实际值的中位数；通常波动：与其中位数的中位距离（MAD）× 1.4826，占中位数的百分比；最大变动："
       "相邻两期之间"});
  note_small_groups(out, request.min_shown, any_hidden(all));
  return out;
}

}  // namespace hr::report
