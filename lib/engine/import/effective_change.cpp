#include "engine/import/effective_change.h"

#include <algorithm>
#include <map>
#include <string>

#include "engine/import/assignment_history.h"
#include "facts/assignment_tracks.h"

namespace hr::engine {

using facts::Column;
using facts::Frame;
using model::TableId;

namespace {

constexpr std::string_view kLastEffective = "_effective.";

std::string last_effective_of(const std::string& column) {
  return std::string(kLastEffective) + column;
}

void set_cell(Column& to, size_t at, const Column& from, size_t row) {
  switch (to.storage) {
    case facts::Storage::text:
      to.codes[at] = from.missing(row) ? facts::kMissingCode : to.dictionary.add(facts::cell_text(from, row));
      break;
    case facts::Storage::day:
      to.days[at] = from.days[row];
      break;
    case facts::Storage::decimal:
      to.decimals[at] = from.decimals[row];
      break;
  }
}

struct Cell {
  const Column* column = nullptr;
  size_t row = 0;
};
using Cells = std::map<std::string, Cell, std::less<>>;  // by column

bool says_so(const Cell& cell, const Column* other, size_t row) {
  return other ? same_cell(*cell.column, cell.row, *other, row) : cell.column->missing(cell.row);
}

// Assignment rows under way, a frame for each set of carried columns.
class AssignmentRows {
 public:
  // A row that begins on `from` and carries exactly the columns in `cells`.
  // `ends`: it also says until when, if only that it is open.
  void add(std::string_view employee, Date from, bool ends, std::optional<Date> to, const Cells& cells, uint32_t line) {
    std::string set = ends ? "to" : "";
    for (const auto& [name, cell] : cells) set += '\x1f' + name;
    auto [it, fresh] = frames_.try_emplace(set);
    Frame& frame = it->second;
    if (fresh) frame = make_frame(cells, ends);
    frame.rows.push_back(line);
    for (Column& c : frame.columns) {
      c.append_missing();
      if (c.name == "employee_id")
        c.codes.back() = c.dictionary.add(employee);
      else if (c.name == "from")
        c.days.back() = from.days;
      else if (c.name == "to" && to)
        c.days.back() = to->days;
      else if (const auto cell = cells.find(c.name); cell != cells.end())
        set_cell(c, c.size() - 1, *cell->second.column, cell->second.row);
    }
  }

  std::vector<Frame> take() {
    std::vector<Frame> all;
    for (auto& [set, frame] : frames_) all.push_back(std::move(frame));
    return all;
  }

 private:
  static Frame make_frame(const Cells& cells, bool ends) {
    Frame frame = facts::make_frame(TableId::assignments);
    for (Column& c : frame.columns)
      c.carried = c.name == "employee_id" || c.name == "from" || (c.name == "to" && ends) || cells.count(c.name) > 0;
    for (const auto& [name, cell] : cells) {
      if (facts::is_attribute(name)) frame.columns.emplace_back().name = name;
    }
    return frame;
  }

  std::map<std::string, Frame> frames_;
};

// What the rows of one import of employees mean.
class Changes {
 public:
  Changes(Frame& incoming, const std::vector<Frame>& assignments) : incoming_(incoming), assignments_(assignments) {}

  void apply(size_t row, const RecordIndex::Place& stored, std::optional<Date> effective) {
    if (!history_) history_.emplace(assignments_);
    id_ = incoming_.find("employee_id")->text(row);
    row_ = row;
    stored_ = stored;
    changed_ = false;
    if (effective)
      change_from(*effective);
    else
      correct();
  }

  bool changed() const { return changed_; }
  std::vector<Frame> take() { return rows_.take(); }

 private:
  const Column* stored_column(std::string_view name) const { return stored_.frame->find(name); }
  std::optional<Date> stored_day(std::string_view name) const {
    const Column* column = stored_column(name);
    return column && column->storage == facts::Storage::day ? column->date(stored_.row) : std::nullopt;
  }
  bool is_attribute(const Column& column) const {
    return column.carried && facts::is_assignment_attribute(column.name);
  }
  bool differs_from_stored(const Column& column) const {
    return !says_so({&column, row_}, stored_column(column.name), stored_.row);
  }
  void add(Date from, const std::string& column, const Cell& cell) {  // open
    rows_.add(id_, from, true, std::nullopt, {{column, cell}}, incoming_.rows[row_]);
    changed_ = true;
  }
  void keep_stored(Column& column) {
    if (const Column* old = stored_column(column.name)) set_cell(column, row_, *old, stored_.row);
  }

  // A day of the employee row: as the import says it, else as it was.
  std::optional<Date> day_of(std::string_view column) const {
    const Column* said = incoming_.find(column);
    return said && said->carried && !said->missing(row_) ? said->date(row_) : stored_day(column);
  }
  // Before somebody serves there is nothing to change: what holds from an earlier day holds from the first one.
  Date first_day_of_service() const {
    const auto first = history_->first_day(id_);
    return first ? *first : day_of("hire_date").value_or(kFarPast);
  }

  void change_from(Date effective) {
    const Date first = first_day_of_service();
    const Date day = std::max(effective, first);
    const bool has_rows = history_->first_day(id_).has_value();
    for (Column& column : incoming_.columns) {
      if (!column.carried || column.name == "employee_id") continue;
      if (!has_rows && !differs_from_stored(column)) continue;
      const Date last = stored_day(last_effective_of(column.name)).value_or(kFarPast);
      const bool newer_row = facts::is_assignment_attribute(column.name) && change_attribute(column, first, day, last);
      if (effective < last || newer_row) keep_stored(column);
    }
  }

