// One finding for all the rows that name nobody.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "facts/cells.h"
#include "facts/dataset.h"

namespace hr::facts {

// Rows of one table about people who are not in employees: one warning for all of them, at the first.
class UnknownPeople {
 public:
  void add(std::string_view id, Origin at) {
    if (rows_++ > 0) return;
    id_ = id;
    first_ = at;
  }
  void report(const char* table, Diagnostics& diagnostics) const {
    if (rows_ == 0) return;
    diagnostics.push_back(make_warning("unknown-employee/rows", span_of(first_), {table, std::to_string(rows_), id_}));
  }

 private:
  size_t rows_ = 0;
  std::string id_;
  Origin first_;
};

}  // namespace hr::facts
