// Which files of assignments speak for which attributes. Attributes carried by the same files share one timeline: a
// track, so that a timeline is made once for all of them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "facts/frame.h"
#include "facts/timeline.h"

namespace hr::facts {

struct Track {
  std::vector<bool> frames;          // by frame of assignments: takes part
  std::vector<std::string> columns;  // that it speaks for; none: rows that carry no attribute and only say "in service"
};

struct Assignments {
  std::vector<AssignmentRow> rows;  // by person, then from, then time of import; rows without a day are left out
  std::vector<size_t> begin;        // rows of person p are [begin[p], begin[p + 1]); empty when nobody has any
  std::vector<Track> tracks;
  std::vector<uint8_t> any;  // by person: has a row, if only one without a day; empty when nobody has

  bool has_rows(uint32_t person) const { return !begin.empty() && begin[person] < begin[person + 1]; }
  bool is_named(uint32_t person) const { return !any.empty() && any[person] != 0; }
  std::span<const AssignmentRow> of(uint32_t person) const {  // who has rows
    return {rows.data() + begin[person], begin[person + 1] - begin[person]};
  }
};

bool is_attribute(std::string_view column);             // attr.NAME
bool is_assignment_attribute(std::string_view column);  // org_unit, job, … attr.NAME: not the key, not `to`

Assignments read_assignments(const People& people, std::span<const Frame> frames);

}  // namespace hr::facts