  // What an attribute is on a day: by its timeline, or, without one, by the employee row on every day.
  Cell cell_on(const std::vector<AssignmentHistory::Row>& timeline, const std::string& column, Date day) const {
    if (timeline.empty()) return {stored_column(column), stored_.row};
    const AssignmentHistory::Row* row = AssignmentHistory::in_force(timeline, day);
    return row ? Cell{row->frame->find(column), row->row} : Cell{};
  }

  // Adds the rows that make an attribute hold from `day` on, if it did not hold then. Before and, where an import has
  // spoken of a later day (`last`), after that it stays as it was. Whether a later row follows.
  bool change_attribute(const Column& column, Date first, Date day, Date last) {
    const std::vector<AssignmentHistory::Row> timeline = history_->timeline(id_, column.name);
    const bool follows = !timeline.empty() && timeline.back().range.from > day;
    const Cell now = cell_on(timeline, column.name, day);
    if (says_so({&column, row_}, now.column, now.row)) return follows;
    if (timeline.empty() && now.column && first < day) add(first, column.name, now);
    const bool begins_between = std::any_of(timeline.begin(), timeline.end(), [&](const AssignmentHistory::Row& row) {
      return row.range.from > day && row.range.from <= last;
    });
    const Cell later = cell_on(timeline, column.name, last);
    const bool serves = last <= day_of("termination_date").value_or(kFarFuture);
    if (last > day && !begins_between && later.column && serves) add(last, column.name, later);
    add(day, column.name, {&column, row_});
    return follows;
  }

  // The current spell with other values: of each row that ends a timeline the same row again, once.
  void correct() {
    std::map<std::pair<const Frame*, size_t>, Cells> corrected;
    for (const Column& column : incoming_.columns) {
      if (!is_attribute(column) || !differs_from_stored(column)) continue;
      changed_ = true;
      const std::vector<AssignmentHistory::Row> timeline = history_->timeline(id_, column.name);
      if (timeline.empty()) continue;
      const AssignmentHistory::Row& end = timeline.back();
      if (says_so({&column, row_}, &end.column(column.name), end.row)) continue;
      Cells& cells = corrected[{end.frame, end.row}];
      if (cells.empty()) cells = cells_of(end);
      cells[column.name] = {&column, row_};
    }
    for (const auto& [end, cells] : corrected) {
      const Column& to = *end.first->find("to");
      rows_.add(id_, *end.first->find("from")->date(end.second), to.carried, to.date(end.second), cells,
                incoming_.rows[row_]);
    }
  }

  static Cells cells_of(const AssignmentHistory::Row& row) {
    Cells cells;
    for (const Column& c : row.frame->columns) {
      if (c.carried && facts::is_assignment_attribute(c.name)) cells[c.name] = {&c, row.row};
    }
    return cells;
  }

  Frame& incoming_;
  const std::vector<Frame>& assignments_;
  std::optional<AssignmentHistory> history_;  // made for the first row that asks
  AssignmentRows rows_;
  // Of the row under way.
  std::string_view id_;
  size_t row_ = 0;
  RecordIndex::Place stored_;
  bool changed_ = false;
};

}  // namespace

AssignmentChanges assignment_changes(Frame& incoming, const std::vector<Change>& changes,
                                     const std::vector<std::optional<Date>>& effective,
                                     const std::vector<RecordIndex::Place>& stored,
                                     const std::vector<Frame>& stored_assignments) {
  Changes work(incoming, stored_assignments);
  AssignmentChanges out;
  out.changed.resize(incoming.size());
  for (size_t row = 0; row < incoming.size(); ++row) {
    if (changes[row] == Change::added) continue;  // somebody new has one open spell, which the employee row says
    if (changes[row] == Change::unchanged && !effective[row]) continue;
    work.apply(row, stored[row], effective[row]);
    out.changed[row] = work.changed();
    out.corrected += work.changed() && !effective[row];
  }
  out.rows = work.take();
  return out;
}

bool is_last_effective(std::string_view column) {
  return column.starts_with(kLastEffective);
}

std::vector<uint8_t> add_last_effective(Frame& incoming, const std::vector<std::optional<Date>>& effective,
                                        const std::vector<RecordIndex::Place>& stored) {
  std::vector<uint8_t> news(incoming.size());
  const auto given = [](const std::optional<Date>& day) { return day.has_value(); };
  if (std::none_of(effective.begin(), effective.end(), given)) return news;
  const size_t columns = incoming.columns.size();
  for (size_t c = 0; c < columns; ++c) {
    if (!incoming.columns[c].carried || incoming.columns[c].name == "employee_id") continue;
    Column last;
    last.name = last_effective_of(incoming.columns[c].name);
    last.storage = facts::Storage::day;
    const Frame* frame = nullptr;
    const Column* old = nullptr;
    for (size_t row = 0; row < incoming.size(); ++row) {
      if (stored[row].frame != frame) {
        frame = stored[row].frame;
        old = frame ? frame->find(last.name) : nullptr;
      }
      const Date before = old ? old->date(stored[row].row).value_or(kFarPast) : kFarPast;
      const Date now = std::max(before, effective[row].value_or(kFarPast));
      if (now == kFarPast)
        last.append_missing();
      else
        last.append(now);
      if (now > before) news[row] = 1;
    }
    incoming.columns.push_back(std::move(last));
  }
  return news;
}

}  // namespace hr::engine
