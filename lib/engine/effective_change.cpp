#include "engine/effective_change.h"

#include <map>
#include <string>
#include <unordered_map>

#include "facts/assignment_tracks.h"

namespace hr::engine {

using facts::Column;
using facts::Frame;
using model::TableId;

namespace {

// The newest row of one attribute's timeline of one person.
struct TimelineEnd {
  const Frame* frame = nullptr;
  size_t row = 0;
  Date from;
};
// employee_id + '\x1f' + attribute → its newest row.
using Timelines = std::unordered_map<std::string, TimelineEnd>;

Timelines timeline_ends(const std::vector<Frame>& assignments) {
  Timelines ends;
  for (const Frame& frame : assignments) {
    const Column& id = *frame.find("employee_id");
    const Column& from = *frame.find("from");
    for (size_t row = 0; row < frame.size(); ++row) {
      const Date day = from.date(row).value_or(kFarPast);
      for (const Column& column : frame.columns) {
        if (!column.carried) continue;
        TimelineEnd& end = ends[std::string(id.text(row)) + '\x1f' + column.name];
        if (!end.frame || day >= end.from) end = {&frame, row, day};
      }
    }
  }
  return ends;
}

void copy_cell(const Column& from, size_t row, Column& to) {
  if (from.missing(row))
    to.append_missing();
  else if (from.storage == facts::Storage::text)
    to.append(from.text(row));
  else if (from.storage == facts::Storage::day)
    to.append(Date{from.days[row]});
  else
    to.append(from.decimals[row]);
}

// Assignment rows under way, a frame for each set of carried columns.
class AssignmentRows {
 public:
  // A row that begins on `from` and carries exactly the columns in `cells`.
  void add(std::string_view employee, Date from, std::optional<Date> to,
           const std::map<std::string, std::pair<const Column*, size_t>>& cells, uint32_t line) {
    std::string set;
    for (const auto& [name, cell] : cells) set += '\x1f' + name;
    auto [it, fresh] = frames_.try_emplace(set);
    Frame& frame = it->second;
    if (fresh) {
      frame = facts::make_frame(TableId::assignments);
      for (Column& c : frame.columns)
        c.carried = c.name == "employee_id" || c.name == "from" || c.name == "to" || cells.count(c.name) > 0;
      for (const auto& [name, cell] : cells) {
        if (!facts::is_attribute(name)) continue;
        frame.columns.emplace_back();
        frame.columns.back().name = name;
        frame.columns.back().carried = true;
      }
    }
    frame.rows.push_back(line);
    for (Column& c : frame.columns) {
      const auto cell = cells.find(c.name);
      if (c.name == "employee_id")
        c.append(employee);
      else if (c.name == "from")
        c.append(from);
      else if (c.name == "to" && to)
        c.append(*to);
      else if (cell != cells.end())
        copy_cell(*cell->second.first, cell->second.second, c);
      else
        c.append_missing();
    }
  }

  std::vector<Frame> take() {
    std::vector<Frame> all;
    for (auto& [set, frame] : frames_) all.push_back(std::move(frame));
    return all;
  }

 private:
  std::map<std::string, Frame> frames_;
};

}  // namespace

// One changed attribute of one person.
static void change_attribute(AssignmentRows& rows, const Timelines& timelines, const Frame& incoming, size_t row,
                             const Column& column, const std::optional<Date>& effective,
                             const RecordIndex::Place& employee) {
  const std::string id(incoming.find("employee_id")->text(row));
  const auto known = timelines.find(id + '\x1f' + column.name);
  const uint32_t line = incoming.rows[row];
  if (effective) {
    if (known == timelines.end()) {  // until now the employee row alone said it: keep what it said for the days before
      const Column* hired = employee.frame->find("hire_date");
      const Date first = hired ? hired->date(employee.row).value_or(kFarPast) : kFarPast;
      const Column* old = employee.frame->find(column.name);
      if (old && first < *effective) rows.add(id, first, std::nullopt, {{column.name, {old, employee.row}}}, line);
    }
    rows.add(id, *effective, std::nullopt, {{column.name, {&column, row}}}, line);
  } else if (known != timelines.end()) {  // correct the current spell: the same row with another value
    const TimelineEnd& end = known->second;
    std::map<std::string, std::pair<const Column*, size_t>> cells;
    for (const Column& c : end.frame->columns) {
      if (c.carried && facts::is_assignment_attribute(c.name)) cells[c.name] = {&c, end.row};
    }
    cells[column.name] = {&column, row};
    rows.add(id, end.from, end.frame->find("to")->date(end.row), cells, line);
  }
}

AssignmentChanges assignment_changes(const Frame& incoming, const std::vector<Change>& changes,
                                     const std::vector<std::optional<Date>>& effective,
                                     const RecordIndex& stored_employees,
                                     const std::vector<Frame>& stored_assignments) {
  const Timelines timelines = timeline_ends(stored_assignments);
  AssignmentRows rows;
  AssignmentChanges out;
  for (size_t row = 0; row < incoming.size(); ++row) {
    if (changes[row] != Change::changed) continue;
    const RecordIndex::Place employee = stored_employees.find(incoming, row);
    bool changed = false;
    for (const Column& column : incoming.columns) {
      if (!column.carried || !facts::is_assignment_attribute(column.name)) continue;
      const Column* old = employee.frame->find(column.name);
      if (old ? same_cell(column, row, *old, employee.row) : column.missing(row)) continue;
      change_attribute(rows, timelines, incoming, row, column, effective[row], employee);
      changed = true;
    }
    out.corrected += changed && !effective[row];
  }
  out.rows = rows.take();
  return out;
}

}  // namespace hr::engine
