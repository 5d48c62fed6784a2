// The assignments of one person after the other, attribute by attribute: which row says it on a day. Rules:
// docs/spec/time.md, as in facts/timeline.h, but by person and for the few people whom an import changes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/date.h"
#include "facts/frame.h"

namespace hr::engine {

class AssignmentHistory {
 public:
  explicit AssignmentHistory(const std::vector<facts::Frame>& assignments);  // outlives it

  struct Row {
    const facts::Frame* frame = nullptr;
    size_t row = 0;
    DateRange range;
    bool open = false;

    const facts::Column& column(std::string_view name) const { return *frame->find(name); }
  };

  // Rows of a person that carry a column, ascending by from, later imports last.
  std::vector<Row> timeline(std::string_view employee, std::string_view column) const;
  // The row of a timeline that speaks on `day`; nullptr = none.
  static const Row* in_force(const std::vector<Row>& timeline, Date day);
  // The first day of the person's assignments.
  std::optional<Date> first_day(std::string_view employee) const;

 private:
  std::unordered_map<std::string_view, std::vector<Row>> rows_;  // by person, in the order of timeline()
};

}  // namespace hr::engine
