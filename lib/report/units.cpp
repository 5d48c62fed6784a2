// `report units`: headcount and pay of the day, mean scores of a run; every unit with all below it.
#include <algorithm>
#include <optional>

#include "base/listed.h"
#include "base/parallel.h"
#include "report/columns.h"
#include "report/reports.h"
#include "report/unit_figures.h"

namespace hr::report {

using facts::kNone;
using table::Column;
using table::Kind;
using table::Show;

namespace {

class UnitsReport {
 public:
  UnitsReport(const facts::Dataset& dataset, const UnitScores& scores, int threads)
      : dataset_(dataset), order_(order_units(dataset.units)) {
    for_pieces(scores.given() ? 2 : 1, threads, [&](size_t part, size_t) {
      if (part == 0)
        staff_ = staff_figures(dataset, order_, threads);
      else
        scored_ = score_figures(dataset, order_, scores);
    });
    make_columns();
  }

  table::Table build() {
    const std::vector<uint8_t> shown = shown_places();
    for (size_t i = 0; i < order_.units.size(); ++i) {
      if (shown[i] == 0) continue;
      const uint32_t u = order_.units[i];
      const facts::OrgTree& tree = dataset_.units;
      next().add(std::string(tree.id[u]));
      add_text_or_missing(tree.name[u]);
      add_text_or_missing(tree.parent[u] == kNone ? std::string_view() : tree.id[tree.parent[u]]);
      add_figures(std::string(tree.id[u]), i, tree.depth[u] - 1);
    }
    add_people_without_unit();
    add_notes();
    return std::move(out_);
  }

 private:
  void make_columns() {
    out_.columns = {
        make_column("org_unit", "Unit", "组织", Kind::text, Show::key),
        make_column("name", "Name", "名称", Kind::text),
        make_column("parent", "Parent", "上级组织", Kind::text, Show::programs),
        make_column("headcount", "Headcount", "人数", Kind::number, Show::key),
        make_column("salary_total", "Salary total", "薪资合计", Kind::number, Show::more),
        make_figure_column("salary_mean", "Salary mean", "薪资均值", Kind::number, Show::more),
        make_figure_column("salary_median", "Salary median", "薪资中位数", Kind::number, Show::more),
        make_column("headcount_direct", "Direct", "直属人数", Kind::number, Show::wide),
        make_column("currency", "Currency", "币种", Kind::text, Show::wide),
        make_column("salary_missing", "Without salary", "无薪资人数", Kind::number, Show::programs),
        make_column("depth", "Depth", "层级", Kind::number, Show::programs),
    };
    out_.columns[0].tree = true;
    out_.columns[0].missing = {"(no unit)", "（无部门）"};
    out_.columns[1].remark = true;
    out_.column("currency").remark = true;
    out_.columns[4].table_decimals = 2;
    if (!scored_) return;
    for (Column& column : std::vector<Column>{
             make_column("rated", "Rated", "已评定", Kind::number),
             make_column("not_rated", "Not rated", "未评定", Kind::number, Show::more),
             make_figure_column("score_mean", "Mean score", "平均得分", Kind::number, Show::key),
             make_figure_column("kpi_mean", "Mean KPI", "KPI 均值", Kind::number, Show::wide),
             make_figure_column("okr_mean", "Mean OKR", "OKR 均值", Kind::number, Show::wide),
             make_figure_column("feedback_mean", "Mean feedback", "反馈均值", Kind::number, Show::wide),
             make_figure_column("coverage_mean", "Mean coverage", "平均覆盖率", Kind::percent, Show::wide)}) {
      out_.columns.push_back(std::move(column));
    }
  }

  // Units in force, units with people that day or in the run, and what lies above them.
  std::vector<uint8_t> shown_places() const {
    std::vector<uint8_t> shown(order_.units.size());
    for (size_t i = 0; i < shown.size(); ++i) {
      const bool has_people = staff_.direct[i] > 0 || (scored_ && scored_->direct[i] > 0);
      shown[i] = has_people || dataset_.units.listed[order_.units[i]] != 0;
    }
    roll_up(order_, shown, [](uint8_t& above, uint8_t below) { above = above != 0 || below != 0; });
    return shown;
  }

  void add_people_without_unit() {
    const size_t place = order_.without_unit();
    if (staff_.direct[place] == 0 && (!scored_ || scored_->direct[place] == 0)) return;
    for (int i = 0; i < 3; ++i) next().add_missing();
    add_figures("", place, 0);
  }

