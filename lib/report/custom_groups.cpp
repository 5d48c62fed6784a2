#include "report/custom_groups.h"

#include <algorithm>
#include <span>
#include <unordered_map>

#include "base/figure.h"
#include "report/cell_order.h"
#include "report/small_groups.h"
#include "stats/decimals.h"

namespace hr::report {

using model::CustomReport;
using model::GroupFigure;
using model::ReportMeasure;
using table::Column;
using table::Kind;

namespace {

constexpr const char* kNotShown = "not_shown";
using Rows32 = std::vector<uint32_t>;
using Groups = std::vector<Rows32>;  // rows of the view

Groups groups_of(const table::Table& view, const CustomReport& report) {
  std::vector<SortKey> keys;
  for (const model::NamedColumn& column : report.group_by) keys.push_back({view.find(column.name), false});
  const Rows32 order = ordered_rows(view.rows(), keys);
  Groups groups;
  for (const uint32_t row : order) {
    const bool is_new = groups.empty() || std::any_of(keys.begin(), keys.end(), [&](const SortKey& key) {
                          return compare_cells(*key.column, groups.back()[0], row) != 0;
                        });
    if (is_new) groups.emplace_back();
    groups.back().push_back(row);
  }
  return groups;
}

// Who the rows are of, as numbers; a unit that facts or targets are about is nobody.
class People {
 public:
  explicit People(const View& view) {
    const Column* person = view.table.find(view.person);
    if (person == nullptr) return;
    std::unordered_map<std::string_view, uint32_t> numbers;
    for (uint32_t row = 0; row < person->present.size(); ++row) {
      const std::string_view id = person->text(row);
      const bool nobody = person->present[row] == 0 || id.starts_with("unit:");
      of_row_.push_back(nobody ? table::kNoCode : numbers.emplace(id, numbers.size()).first->second);
    }
  }

  uint32_t count(std::span<const uint32_t> rows) const {
    Rows32 people;
    for (const uint32_t row : rows) {
      if (!of_row_.empty() && of_row_[row] != table::kNoCode) people.push_back(of_row_[row]);
    }
    std::sort(people.begin(), people.end());
    return static_cast<uint32_t>(std::unique(people.begin(), people.end()) - people.begin());
  }

 private:
  Rows32 of_row_;
};

// What may be said of each group, from how many people it is. Of nobody, everything may; nor does it hide anybody else.
std::vector<Shown> shown_by(const Rows32& people, uint32_t min_shown) {
  Rows32 some;
  for (const uint32_t n : people) {
    if (n > 0) some.push_back(n);
  }
  const std::vector<Shown> shown_of_some = shown_groups(some, min_shown);
  std::vector<Shown> shown(people.size(), Shown::shown);
  size_t next = 0;
  for (size_t g = 0; g < people.size(); ++g) {
    if (people[g] > 0) shown[g] = shown_of_some[next++];
  }
  return shown;
}

// The rows of a group that have a value.
Rows32 rows_with(const Column& column, std::span<const uint32_t> rows) {
  Rows32 with;
  for (const uint32_t row : rows) {
    if (column.present[row] != 0) with.push_back(row);
  }
  return with;
}

std::optional<Decimal> snapped(std::optional<double> value) {
  const auto figure = value ? snap(*value) : std::nullopt;
  return figure ? std::optional(figure->decimal()) : std::nullopt;
}

std::optional<Decimal> figure_of(const ReportMeasure& measure, std::vector<Decimal> values) {
  if (values.empty()) return std::nullopt;
  std::sort(values.begin(), values.end());
  switch (measure.figure) {
    case GroupFigure::sum:
      return sum(values);
    case GroupFigure::mean:
      return stats::mean(values);
    case GroupFigure::median:
      return stats::quantile(values, 50);
    case GroupFigure::quantile:
      return stats::quantile(values, measure.percent);
    case GroupFigure::min:
      return values.front();
    case GroupFigure::max:
      return values.back();
    case GroupFigure::stddev:
      return snapped(stats::deviation(values));
    case GroupFigure::count:
    case GroupFigure::people:
    case GroupFigure::share:
      break;
  }
  return std::nullopt;
}

class Grouping {
 public:
  Grouping(const View& view, const CustomReport& report, uint32_t min_shown)
      : view_(view), report_(report), min_shown_(min_shown), people_(view), groups_(groups_of(view.table, report)) {
    for (const Rows32& rows : groups_) counts_.push_back(people_.count(rows));
    guarded_ = !view.person.empty() && std::none_of(report.group_by.begin(), report.group_by.end(),
                                                    [&](const auto& c) { return c.name == view.person; });
    shown_ = shown_of(counts_);
    any_hidden_ = any_hidden(shown_);
  }

