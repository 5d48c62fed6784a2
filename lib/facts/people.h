// Everybody a dataset knows: the rows of employees, and those who only have assignments.
#pragma once

#include <span>
#include <vector>

#include "base/diagnostic.h"
#include "facts/cells.h"
#include "facts/dataset.h"

namespace hr::facts {

struct PeopleRows {
  People people;
  std::vector<RowRef> employee;  // the row of employees, by person; not given for people with assignments only
};

// Ascending by the bytes of employee_id. Of two rows of one employee the later stands.
PeopleRows build_people(std::span<const Frame> employees, std::span<const Frame> assignments, int threads,
                        Diagnostics& diagnostics);

}  // namespace hr::facts
