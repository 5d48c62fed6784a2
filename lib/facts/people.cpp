#include "facts/people.h"

#include <algorithm>
#include <string_view>

namespace hr::facts {

namespace {

struct Entry {
  std::string_view id;
  RowRef employee;
};

void add_employees(std::span<const Frame> employees, std::vector<Entry>& entries) {
  for (uint32_t f = 0; f < employees.size(); ++f) {
    const Column* id = employees[f].find("employee_id");
    if (id == nullptr) continue;
    entries.reserve(entries.size() + employees[f].size());
    for (uint32_t row = 0; row < employees[f].size(); ++row) {
      if (!id->missing(row)) entries.push_back({id->text(row), {f, row}});
    }
  }
}

void add_assigned(std::span<const Frame> assignments, std::vector<Entry>& entries) {
  for (const Frame& frame : assignments) {
    const Column* id = frame.find("employee_id");
    if (id == nullptr) continue;
    std::vector<bool> used(id->dictionary.size());
    for (const uint32_t code : id->codes) {
      if (code == kMissingCode || used[code]) continue;
      used[code] = true;
      entries.push_back({id->dictionary[code], {}});
    }
  }
}

// One entry a person: the last employee row where there are several.
void keep_one_each(std::vector<Entry>& entries) {
  const auto by_id = [](const Entry& a, const Entry& b) { return a.id < b.id; };
  if (!std::is_sorted(entries.begin(), entries.end(), by_id)) std::stable_sort(entries.begin(), entries.end(), by_id);
  size_t kept = 0;
  for (size_t i = 0; i < entries.size(); ++i) {
    if (kept > 0 && entries[kept - 1].id == entries[i].id) {
      if (entries[i].employee.given()) entries[kept - 1].employee = entries[i].employee;
    } else {
      entries[kept++] = entries[i];
    }
  }
  entries.resize(kept);
}

// The day after the last day of service.
Date service_end(std::optional<Date> termination) {
  return termination && *termination < kFarFuture ? *termination + 1 : kFarFuture;
}

}  // namespace

PeopleRows build_people(std::span<const Frame> employees, std::span<const Frame> assignments,
                        Diagnostics& diagnostics) {
  std::vector<Entry> entries;
  add_employees(employees, entries);
  add_assigned(assignments, entries);
  keep_one_each(entries);

  PeopleRows out;
  People& people = out.people;
  people.id.reserve(entries.size());
  people.name.reserve(entries.size());
  people.service.reserve(entries.size());
  people.origin.reserve(entries.size());
  people.index.reserve(entries.size());
  out.employee.reserve(entries.size());
  struct Columns {
    const Column *name, *hire, *termination;
  };
  std::vector<Columns> columns;
  for (const Frame& f : employees) columns.push_back({f.find("name"), f.find("hire_date"), f.find("termination_date")});

  for (const Entry& e : entries) {
    const bool listed = e.employee.given();
    const Columns c = listed ? columns[e.employee.frame] : Columns{};
    const uint32_t row = e.employee.row;
    people.id.emplace_back(e.id);
    people.name.emplace_back(text_of(c.name, row));
    people.service.push_back({date_of(c.hire, row).value_or(kFarPast), service_end(date_of(c.termination, row))});
    people.origin.push_back(listed ? origin_of(employees[e.employee.frame], row) : Origin{});
    out.employee.push_back(e.employee);
    if (people.service.back().empty()) {
      diagnostics.push_back(make_warning(
          "service-reversed", span_of(people.origin.back()),
          {people.id.back(), to_string(people.service.back().from), to_string(people.service.back().last())}));
    }
  }
  for (uint32_t p = 0; p < people.id.size(); ++p) people.index.emplace(people.id[p], p);
  return out;
}

}  // namespace hr::facts