  table::Table take() {
    for (const model::NamedColumn& column : report_.group_by) add_group_column(*view_.table.find(column.name));
    for (const ReportMeasure& measure : report_.measures) {
      if (is_of_column(measure.figure))
        add_figures(measure);
      else
        add_counts(measure);
    }
    if (mixed_)
      out_.notes.push_back({"pay in several currencies is neither added up nor averaged: group by currency",
                            "多币种薪资不合计、不平均：请按 currency 分组"});
    if (!guarded_) return std::move(out_);
    add_not_shown();
    note_small_groups(out_, min_shown_, any_hidden_, kNotShown);
    return std::move(out_);
  }

 private:
  std::vector<Shown> shown_of(const Rows32& people) const {
    return guarded_ ? shown_by(people, min_shown_) : std::vector<Shown>(people.size(), Shown::shown);
  }

  void add_group_column(const Column& from) {
    Rows32 first;
    for (const Rows32& rows : groups_) first.push_back(rows[0]);
    Column& to = out_.columns.emplace_back(from);
    to.take_rows(first);
    to.show = table::Show::key;
    to.tree = to.below = to.remark = false;
    if (to.missing.en.empty()) to.missing = {"(none)", "（无）"};
  }

  Column& begin_column(const ReportMeasure& measure, Kind kind) {
    Column& column = out_.columns.emplace_back();
    column.key = measure.name;
    column.title = measure.title.empty() ? table::Label{measure.name, measure.name}
                                         : table::Label{measure.title.en, measure.title.zh};
    column.kind = kind;
    return column;
  }

  // Rows, people, or the share of all rows.
  void add_counts(const ReportMeasure& measure) {
    const bool is_share = measure.figure == GroupFigure::share;
    Column& column = begin_column(measure, is_share ? Kind::percent : Kind::number);
    if (is_share || measure.decimals) column.table_decimals = measure.decimals.value_or(1);
    const std::string few = "<" + std::to_string(min_shown_);
    if (guarded_ && measure.figure == GroupFigure::people) column.missing = {few, few};
    for (size_t g = 0; g < groups_.size(); ++g) {
      const auto rows = static_cast<double>(groups_[g].size());
      const bool hidden = is_share ? shown_[g] != Shown::shown : shown_[g] == Shown::suppressed;
      if (hidden)
        column.add_missing();
      else if (is_share)
        column.add_optional(snapped(100 * rows / static_cast<double>(view_.table.rows())));
      else
        column.add(make_decimal(measure.figure == GroupFigure::people ? int64_t{counts_[g]}
                                                                      : static_cast<int64_t>(groups_[g].size())));
    }
  }

  void add_figures(const ReportMeasure& measure) {
    const Column& from = *view_.table.find(measure.of.name);
    Column& column = begin_column(measure, from.kind);
    column.table_decimals = measure.decimals.value_or(kShownDecimals);
    Groups with;
    Rows32 people;
    for (const Rows32& rows : groups_) {
      with.push_back(rows_with(from, rows));
      people.push_back(people_.count(with.back()));
    }
    const std::vector<Shown> shown = shown_of(people);
    for (size_t g = 0; g < groups_.size(); ++g) {
      const bool hidden = shown_[g] != Shown::shown || shown[g] != Shown::shown;
      any_hidden_ = any_hidden_ || hidden;
      if (is_pay(from) && in_several_currencies(with[g])) {
        mixed_ = true;
        column.add_missing();
        continue;
      }
      std::vector<Decimal> values;
      for (const uint32_t row : with[g]) values.push_back(from.numbers[row]);
      column.add_optional(hidden ? std::nullopt : figure_of(measure, std::move(values)));
    }
  }

  bool is_pay(const Column& column) const {
    return std::find(view_.on_request.begin(), view_.on_request.end(), column.key) != view_.on_request.end();
  }
  bool in_several_currencies(const Rows32& rows) const {
    const Column* currency = view_.table.find("currency");
    return currency != nullptr && std::any_of(rows.begin(), rows.end(), [&](uint32_t row) {
             return currency->text(row) != currency->text(rows[0]);
           });
  }

  void add_not_shown() {
    Column& column = out_.columns.emplace_back(shown_column());
    column.key = kNotShown;
    for (const Shown shown : shown_) {
      if (shown == Shown::shown)
        column.add_missing();
      else
        column.add(shown == Shown::suppressed ? "suppressed" : "complementary");
    }
  }

  static constexpr int kShownDecimals = 2;
  const View& view_;
  const CustomReport& report_;
  uint32_t min_shown_;
  People people_;
  Groups groups_;
  Rows32 counts_;  // people of each group
  bool guarded_ = false;
  std::vector<Shown> shown_;
  bool any_hidden_ = false;
  bool mixed_ = false;  // pay in several currencies was asked for
  table::Table out_;
};

}  // namespace

table::Table grouped(const View& view, const CustomReport& report, uint32_t min_shown) {
  return Grouping(view, report, min_shown).take();
}

}  // namespace hr::report
