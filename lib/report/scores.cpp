// `report scores`: everybody in the run, with the figures that a score is made of.
#include <algorithm>

#include "base/parallel.h"
#include "report/columns.h"
#include "report/reports.h"

namespace hr::report {

using table::Column;
using table::Kind;
using table::Show;

int decimals_of_scores(const facts::Frame& scores) {
  const facts::Column* column = scores.find("decimals");
  int most = -1;
  if (column == nullptr) return most;
  for (const Decimal& d : column->decimals) {
    if (d.scale >= 0) most = std::max(most, static_cast<int>(d.unscaled));
  }
  return most;
}

static std::vector<Column> score_columns(int decimals, const model::Definitions& definitions) {
  std::vector<Column> columns{
      make_column("employee_id", "Employee", "工号", Kind::text, Show::key),
      make_column("name", "Name", "姓名", Kind::text),
      make_column("org_unit", "Unit", "组织", Kind::text, Show::more),
      make_column("score", "Score", "得分", Kind::number, Show::key),
      make_column("band", "Band", "等级", Kind::choice, Show::key),
      make_figure_column("coverage", "Coverage", "覆盖率", Kind::percent, Show::more),
      make_column("status", "Status", "状态", Kind::choice, Show::wide),
      make_column("reasons", "Reasons", "原因", Kind::list),
      make_column("rank", "Rank", "名次", Kind::number),
      make_figure_column("percentile", "Percentile", "百分位", Kind::number, Show::wide),
      make_figure_column("kpi", "KPI", "KPI", Kind::number, Show::more),
      make_figure_column("okr", "OKR", "OKR", Kind::number, Show::more),
      make_figure_column("feedback", "Feedback", "360 反馈", Kind::number, Show::more),
      make_column("raw_score", "Raw score", "原始分", Kind::number, Show::programs),
      make_column("score_exact", "Exact score", "精确分", Kind::number, Show::programs),
      make_column("flags", "Flags", "标记", Kind::list, Show::more),
      make_column("job", "Job", "职位", Kind::text, Show::wide),
      make_column("grade", "Grade", "职级", Kind::text, Show::wide),
      make_column("region", "Region", "地区", Kind::text, Show::wide),
      make_column("manager_id", "Manager", "上级", Kind::text, Show::wide),
      make_column("plan", "Plan", "方案", Kind::text, Show::wide),
      make_column("coefficient", "Coefficient", "绩效系数", Kind::number, Show::wide),
      make_column("rank_group", "Ranked within", "排名范围", Kind::text, Show::programs),
  };
  columns[3].decimals = decimals;
  columns[4].labels = band_labels(definitions);
  columns[6].labels = status_labels();
  columns[7].labels = reason_labels();
  columns[7].below = true;
  columns[15].labels = flag_labels();
  return columns;
}

std::span<const std::string_view> columns_of_scores() {
  static constexpr std::string_view kColumns[] = {
      "employee_id", "name",       "org_unit", "score",      "band",     "coverage",    "status",      "reasons",
      "rank",        "percentile", "kpi",      "okr",        "feedback", "raw_score",   "score_exact", "flags",
      "job",         "grade",      "region",   "manager_id", "plan",     "coefficient", "rank_group",  "decimals"};
  return kColumns;
}

table::Table scores(facts::Frame scores, const RunHeader& header, const model::Definitions& definitions, int threads) {
  const int decimals = decimals_of_scores(scores);
  return some_scores(std::move(scores), header, definitions, decimals, threads);
}

table::Table some_scores(facts::Frame scores, const RunHeader& header, const model::Definitions& definitions,
                         int decimals, int threads) {
  table::Table out;
  out.schema = "hrctl.scores/v1";
  out.title = {"Scores of " + header.cycle, header.cycle + " 绩效得分"};
  set_header(out, header);
  out.columns = score_columns(decimals, definitions);
  for_pieces(out.columns.size(), threads,
             [&](size_t i, size_t) { take_column(out.columns[i], scores.find(out.columns[i].key), scores.size()); });
  return out;
}

}  // namespace hr::report
