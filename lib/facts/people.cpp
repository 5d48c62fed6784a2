#include "facts/people.h"

#include <string>
#include <string_view>
#include <utility>

#include "base/parallel.h"
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
      grow();
      for (uint32_t row = 0; row < employees[f].size(); ++row) {
        constexpr uint32_t kAhead = 32;  // rows go in any order: memory is asked for in time
        if (row + kAhead < employees[f].size() && !id->missing(row + kAhead))
          __builtin_prefetch(&row_[codes[id->codes[row + kAhead]]], 1);
        if (id->missing(row)) continue;
        const uint32_t code = codes[id->codes[row]];
        add(code);
        row_[code] = {f, row};  // of two rows of one employee the later stands
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
        if (used[code] == 0) continue;
        const uint32_t own = add_code(ids_, id->dictionary, code);
        if (own >= row_.size()) grow();
        add(own);
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
  void grow() {
    row_.resize(ids_.size());
    is_found_.resize(ids_.size());
  }

  void add(uint32_t code) {
    found_ += is_found_[code] == 0;
    is_found_[code] = 1;
  }

  SharedDictionary ids_;
  std::vector<RowRef> row_;        // by code
  std::vector<uint8_t> is_found_;  // by code
  size_t found_ = 0;
};

// The day after the last day of service.
Date service_end(Date termination) {
  return termination < kFarFuture ? termination + 1 : kFarFuture;
}

std::vector<const Column*> columns_of(std::span<const Frame> frames, std::string_view name) {
  std::vector<const Column*> columns;
  for (const Frame& f : frames) columns.push_back(f.find(name));
  return columns;
}

TextColumn names_of(std::span<const Frame> employees, std::span<const RowRef> rows) {
  Column names;
  gather(names, columns_of(employees, "name"), rows);
  return {std::move(names.codes), std::move(names.dictionary)};
}

std::vector<int32_t> days_of(std::span<const Frame> employees, std::span<const RowRef> rows, std::string_view name) {
  Column days;
  days.storage = Storage::day;
  gather(days, columns_of(employees, name), rows);
  return std::move(days.days);
}

std::vector<DateRange> service_of(std::span<const Frame> employees, std::span<const RowRef> rows) {
  const std::vector<int32_t> hired = days_of(employees, rows, "hire_date");
  const std::vector<int32_t> left = days_of(employees, rows, "termination_date");
  std::vector<DateRange> service(rows.size());
  for (size_t p = 0; p < rows.size(); ++p) {
    service[p].from = hired[p] == kMissingDay ? kFarPast : Date{hired[p]};
    service[p].to = left[p] == kMissingDay ? kFarFuture : service_end(Date{left[p]});
  }
  return service;
}

std::vector<Origin> origins_of(std::span<const Frame> employees, std::span<const RowRef> rows) {
  std::vector<const uint32_t*> sources;
  std::vector<const uint32_t*> lines;
  for (const Frame& f : employees) {
    sources.push_back(f.sources.empty() ? nullptr : f.sources.data());
    lines.push_back(f.rows.data());
  }
  const std::vector<uint32_t> source = gather_values<uint32_t>(sources, rows, 0);
  const std::vector<uint32_t> line = gather_values<uint32_t>(lines, rows, 0);
  std::vector<Origin> origins(rows.size());
  for (size_t p = 0; p < rows.size(); ++p) origins[p] = {source[p], line[p]};
  return origins;
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

PeopleRows build_people(std::span<const Frame> employees, std::span<const Frame> assignments, int threads,
                        Diagnostics& diagnostics) {
  PeopleRows out;
  Finder finder;
  finder.add_employees(employees);
  finder.add_assigned(assignments);
  out.people.id = finder.take(out.employee);
  for_pieces(3, threads, [&](size_t part, size_t) {
    if (part == 0) out.people.name = names_of(employees, out.employee);
    if (part == 1) out.people.service = service_of(employees, out.employee);
    if (part == 2) out.people.origin = origins_of(employees, out.employee);
  });
  report_reversed(out.people, diagnostics);
  return out;
}

}  // namespace hr::facts
