#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <optional>
#include <set>

#include "engine/cycle/yardstick.h"
#include "engine/import/moves.h"
#include "engine/import/reconcile.h"
#include "facts/cells.h"
#include "facts/targets.h"

namespace hr::engine {

using facts::Column;
using facts::Frame;
using facts::TargetRow;

namespace {

constexpr std::array<std::pair<const char*, std::optional<Decimal> TargetRow::*>, 4> kFields{
    {{"target", &TargetRow::target},
     {"threshold", &TargetRow::threshold},
     {"stretch", &TargetRow::stretch},
     {"weight", &TargetRow::weight}}};

std::string group_of(const Frame& frame, size_t row) {
  return std::string(frame.find("subject")->text(row)) + '\x1f' + std::string(frame.find("kpi")->text(row));
}

// A stored row and those that a file has for the same subject and KPI.
struct TargetGroup {
  struct Stored {
    RecordIndex::Place place;
    TargetRow row;
  };
  std::vector<Stored> stored;
  std::vector<size_t> news;  // rows of the file that say something new
};

class TargetMoves {
 public:
  TargetMoves(const Import& import, const RecordIndex& stored, const Frame& frame, const std::string& file)
      : import_(import), frame_(frame), collector_(import, frame, file), stored_(stored), places_(stored.find(frame)) {}

  RowMoves find(const std::vector<BegunCycle>& cycles) {
    fill_groups();
    for (auto& [key, group] : groups_) {
      for (const BegunCycle& in : cycles) judge(group, in);
    }
    return collector_.take();
  }

 private:
  void fill_groups() {
    const std::vector<Change> changes = reconcile(stored_, frame_, places_);
    for (size_t row = 0; row < frame_.size(); ++row) {
      if (changes[row] != Change::unchanged) groups_[group_of(frame_, row)].news.push_back(row);
    }
    for (const Frame& frame : stored_.frames()) {
      for (size_t row = 0; row < frame.size(); ++row) {
        const auto group = groups_.find(group_of(frame, row));
        if (group != groups_.end()) group->second.stored.push_back({{&frame, row}, facts::target_row(frame, row)});
      }
    }
  }

  // What a row of the file says together with what it leaves as it is.
  TargetRow incoming(size_t row) const {
    TargetRow target = facts::target_row(frame_, row);
    target.origin.source = UINT32_MAX;  // after everything stored
    const RecordIndex::Place& place = places_[row];
    if (place.frame == nullptr) return target;
    const TargetRow old = facts::target_row(*place.frame, place.row);
    const auto carries = [&](const char* name) {
      const Column* column = frame_.find(name);
      return column != nullptr && column->carried;
    };
    if (!carries("to")) target.range.to = old.range.to;
    for (const auto& [name, member] : kFields) {
      if (!carries(name)) target.*member = old.*member;
    }
    return target;
  }

  std::vector<TargetRow> with(const TargetGroup& group, const std::vector<size_t>& rows) const {
    std::vector<TargetRow> all;
    for (const TargetGroup::Stored& s : group.stored) {
      const bool replaced = std::any_of(rows.begin(), rows.end(), [&](size_t row) {
        return places_[row].frame == s.place.frame && places_[row].row == s.place.row;
      });
      if (!replaced && !s.row.range.empty()) all.push_back(s.row);
    }
    for (const size_t row : rows) {
      if (const TargetRow target = incoming(row); !target.range.empty()) all.push_back(target);
    }
    return facts::in_force(std::move(all), [](const TargetRow&, const TargetRow&) {});
  }

  using Values = std::array<std::string, kFields.size()>;
  static Values values_in(const std::vector<TargetRow>& rows, DateRange days) {
    Values values;
    for (size_t i = 0; i < kFields.size(); ++i) {
      std::vector<std::pair<Date, std::optional<Decimal>>> steps;
      for (const TargetRow& row : rows) {
        if (!steps.empty() && steps.back().first == row.range.from) steps.pop_back();
        steps.emplace_back(row.range.from, row.*(kFields[i].second));
        if (row.range.to < kFarFuture) steps.emplace_back(row.range.to, std::nullopt);
      }
      values[i] = in_the_course_of(days, steps);
    }
    return values;
  }

