// The people of a dashboard, in the order of their units, and what of them its sections count.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/figure.h"
#include "report/dashboard.h"
#include "report/unit_tree.h"

namespace hr::report {

struct ScopePerson {
  size_t row = 0;       // of DashboardData::scores
  uint32_t person = 0;  // of the dataset
  uint32_t place = 0;   // of the unit, in Scope::order
  bool rated = false;
  OptionalFigure score;  // of the rated
};

// People by place, those of one unit and all below it in one stretch; within a unit by id.
struct Scope {
  const DashboardData& data;
  UnitOrder order;
  uint32_t first = 0, last = 0;  // places [first, last) are the unit's and those below; without one: all
  std::vector<ScopePerson> people;
  std::vector<size_t> begin;                     // people of place i: [begin[i], begin[i + 1])
  std::vector<std::optional<size_t>> of_person;  // by person of the dataset: place among `people`

  explicit Scope(const DashboardData& from);

  size_t places() const { return order.without_unit() + 1; }
  // People of the unit at `place` with all below: [begin[place], end_of(place)).
  size_t end_of(uint32_t place) const;
  bool has_unit(std::string_view unit) const;    // the unit lies within
  bool has_owner(std::string_view owner) const;  // unit:ID, an employee, company
  bool is_whole() const { return data.unit.empty(); }
  // Whether a figure that is missing is missing, or only not told.
  bool tells(const ScopePerson& of, model::AccessField field) const {
    return data.fields.empty() || data.fields[of.person].has(field);
  }
  bool is_shown() const { return people.size() >= data.min_shown; }
  std::string_view text(const ScopePerson& person, const char* column) const {
    return data.scores.find(column)->text(person.row);
  }
  std::optional<Decimal> number(const ScopePerson& person, const char* column) const {
    return data.scores.find(column)->decimal(person.row);
  }
};

// Rated people's figures of a column, ascending, of people [from, to).
std::vector<Figure> rated_figures(const Scope& scope, const char* column, size_t from, size_t to);

}  // namespace hr::report
