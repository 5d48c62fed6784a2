// `report units`: headcount and pay of the day, mean scores of a run; every unit with all below it.
#include <algorithm>
#include <optional>

#include "report/columns.h"
#include "report/exact_sum.h"
#include "report/reports.h"
#include "report/unit_tree.h"

namespace hr::report {

using facts::kNone;
using table::Column;
using table::Kind;
using table::Show;

namespace {

using Members = std::vector<std::pair<uint32_t, uint32_t>>;

// The spells of the people in service on the day, each with its unit.
Members staff_of(const facts::Dataset& dataset) {
  Members staff;
  for (uint32_t s = 0; s < dataset.spells.size(); ++s) {
    if (dataset.spells.range[s].contains(dataset.as_of)) staff.emplace_back(dataset.spells.unit[s], s);
  }
  return staff;
}

// The rows of a run, each with its unit; a unit that the tree does not have counts as none.
Members scored_of(const facts::OrgTree& tree, const facts::Frame& scores) {
  Members scored;
  const facts::Column* unit = scores.find("org_unit");
  for (uint32_t row = 0; row < scores.size(); ++row) {
    const bool has = unit != nullptr && !unit->missing(row);
    scored.emplace_back(has ? tree.find(unit->text(row)).value_or(kNone) : kNone, row);
  }
  return scored;
}

// Pay of some people; the units whose pay cannot be added up.
struct Pay {
  ExactSum sum;
  std::vector<Decimal> values;
  std::optional<std::string> currency;
  bool mixed = false;
};

Pay pay_of(const facts::Frame& attributes, std::span<const uint32_t> spells) {
  const facts::Column* salary = attributes.find("base_salary");
  const facts::Column* currency = attributes.find("currency");
  Pay pay;
  if (salary == nullptr) return pay;
  for (const uint32_t s : spells) {
    const std::optional<Decimal> value = salary->decimal(s);
    if (!value) continue;
    const std::string_view unit = currency != nullptr ? currency->text(s) : std::string_view{};
    if (!pay.currency) pay.currency = unit;
    pay.mixed = pay.mixed || *pay.currency != unit;
    pay.sum.add(*value);
    pay.values.push_back(*value);
  }
  return pay;
}

class UnitsReport {
 public:
  UnitsReport(const facts::Dataset& dataset, const facts::Frame* scores)
      : dataset_(dataset),
        scores_(scores),
        order_(order_units(dataset.units)),
        staff_(order_, staff_of(dataset), dataset.units.size()),
        scored_(order_, scores != nullptr ? scored_of(dataset.units, *scores) : Members{}, dataset.units.size()) {
    make_columns();
  }

  table::Table build() {
    const std::vector<uint8_t> shown = shown_places();
    for (size_t i = 0; i < order_.units.size(); ++i) {
      if (shown[i] == 0) continue;
      const uint32_t u = order_.units[i];
      const facts::OrgTree& tree = dataset_.units;
      next().add(tree.id[u]);
      add_text_or_missing(tree.name[u]);
      add_text_or_missing(tree.parent[u] == kNone ? std::string() : tree.id[tree.parent[u]]);
      add_figures(tree.id[u], staff_.within(i, order_.size[i]), staff_.direct(i).size(),
                  scored_.within(i, order_.size[i]), tree.depth[u] - 1);
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
    if (scores_ == nullptr) return;
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
      for (size_t j = i; j < i + order_.size[i] && shown[i] == 0; ++j) {
        shown[i] =
            dataset_.units.listed[order_.units[j]] != 0 || !staff_.direct(j).empty() || !scored_.direct(j).empty();
      }
    }
    return shown;
  }

  void add_people_without_unit() {
    const auto staff = staff_.without_unit();
    const auto scored = scored_.without_unit();
    if (staff.empty() && scored.empty()) return;
    for (int i = 0; i < 3; ++i) next().add_missing();
    add_figures("", staff, staff.size(), scored, 0);
  }

  void add_figures(const std::string& unit, std::span<const uint32_t> staff, size_t direct,
                   std::span<const uint32_t> scored, uint32_t depth) {
    add_count(staff.size());
    Pay pay = pay_of(dataset_.spells.attributes, staff);
    if (pay.mixed)
      mixed_.push_back(unit);
    else if (pay.sum.count() > 0 && !pay.sum.total())
      too_large_ = true;
    next().add_optional(pay.mixed ? std::nullopt : pay.sum.total());
    next().add_optional(pay.mixed ? std::nullopt : pay.sum.mean());
    next().add_optional(pay.mixed ? std::nullopt : median(pay.values));
    add_count(direct);
    add_text_or_missing(pay.mixed ? std::string() : pay.currency.value_or(""));
    add_count(staff.size() - pay.sum.count());
    add_count(depth);
    if (scores_ != nullptr) add_scores(scored);
    out_.depth.push_back(static_cast<uint16_t>(std::min(depth, 0xFFFFU)));
    at_ = 0;
  }

  void add_scores(std::span<const uint32_t> rows) {
    const facts::Column* status = scores_->find("status");
    std::vector<uint32_t> rated;
    for (const uint32_t row : rows) {
      if (status != nullptr && status->text(row) == "rated") rated.push_back(row);
    }
    add_count(rated.size());
    add_count(rows.size() - rated.size());
    for (const char* name : {"score", "kpi", "okr", "feedback", "coverage"}) {
      const facts::Column* column = scores_->find(name);
      ExactSum sum;
      for (const uint32_t row : rated) {
        if (column == nullptr) break;
        if (const auto value = column->decimal(row)) sum.add(*value);
      }
      next().add_optional(sum.mean());
    }
  }

  void add_notes() {
    if (!mixed_.empty()) {
      std::string names;
      for (size_t i = 0; i < mixed_.size() && i < 5; ++i)
        names += (i > 0 ? ", " : "") + (mixed_[i].empty() ? std::string("-") : mixed_[i]);
      if (mixed_.size() > 5) names += ", …";
      out_.notes.push_back({"pay in several currencies is not added up: " + names, "多币种薪资不合计：" + names});
    }
    if (too_large_)
      out_.notes.push_back({"a sum of pay of more than 18 digits is left empty", "超过 18 位的薪资合计留空"});
    const auto staff = staff_of(dataset_);
    std::vector<uint32_t> all;
    for (const auto& [unit, spell] : staff) all.push_back(spell);
    const size_t paid = pay_of(dataset_.spells.attributes, all).sum.count();
    if (paid > 0 && paid < all.size()) {
      const std::string n = std::to_string(all.size() - paid);
      out_.notes.push_back({"people without a base_salary, left out of sums, means and medians: " + n,
                            "没有 base_salary 的人不计入合计、均值和中位数：" + n + " 人"});
    }
  }

  Column& next() { return out_.columns[at_++]; }
  void add_count(size_t n) { next().add(make_decimal(static_cast<int64_t>(n))); }
  void add_text_or_missing(const std::string& text) {
    Column& column = next();
    if (text.empty())
      column.add_missing();
    else
      column.add(text);
  }

  const facts::Dataset& dataset_;
  const facts::Frame* scores_;
  UnitOrder order_;
  UnitMembers staff_;
  UnitMembers scored_;
  table::Table out_;
  size_t at_ = 0;                   // the column to fill next
  std::vector<std::string> mixed_;  // units whose people are paid in several currencies
  bool too_large_ = false;
};

}  // namespace

table::Table units(const facts::Dataset& dataset, const facts::Frame* scores, const std::optional<RunHeader>& header) {
  table::Table out = UnitsReport(dataset, scores).build();
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
