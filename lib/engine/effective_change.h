// What an import of employees means for their assignments: with an effective day, a change opens a new spell from that
// day; without one it corrects the current spell. Rules: docs/spec/time.md. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/date.h"
#include "engine/reconcile.h"
#include "facts/frame.h"

namespace hr::engine {

struct AssignmentChanges {
  std::vector<facts::Frame> rows;  // one frame a set of carried columns, numbered as the employee rows they come from
  uint64_t corrected = 0;          // employees who changed without an effective day
};

// The assignment rows that follow from the changed rows of `incoming` (employees). `effective`: by row; none = a
// correction.
AssignmentChanges assignment_changes(const facts::Frame& incoming, const std::vector<Change>& changes,
                                     const std::vector<std::optional<Date>>& effective,
                                     const RecordIndex& stored_employees,
                                     const std::vector<facts::Frame>& stored_assignments);

}  // namespace hr::engine
