#include "engine/import/goalposts.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/text.h"
#include "base/timestamp.h"
#include "engine/cycle/yardstick.h"
#include "engine/import/reconcile.h"
#include "facts/cells.h"
#include "facts/targets.h"

namespace hr::engine {

using facts::Column;
using facts::Frame;
using facts::TargetRow;
using model::TableId;

std::vector<BegunCycle> begun_cycles(const Import& import) {
  std::vector<BegunCycle> begun;
  if (import.definitions == nullptr) return begun;
  const std::vector<store::CycleEvent> events = import.store.cycle_events(store::kNow);
  const Date today = date_of(import.who_when.now);
  for (const model::Cycle& cycle : import.definitions->cycles) {
    const Stage stage = stage_of(cycle, events, today).stage;
    if (stage != Stage::planned) begun.push_back({&cycle, stage});
  }
  return begun;
}

ObjectiveCycles::ObjectiveCycles(const Import& import) {
  if (import.definitions != nullptr) {  // what a definition file says stands
    for (const model::Objective& o : import.definitions->objectives) {
      cycles_.emplace(o.id, o.cycle);
      for (const model::KeyResult& kr : o.key_results) objectives_.emplace(kr.id, o.id);
    }
  }
  const auto add = [&](TableId table, const char* key, const char* value, auto& map) {
    for (const Frame& frame : import.store.records(table, store::kNow)) {
      const Column* keys = frame.find(key);
      const Column* values = frame.find(value);
      for (size_t row = 0; keys && values && row < frame.size(); ++row)
        map.emplace(std::string(keys->text(row)), std::string(facts::text_of(values, row)));
    }
  };
  add(TableId::objectives, "objective", "cycle", cycles_);
  add(TableId::key_results, "key_result", "objective", objectives_);
}

std::string ObjectiveCycles::of_objective(const std::string& objective) const {
  const auto it = cycles_.find(objective);
  return it == cycles_.end() ? std::string() : it->second;
}

std::string ObjectiveCycles::of_key_result(const std::string& key_result) const {
  auto it = objectives_.find(key_result);
  if (it == objectives_.end()) it = objectives_.find(key_result.substr(0, key_result.rfind('/')));
  return it == objectives_.end() ? std::string() : of_objective(it->second);
}

namespace {

// Judges moves of rows, and collects them.
class Collector {
 public:
  Collector(const Import& import, const Frame& frame, const std::string& file)
      : import_(import), frame_(frame), file_(file), faulty_(frame.size(), 0) {}

  // `is_first`: nothing was in force before, which moves nothing while the cycle is open.
  void add(size_t row, const BegunCycle& in, store::TargetChange move, bool is_first) {
    if (in.stage == Stage::open && is_first) return;
    move.cycle = in.cycle->id;
    move.stage = stage_name(in.stage);
    move.by = import_.who_when.who;
    move.row = frame_.rows[row];
    move.reason = import_.reason(move.row);
    const char* code = in.stage == Stage::closed   ? "cycle-frozen/row-closed"
                       : in.stage == Stage::frozen ? "cycle-frozen/row"
                       : trim(move.reason).empty() ? "target-moved"
                                                   : nullptr;
    if (code == nullptr)
      moves_.emplace_back(row, std::move(move));
    else
      fault(row, code, move);
  }

  RowMoves take() {
    RowMoves out;
    std::sort(faults_.begin(), faults_.end(), [](const RowFault& a, const RowFault& b) { return a.row < b.row; });
    out.faults = std::move(faults_);
    for (auto& [row, move] : moves_) {
      if (!faulty_[row]) out.moved.push_back(std::move(move));
    }
    return out;
  }

 private:
  void fault(size_t row, const char* code, const store::TargetChange& move) {
    if (faulty_[row]) return;
    faulty_[row] = 1;
    const auto written = [](const std::string& value) { return value.empty() ? std::string("–") : value; };
    const std::string what = move.subject + (move.kpi.empty() ? "" : " · " + move.kpi) + " · " + move.field;
    const SourceSpan span{file_, static_cast<int>(frame_.rows[row]), 0, 0};
    faults_.push_back(
        {row, move.field, make_error(code, span, {move.cycle, what, written(move.before), written(move.after)})});
  }

  const Import& import_;
  const Frame& frame_;
  const std::string& file_;
  std::vector<uint8_t> faulty_;
  std::vector<RowFault> faults_;
  std::vector<std::pair<size_t, store::TargetChange>> moves_;
};

// ---- targets
// ---------------------------------------------------------------------------------------------------------

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
  Collector collector_;
  const RecordIndex& stored_;
  std::vector<RecordIndex::Place> places_;
  std::map<std::string, TargetGroup> groups_;
  std::map<std::string, std::set<std::string>> scored_;  // by cycle
  std::optional<std::set<std::string, std::less<>>> with_target_;
};

// ---- objectives and key results
// --------------------------------------------------------------------------------------

class OkrMoves {
 public:
  OkrMoves(const Import& import, const RecordIndex& stored, const Frame& frame, const std::string& file,
           const std::vector<BegunCycle>& begun)
      : table_(import.request.table),
        frame_(frame),
        begun_(begun),
        import_(import),
        collector_(import, frame, file),
        stored_(stored) {}