  // The rows at fault: those that alone would change the cycle, or all when only together they do.
  std::vector<size_t> rows_that_move(const TargetGroup& group, const Values& before, DateRange days) const {
    std::vector<size_t> rows;
    for (const size_t row : group.news) {
      if (values_in(with(group, {row}), days) != before) rows.push_back(row);
    }
    return rows.empty() ? group.news : rows;
  }

  void judge(const TargetGroup& group, const BegunCycle& in) {
    const DateRange days = in.cycle->range;
    const Values before = values_in(with(group, {}), days);
    const Values after = values_in(with(group, group.news), days);
    if (before == after) return;
    const bool is_first = before == Values{} && !was_scored(group.news.front(), in);
    for (const size_t row : rows_that_move(group, before, days)) {
      for (size_t i = 0; i < kFields.size(); ++i) {
        if (before[i] == after[i]) continue;
        store::TargetChange move;
        move.subject = frame_.find("subject")->text(row);
        move.kpi = frame_.find("kpi")->text(row);
        move.field = kFields[i].first;
        move.before = before[i];
        move.after = after[i];
        collector_.add(row, in, std::move(move), is_first);
      }
    }
  }

  // Whether a less specific target, which the row goes before, has counted in a run already.
  bool was_scored(size_t row, const BegunCycle& in) {
    if (kpis_with_target().count(frame_.find("kpi")->text(row)) == 0) return false;
    const std::set<std::string>& people = scored_in(in.cycle->id);
    const std::string subject(frame_.find("subject")->text(row));
    const bool is_person = subject.find(':') == std::string::npos;
    return is_person ? people.count(subject) > 0 : !people.empty();
  }

  // The KPIs for which a scorecard or a stored row has a target.
  const std::set<std::string, std::less<>>& kpis_with_target() {
    if (with_target_) return *with_target_;
    with_target_.emplace();
    for (const model::Scorecard& s : import_.definitions->scorecards) {
      for (const model::ScorecardKpi& k : s.kpis) {
        if (!k.target.empty()) with_target_->insert(k.kpi);
      }
    }
    for (const Frame& frame : stored_.frames()) {
      for (size_t row = 0; row < frame.size(); ++row) with_target_->emplace(frame.find("kpi")->text(row));
    }
    return *with_target_;
  }

  // The people of the last run of a cycle.
  const std::set<std::string>& scored_in(const std::string& cycle) {
    const auto [it, fresh] = scored_.try_emplace(cycle);
    if (!fresh) return it->second;
    int64_t last = 0;
    for (const store::Run& run : import_.store.runs()) {
      if (run.cycle == cycle) last = run.id;
    }
    if (last == 0) return it->second;
    const Frame scores = import_.store.run_scores(last);
    const Column* id = scores.find("employee_id");
    for (size_t row = 0; id && row < scores.size(); ++row) it->second.emplace(id->text(row));
    return it->second;
  }

  const Import& import_;
  const Frame& frame_;
  MoveCollector collector_;
  const RecordIndex& stored_;
  std::vector<RecordIndex::Place> places_;
  std::map<std::string, TargetGroup> groups_;
  std::map<std::string, std::set<std::string>> scored_;  // by cycle
  std::optional<std::set<std::string, std::less<>>> with_target_;
};

}  // namespace

RowMoves moved_targets(const Import& import, const RecordIndex& stored, const Frame& frame, const std::string& file,
                       const std::vector<BegunCycle>& begun) {
  return TargetMoves(import, stored, frame, file).find(begun);
}

}  // namespace hr::engine
