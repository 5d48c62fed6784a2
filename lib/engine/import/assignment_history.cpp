#include "engine/import/assignment_history.h"

#include <algorithm>
#include <tuple>

namespace hr::engine {

using facts::Column;
using facts::Frame;

AssignmentHistory::AssignmentHistory(const std::vector<Frame>& assignments) {
  for (const Frame& frame : assignments) {
    const Column& id = *frame.find("employee_id");
    const Column& from = *frame.find("from");
    const Column& to = *frame.find("to");
    for (size_t row = 0; row < frame.size(); ++row) {
      const DateRange range{from.date(row).value_or(kFarPast), to.date(row).value_or(kFarFuture)};
      if (!range.empty()) rows_[id.text(row)].push_back({&frame, row, range, to.missing(row)});
    }
  }
  const auto order = [](const Row& r) {
    const uint32_t source = r.row < r.frame->sources.size() ? r.frame->sources[r.row] : 0;
    return std::tuple(r.range.from, source, r.frame->rows[r.row]);
  };
  for (auto& [id, rows] : rows_) {
    std::stable_sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) { return order(a) < order(b); });
  }
}

std::vector<AssignmentHistory::Row> AssignmentHistory::timeline(std::string_view employee,
                                                                std::string_view column) const {
  std::vector<Row> timeline;
  const auto it = rows_.find(employee);
  if (it == rows_.end()) return timeline;
  for (const Row& row : it->second) {
    const Column* cells = row.frame->find(column);
    if (cells && cells->carried) timeline.push_back(row);
  }
  return timeline;
}

const AssignmentHistory::Row* AssignmentHistory::in_force(const std::vector<Row>& timeline, Date day) {
  const Row* next = nullptr;  // that has begun too
  for (auto row = timeline.rbegin(); row != timeline.rend(); ++row) {
    if (row->range.from > day) continue;
    // An open row ends where the next one begins; of the others the one that began last and still holds speaks.
    if (row->open ? next == nullptr : row->range.contains(day)) return &*row;
    next = &*row;
  }
  return nullptr;
}

std::optional<Date> AssignmentHistory::first_day(std::string_view employee) const {
  const auto it = rows_.find(employee);
  return it == rows_.end() ? std::nullopt : std::optional(it->second.front().range.from);
}

}  // namespace hr::engine