  RowMoves find() {
    const bool all_open =
        std::all_of(begun_.begin(), begun_.end(), [](const BegunCycle& b) { return b.stage == Stage::open; });
    if (all_open && stored_.empty()) return {};  // what was not in force before moves nothing while the cycle is open
    const std::vector<RecordIndex::Place> places = stored_.find(frame_);
    const std::vector<uint8_t> changed = changed_rows(places);
    for (size_t row = 0; row < frame_.size(); ++row) {
      if (changed[row] != 0)
        compare(row, places[row]);
      else if (places[row].frame == nullptr && !all_open)
        add_new(row);
    }
    return collector_.take();
  }

 private:
  // Those with a cell that is held otherwise, if only by what stands where nothing is said.
  std::vector<uint8_t> changed_rows(const std::vector<RecordIndex::Place>& places) const {
    std::vector<uint8_t> changed(places.size());
    for (const char* field : fields()) {
      const Column* column = frame_.find(field);
      if (column == nullptr || !column->carried) continue;
      const std::vector<uint8_t> cells = changed_cells(*column, places);
      for (size_t row = 0; row < changed.size(); ++row) changed[row] |= cells[row];
    }
    return changed;
  }
  const ObjectiveCycles& cycles() const {
    if (!cycles_) cycles_.emplace(import_);
    return *cycles_;
  }
  bool is_objective() const { return table_ == TableId::objectives; }
  const char* key() const { return is_objective() ? "objective" : "key_result"; }

  // The fields that say what is measured; of titles, units and the like nothing is scored.
  std::vector<const char*> fields() const {
    if (is_objective()) return {"cycle", "owner", "weight"};
    return {"objective", "type", "weight", "start", "target", "kpi"};
  }

  std::string cell(const Frame& frame, const char* name, size_t row) const {
    const Column* column = frame.find(name);
    std::string text = column != nullptr ? facts::cell_text(*column, row) : std::string();
    if (!text.empty() || is_objective()) return text;
    return std::string(name) == "type" ? "committed" : std::string(name) == "start" ? "0" : text;  // the defaults
  }

  // The cycles that a row counts in. A key result of an objective that nobody defined counts in every one that is
  // scored; a closed one is scored no more.
  std::vector<BegunCycle> cycles_of(const Frame& frame, size_t row) const {
    const std::string cycle =
        is_objective() ? cell(frame, "cycle", row) : cycles().of_objective(cell(frame, "objective", row));
    std::vector<BegunCycle> in;
    for (const BegunCycle& b : begun_) {
      if (b.cycle->id == cycle || (cycle.empty() && b.stage != Stage::closed)) in.push_back(b);
    }
    return in;
  }

  store::TargetChange move(const Frame& frame, size_t row, const char* field) const {
    store::TargetChange change;
    change.subject = std::string(key()) + ":" + cell(frame, key(), row);
    if (!is_objective()) change.kpi = cell(frame, "kpi", row);
    change.field = field;
    return change;
  }

  void add_new(size_t row) {
    for (const BegunCycle& in : cycles_of(frame_, row)) {
      const char* field = is_objective() ? "cycle" : "objective";
      store::TargetChange change = move(frame_, row, field);
      change.after = cell(frame_, field, row);
      collector_.add(row, in, std::move(change), true);
    }
  }

  void compare(size_t row, const RecordIndex::Place& old) {
    std::optional<std::vector<BegunCycle>> in;  // asked for when something moves
    for (const char* field : fields()) {
      const Column* column = frame_.find(field);
      if (column == nullptr || !column->carried) continue;
      const std::string before = cell(*old.frame, field, old.row);
      const std::string after = cell(frame_, field, row);
      if (before == after) continue;
      if (!in) in = cycles_of(*old.frame, old.row);
      if (std::string(field) == "cycle" || std::string(field) == "objective") add_others(*in, cycles_of(frame_, row));
      for (const BegunCycle& b : *in) {
        store::TargetChange change = move(frame_, row, field);
        change.before = before;
        change.after = after;
        collector_.add(row, b, std::move(change), false);
      }
    }
  }

  static void add_others(std::vector<BegunCycle>& in, const std::vector<BegunCycle>& others) {
    for (const BegunCycle& other : others) {
      if (std::none_of(in.begin(), in.end(), [&](const BegunCycle& b) { return b.cycle == other.cycle; }))
        in.push_back(other);
    }
  }

  TableId table_;
  const Frame& frame_;
  const std::vector<BegunCycle>& begun_;
  const Import& import_;
  Collector collector_;
  mutable std::optional<ObjectiveCycles> cycles_;  // made for the first row that asks
  const RecordIndex& stored_;
};

}  // namespace

RowMoves moved_by_rows(const Import& import, const RecordIndex& stored, const Frame& frame, const std::string& file) {
  const TableId table = import.request.table;
  if (table != TableId::targets && table != TableId::objectives && table != TableId::key_results) return {};
  const std::vector<BegunCycle> begun = begun_cycles(import);
  if (begun.empty()) return {};
  if (table == TableId::targets) return TargetMoves(import, stored, frame, file).find(begun);
  return OkrMoves(import, stored, frame, file, begun).find();
}

}  // namespace hr::engine
