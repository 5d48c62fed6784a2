#include "facts/people.h"

#include <string>

#include "facts/code_map.h"
#include "facts/gather.h"
#include "facts/text_order.h"

namespace hr::facts {

namespace {

// Who there is, by code of one dictionary of ids.
class Finder {
 public:
  void add_employees(std::span<const Frame> employees) {
    for (uint32_t f = 0; f < employees.size(); ++f) {
      const Column* id = employees[f].find("employee_id");
      if (id == nullptr) continue;
      const CodeMap codes = add_codes(ids_, id->dictionary);
      for (uint32_t row = 0; row < employees[f].size(); ++row) {
        if (id->missing(row)) continue;
        add(codes[id->codes[row]]);
        row_[codes[id->codes[row]]] = {f, row};  // of two rows of one employee the later stands
      }
    }
  }

  void add_assigned(std::span<const Frame> assignments) {
    for (const Frame& frame : assignments) {
      const Column* id = frame.find("employee_id");
      if (id == nullptr) continue;
      std::vector<uint8_t> used(id->dictionary.size());
      for (const uint32_t code : id->codes) {
        if (code != kMissingCode) used[code] = 1;
      }
      for (uint32_t code = 0; code < used.size(); ++code) {
        if (used[code] != 0) add(add_code(ids_, id->dictionary, code));
      }
    }
  }

  // Ascending by id. The row of employees of each goes to `rows`.
  IdColumn take(std::vector<RowRef>& rows) {
    std::vector<uint32_t> found;
    found.reserve(found_);
    for (uint32_t code = 0; code < is_found_.size(); ++code) {  // numbers of a store go by text, nearly
      if (is_found_[code] != 0) found.push_back(code);
    }
    sort_by_text(found, ids_);
    rows.reserve(found.size());
    for (const uint32_t code : found) rows.push_back(row_[code]);
    return make_ids(std::move(found), std::move(ids_));
  }

 private:
  void add(uint32_t code) {
    if (code >= row_.size()) {
      row_.resize(ids_.size());
      is_found_.resize(ids_.size());
    }
    found_ += is_found_[code] == 0;
    is_found_[code] = 1;
  }

  SharedDictionary ids_;
  std::vector<RowRef> row_;        // by code
  std::vector<uint8_t> is_found_;  // by code
  size_t found_ = 0;
};

// The day after the last day of service.
Date service_end(std::optional<Date> termination) {
  return termination && *termination < kFarFuture ? *termination + 1 : kFarFuture;
}

TextColumn names_of(std::span<const Frame> employees, std::span<const RowRef> rows) {
  std::vector<const Column*> inputs;
  for (const Frame& f : employees) inputs.push_back(f.find("name"));
  Column names;
  gather(names, inputs, rows);
  return {std::move(names.codes), std::move(names.dictionary)};
}

void fill_service(std::span<const Frame> employees, std::span<const RowRef> rows, People& people) {
  struct Columns {
    const Column *hire, *termination;
  };
  std::vector<Columns> columns;
  for (const Frame& f : employees) columns.push_back({f.find("hire_date"), f.find("termination_date")});
  people.service.reserve(rows.size());
  people.origin.reserve(rows.size());
  for (const RowRef& at : rows) {
    const Columns c = at.given() ? columns[at.frame] : Columns{};
    people.service.push_back({date_of(c.hire, at.row).value_or(kFarPast), service_end(date_of(c.termination, at.row))});
    people.origin.push_back(at.given() ? origin_of(employees[at.frame], at.row) : Origin{});
  }
}

void report_reversed(const People& people, Diagnostics& diagnostics) {
  for (uint32_t p = 0; p < people.size(); ++p) {
    const DateRange& service = people.service[p];
    if (!service.empty()) continue;
    diagnostics.push_back(
        make_warning("service-reversed", span_of(people.origin[p]),
                     {std::string(people.id[p]), to_string(service.from), to_string(service.last())}));
  }
}

}  // namespace

PeopleRows build_people(std::span<const Frame> employees, std::span<const Frame> assignments,
                        Diagnostics& diagnostics) {
  PeopleRows out;
  Finder finder;
  finder.add_employees(employees);
  finder.add_assigned(assignments);
  out.people.id = finder.take(out.employee);
  out.people.name = names_of(employees, out.employee);
  fill_service(employees, out.employee, out.people);
  report_reversed(out.people, diagnostics);
  return out;
}

}  // namespace hr::facts
