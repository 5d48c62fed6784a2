#include "facts/timeline.h"

#include <algorithm>

namespace hr::facts {

namespace {

// Rows that have begun and not ended, the latest begun on top.
class Stack {
 public:
  Stack(std::vector<Segment>& out, const OnOverlap& overlap) : out_(out), overlap_(overlap) {}

  // Writes what speaks until `day`, and leaves only rows that go on after it.
  void advance(Date day) {
    while (!active_.empty()) {
      const Segment top = active_.back();
      const Date until = std::min(top.range.to, day);
      if (now_ < until) out_.push_back({{now_, until}, top.row});
      now_ = std::max(now_, until);
      if (top.range.to > day) return;
      active_.pop_back();
    }
  }

  void begin(Segment row) {
    advance(row.range.from);
    if (!active_.empty()) overlap_(active_.back().row, row.row);
    now_ = row.range.from;
    active_.push_back(row);
  }

 private:
  std::vector<Segment>& out_;
  const OnOverlap& overlap_;
  std::vector<Segment> active_;
  Date now_ = kFarPast;
};

}  // namespace

std::vector<Segment> make_timeline(std::span<const AssignmentRow> rows, std::span<const uint32_t> picked, Date end,
                                   const OnOverlap& overlap) {
  std::vector<Segment> out;
  out.reserve(picked.size());
  Stack stack(out, overlap);
  for (size_t i = 0; i < picked.size(); ++i) {
    const AssignmentRow& row = rows[picked[i]];
    DateRange range = row.range;
    if (row.open) {
      const Date next = i + 1 < picked.size() ? rows[picked[i + 1]].range.from : kFarFuture;
      if (next == range.from) overlap(picked[i], picked[i + 1]);
      range.to = std::min(next, end);
    }
    if (!range.empty()) stack.begin({range, picked[i]});
  }
  stack.advance(kFarFuture);
  return out;
}

}  // namespace hr::facts
