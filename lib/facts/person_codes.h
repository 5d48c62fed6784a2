// The people that a column of employee ids names, and one finding for all the rows that name nobody.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "facts/cells.h"
#include "facts/dataset.h"

namespace hr::facts {

// The person of each code of `column`'s dictionary; kNone = nobody of the dataset.
inline std::vector<uint32_t> persons_of(const Column& column, const People& people) {
  if (column.dictionary.same_as(people.id.texts)) return people.of_code;
  std::vector<uint32_t> persons(column.dictionary.size(), kNone);
  for (uint32_t code = 0; code < persons.size(); ++code) {
    persons[code] = people.find(column.dictionary[code]).value_or(kNone);
  }
  return persons;
}

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
