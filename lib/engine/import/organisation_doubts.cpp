#include "engine/import/organisation_doubts.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <optional>
#include <span>
#include <tuple>

#include "base/parallel.h"
#include "engine/cycle/data.h"
#include "facts/cells.h"
#include "facts/circles.h"

namespace hr::engine {

namespace {

using facts::Column;
using facts::Frame;
using facts::kNone;
using model::TableId;

// Marks and links of people and units, by number of the store's names.
struct Links {
  std::vector<uint8_t> listed;  // 1 = a row of the table is about it
  std::vector<uint32_t> above;  // its manager or parent, kNone = none

  explicit Links(size_t names) : listed(names), above(names, kNone) {}

  // Whether somebody is above who is not listed, or lies above itself.
  bool in_doubt() const {
    std::atomic<bool> doubt = false;
    for_pieces(2, hardware_threads(), [&](size_t which, size_t) {
      if (which == 0 ? !facts::find_circles(above).empty() : !are_listed(above)) doubt = true;
    });
    return doubt;
  }
  bool are_listed(std::span<const uint32_t> of) const {
    return std::all_of(of.begin(), of.end(), [&](uint32_t one) { return one == kNone || listed[one] != 0; });
  }
};

static_assert(kNone == facts::kMissingCode);  // so codes are links

bool are_numbers(const Column* column, const facts::SharedDictionary& names) {
  return column == nullptr || column->dictionary.same_as(names);
}

// Takes the rows of a table in. False: a row is of a kind that only the whole organisation can judge.
bool link(const Frame& frame, const Column* id, const Column* above, Links& links) {
  for (size_t row = 0; row < frame.size(); ++row) {
    if (id->missing(row) || links.listed[id->codes[row]]++ > 0) return false;
    if (above != nullptr && !above->missing(row)) links.above[id->codes[row]] = above->codes[row];
  }
  return true;
}

bool units_in_doubt(const Frame& units, const facts::SharedDictionary& names, Links& links) {
  const Column* id = units.find("org_unit");
  const Column* parent = units.find("parent");
  if (id == nullptr || !are_numbers(id, names) || !are_numbers(parent, names)) return true;
  const Column* from = units.find("from");
  const Column* to = units.find("to");
  for (size_t row = 0; row < units.size(); ++row) {
    if (facts::range_of(from, to, row).empty()) return true;
  }
  return !link(units, id, parent, links) || links.in_doubt();
}

// Some of the people. `units`: none = then every unit is one.
bool people_in_doubt(const Frame& people, const facts::SharedDictionary& names, const Links* units, Links& links) {
  const Column* id = people.find("employee_id");
  const Column* manager = people.find("manager_id");
  const Column* unit = people.find("org_unit");
  if (id == nullptr || !are_numbers(id, names) || !are_numbers(manager, names)) return true;
  const Column* hire = people.find("hire_date");
  const Column* termination = people.find("termination_date");
  for (size_t row = 0; row < people.size(); ++row) {
    const Date first = facts::date_of(hire, row).value_or(kFarPast);
    if (first >= kFarFuture || facts::date_of(termination, row).value_or(kFarFuture) < first) return true;
  }
  const bool look_at_units = units != nullptr && unit != nullptr;
  if (look_at_units && (!are_numbers(unit, names) || !units->are_listed(unit->codes))) return true;
  return !link(people, id, manager, links);
}

}  // namespace

bool may_leave_doubts(store::Store& store) {
  static constexpr std::string_view kOfAssignments[] = {"employee_id"};
  static constexpr std::string_view kOfPeople[] = {"employee_id", "org_unit", "manager_id", "hire_date",
                                                   "termination_date"};
  static constexpr std::string_view kOfUnits[] = {"org_unit", "parent", "from", "to"};
  for (const Frame& frame : store.records(TableId::assignments, store::kNow, kOfAssignments)) {
    if (frame.size() > 0) return true;
  }
  const std::vector<Frame> units = store.records(TableId::org_units, store::kNow, kOfUnits);
  const facts::SharedDictionary names = store.subjects();
  std::optional<Links> of_units;
  if (units.front().size() > 0 && units_in_doubt(units.front(), names, of_units.emplace(names.size()))) return true;
  Links of_people(names.size());
  bool doubt = false;
  store.read_records(TableId::employees, store::kNow, kOfPeople, hardware_threads(), [&](const Frame& some, size_t) {
    doubt = doubt || (some.size() > 0 && people_in_doubt(some, names, of_units ? &*of_units : nullptr, of_people));
  });
  return doubt || of_people.in_doubt();
}

Doubts doubts_about(store::Store& store, const std::vector<store::Source>& files, Date today) {
  if (!may_leave_doubts(store)) return {};
  std::map<std::string, const store::Source*> sources;  // by the name that findings give them
  const std::vector<store::Source> all = store.sources(store::kNow);
  for (const store::Source& s : all) sources["source:" + std::to_string(s.id)] = &s;
  // The file of this import that a place lies in, by its name.
  const auto file_of = [&](const SourceSpan& span) -> const store::Source* {
    const auto source = sources.find(span.file);
    if (source == sources.end()) return nullptr;
    const auto file = std::find_if(files.begin(), files.end(),
                                   [&](const store::Source& s) { return s.file == source->second->file; });
    return file == files.end() ? nullptr : &*file;
  };
  Doubts doubts;
  for (Diagnostic& d : organisation_findings(store, today)) {
    for (size_t i = 0; i < d.related.size() && !file_of(d.span); ++i) {  // what is new is the row that was imported now
      if (file_of(d.related[i])) std::swap(d.span, d.related[i]);
    }
    const store::Source* file = file_of(d.span);
    if (!file) continue;
    const bool here = file->sha256 == sources[d.span.file]->sha256;  // none have one where files are not hashed
    const auto name = [&](SourceSpan& span) {
      const auto source = sources.find(span.file);
      if (source != sources.end()) span.file = source->second->file;
    };
    name(d.span);
    for (SourceSpan& span : d.related) name(span);
    if (!here) d.span.line = 0;  // the line is that of the file as it was
    (here ? doubts.here : doubts.earlier).push_back(std::move(d));
  }
  for (Diagnostics* part : {&doubts.here, &doubts.earlier}) {
    std::stable_sort(part->begin(), part->end(), [](const Diagnostic& a, const Diagnostic& b) {
      return std::tie(a.span.file, a.span.line) < std::tie(b.span.file, b.span.line);
    });
  }
  return doubts;
}

}  // namespace hr::engine
