// What an import of employees means for their assignments: with an effective day, what differs from what was in force
// on that day opens a new spell from it; without one a change corrects the current spell. Rules: docs/spec/time.md.
// Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "engine/import/reconcile.h"
#include "facts/frame.h"

namespace hr::engine {

// Columns of stored employees that no file has: for each column the last day from which an import said what it holds.
// An older roster imported later does not change what a newer one said.
bool is_last_effective(std::string_view column);

struct AssignmentChanges {
  std::vector<facts::Frame> rows;  // one frame a set of carried columns, numbered as the employee rows they come from
  std::vector<uint8_t> changed;    // by row of `incoming`: 1 = rows follow from it
  uint64_t corrected = 0;          // employees who changed without an effective day
};

// The assignment rows that follow from `incoming` (employees), with `changes` against the `stored` ones. `effective`:
// by row; none = a correction. Cells of `incoming` for which the store has newer values become these.
AssignmentChanges assignment_changes(facts::Frame& incoming, const std::vector<Change>& changes,
                                     const std::vector<std::optional<Date>>& effective,
                                     const std::vector<RecordIndex::Place>& stored,
                                     const std::vector<facts::Frame>& stored_assignments);

// Adds these columns to employees that are about to be stored. By row: 1 where one of them says something new.
std::vector<uint8_t> add_last_effective(facts::Frame& incoming, const std::vector<std::optional<Date>>& effective,
                                        const std::vector<RecordIndex::Place>& stored);

}  // namespace hr::engine
