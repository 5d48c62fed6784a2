// The attributes of spells as columns: each cell from the assignment that speaks for it or from the employee row.
// Texts are copied once a distinct text, never once a spell.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "facts/assignment_tracks.h"
#include "facts/dataset.h"
#include "facts/people.h"

namespace hr::facts {

inline constexpr uint32_t kMissingCell = 0xFFFFFFFFU;   // a timeline that says nothing on these days
inline constexpr uint32_t kEmployeeCell = 0xFFFFFFFEU;  // no timeline: the employee row says it

// For each spell and track, the assignment (index into Assignments::rows) that speaks, or one of the two above.
struct SpellCells {
  static constexpr size_t kEmployeeRow = SIZE_MAX;
  size_t tracks = 0;
  std::vector<size_t> first;  // by spell: where its `tracks` cells begin in source; kEmployeeRow, or beyond the end:
                              // all the employee row's
  std::vector<uint32_t> source;
};

struct AttributeFrames {
  std::span<Frame> employees, assignments;
};

// Columns are made side by side; those of the frames are emptied as soon as they are used.
void fill_attributes(const PeopleRows& people, const SpellCells& cells, const Assignments& assignments,
                     const AttributeFrames& frames, int threads, Spells& spells);

}  // namespace hr::facts
