#include "facts/people.h"

#include <string>

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
      const std::vector<uint32_t> codes = codes_of(*id);
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
        if (used[code] != 0) add(code_of(*id, code));
      }
    }
  }

  // Ascending by id. The row of employees of each goes to `rows`.
  TextColumn take(std::vector<RowRef>& rows) {
    sort_by_text(found_, ids_);
    rows.reserve(found_.size());
    for (const uint32_t code : found_) rows.push_back(row_[code]);
    return {std::move(found_), std::move(ids_)};
  }

 private:
  std::vector<uint32_t> codes_of(const Column& id) {
    std::vector<uint32_t> codes(id.dictionary.size());
    if (ids_.size() == 0) ids_ = id.dictionary;
    for (uint32_t code = 0; code < codes.size(); ++code) codes[code] = code_of(id, code);
    return codes;
  }
  uint32_t code_of(const Column& id, uint32_t code) {
    if (ids_.size() == 0) ids_ = id.dictionary;
    return ids_.same_as(id.dictionary) ? code : ids_.add(id.dictionary[code]);
  }

  void add(uint32_t code) {
    if (code >= row_.size()) {
      row_.resize(ids_.size());
      is_found_.resize(ids_.size());
    }
    if (is_found_[code] == 0) found_.push_back(code);
    is_found_[code] = 1;
  }

  SharedDictionary ids_;
  std::vector<RowRef> row_;        // by code
  std::vector<uint8_t> is_found_;  // by code
  std::vector<uint32_t> found_;    // in order of appearance
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
  out.people.of_code.assign(out.people.id.texts.size(), kNone);
  for (uint32_t p = 0; p < out.people.size(); ++p) out.people.of_code[out.people.id.codes[p]] = p;
  out.people.name = names_of(employees, out.employee);
  fill_service(employees, out.employee, out.people);
  report_reversed(out.people, diagnostics);
  return out;
}

}  // namespace hr::facts