  void add_figures(const std::string& unit, size_t place, uint32_t depth) {
    add_count(staff_.headcount[place]);
    add_pay(unit, place);
    add_count(staff_.direct[place]);
    add_text_or_missing(currency_of(place));
    add_count(staff_.headcount[place] - staff_.pay[place].count());
    add_count(depth);
    if (scored_) add_scores(place);
    out_.depth.push_back(static_cast<uint16_t>(std::min(depth, 0xFFFFU)));
    at_ = 0;
  }

  void add_pay(const std::string& unit, size_t place) {
    const ExactSum& pay = staff_.pay[place];
    if (staff_.currency[place] == kMixedCurrencies) {
      mixed_.push_back(unit);
      for (int i = 0; i < 3; ++i) next().add_missing();
      return;
    }
    const std::optional<Decimal> total = pay.total();
    too_large_ = too_large_ || (pay.count() > 0 && !total);
    next().add_optional(total);
    next().add_optional(pay.mean());
    next().add_optional(staff_.median_pay[place]);
  }

  std::string currency_of(size_t place) const {
    const uint32_t code = staff_.currency[place];
    if (code == kNobodyPaid || code == kMixedCurrencies || code == facts::kMissingCode) return {};
    return std::string(dataset_.spells.attributes.find("currency")->dictionary[code]);
  }

  void add_scores(size_t place) {
    add_count(scored_->rated[place]);
    add_count(scored_->listed[place] - scored_->rated[place]);
    for (const std::vector<ExactSum>& sums : scored_->sums) next().add_optional(sums[place].mean());
  }

  void add_notes() {
    if (!mixed_.empty()) {
      const auto name = [](const std::string& currency) { return currency.empty() ? std::string("-") : currency; };
      std::string names = listed(std::span(mixed_).first(std::min<size_t>(mixed_.size(), 5)), name);
      if (mixed_.size() > 5) names += ", …";
      out_.notes.push_back({"pay in several currencies is not added up: " + names, "多币种薪资不合计：" + names});
    }
    if (too_large_)
      out_.notes.push_back({"a sum of pay of more than 18 digits is left empty", "超过 18 位的薪资合计留空"});
    if (staff_.paid > 0 && staff_.paid < staff_.people) {
      const std::string n = std::to_string(staff_.people - staff_.paid);
      out_.notes.push_back({"people without a base_salary, left out of sums, means and medians: " + n,
                            "没有 base_salary 的人不计入合计、均值和中位数：" + n + " 人"});
    }
  }

  Column& next() { return out_.columns[at_++]; }
  void add_count(size_t n) { next().add(make_decimal(static_cast<int64_t>(n))); }
  void add_text_or_missing(std::string_view text) {
    Column& column = next();
    if (text.empty())
      column.add_missing();
    else
      column.add(std::string(text));
  }

  const facts::Dataset& dataset_;
  UnitOrder order_;
  StaffFigures staff_;
  std::optional<ScoreFigures> scored_;  // none without a run
  table::Table out_;
  size_t at_ = 0;                   // the column to fill next
  std::vector<std::string> mixed_;  // units whose people are paid in several currencies
  bool too_large_ = false;
};

}  // namespace

std::span<const std::string_view> columns_of_units() {
  static constexpr std::string_view kColumns[] = {"employee_id", "org_unit", "status",   "score",
                                                  "kpi",         "okr",      "feedback", "coverage"};
  return kColumns;
}

std::span<const std::string_view> organisation_of_units() {
  static constexpr std::string_view kColumns[] = {"employee_id",      "from",     "to",          "hire_date",
                                                  "termination_date", "org_unit", "base_salary", "currency"};
  return kColumns;
}

table::Table units(const facts::Dataset& dataset, const UnitScores& scores, const std::optional<RunHeader>& header,
                   int threads) {
  table::Table out = UnitsReport(dataset, scores, threads).build();
  out.schema = "hrctl.units/v1";
  const std::string day = to_string(dataset.as_of);
  out.title = {"Units on " + day, day + " 组织"};
  std::vector<table::Label> notes = std::move(out.notes);
  out.notes.clear();
  if (header)
    set_header(out, *header);
  else
    out.facts = {{"as_of", day}};
  for (auto& [key, value] : out.facts) {
    if (key == "as_of") value = day;
  }
  if (header) {
    out.facts.emplace_back("scores_as_of", header->as_of == day ? std::string() : header->as_of);
    out.nullable_facts.emplace_back("scores_as_of");
  }
  out.notes.insert(out.notes.end(), notes.begin(), notes.end());
  return out;
}

}  // namespace hr::report
