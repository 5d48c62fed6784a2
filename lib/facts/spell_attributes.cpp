#include "facts/spell_attributes.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "facts/gather.h"
#include "model/imported_table.h"

namespace hr::facts {

namespace {

// The columns of the result: the canonical ones of employees, then attributes in order of first appearance.
std::vector<Column> make_columns(std::span<Frame> employees, std::span<Frame> assignments) {
  Frame out = make_frame(model::TableId::employees);
  for (const std::span<Frame> frames : {employees, assignments}) {
    for (const Frame& frame : frames) {
      for (const Column& c : frame.columns) {
        if (!is_attribute(c.name)) continue;
        Column* old = out.find(c.name);
        if (old == nullptr) {
          old = &out.columns.emplace_back();
          old->name = c.name;
          old->storage = c.storage;
        }
        if (old->storage != c.storage)
          old->storage = Storage::text;  // files disagree: as texts they can stand together
      }
    }
  }
  return std::move(out.columns);
}

// The track that speaks for a column; none: the employee row does.
size_t track_of(const Assignments& assignments, const std::string& column) {
  size_t t = 0;
  for (; t < assignments.tracks.size(); ++t) {
    const std::vector<std::string>& names = assignments.tracks[t].columns;
    if (std::find(names.begin(), names.end(), column) != names.end()) break;
  }
  return t;
}

// The row that says the attributes of a track, by spell; frames of assignments are numbered after those of employees.
// The track after the last one: the employee rows.
std::vector<RowRef> rows_of(size_t track, const PeopleRows& people, const Spells& spells, const SpellCells& cells,
                            const Assignments& assignments, uint32_t employee_frames) {
  std::vector<RowRef> rows;
  rows.reserve(spells.size());
  for (size_t s = 0; s < spells.size(); ++s) {
    const bool own = track < cells.tracks && s < cells.first.size() && cells.first[s] != SpellCells::kEmployeeRow;
    const uint32_t source = own ? cells.source[cells.first[s] + track] : kEmployeeCell;
    if (source == kEmployeeCell) {
      rows.push_back(people.employee[spells.person[s]]);
    } else if (source == kMissingCell) {
      rows.emplace_back();
    } else {
      const RowRef at = assignments.rows[source].at;
      rows.push_back({employee_frames + at.frame, at.row});
    }
  }
  return rows;
}

// employee_id comes from the people themselves: someone with assignments only has no employee row.
void fill_ids(const People& people, const Spells& spells, Column& out) {
  out.dictionary = people.id.texts;
  out.codes.reserve(spells.size());
  for (const uint32_t p : spells.person) out.codes.push_back(people.id.codes[p]);
}

// The frame whose rows these are, all of them in their order; nullptr: they are not those of one.
Frame* whole_frame(std::span<const RowRef> rows, const AttributeFrames& frames) {
  if (rows.empty() || !rows[0].given() || rows[0].frame >= frames.employees.size()) return nullptr;
  Frame& frame = frames.employees[rows[0].frame];
  if (frame.size() != rows.size()) return nullptr;
  for (uint32_t i = 0; i < rows.size(); ++i) {
    if (rows[i].frame != rows[0].frame || rows[i].row != i) return nullptr;
  }
  return &frame;
}

// What gather() would make of all cells of `from`; false where it has to.
bool take_whole(Column* from, Column& out) {
  if (from == nullptr || from->storage != out.storage) return false;
  out.codes = std::move(from->codes);
  out.days = std::move(from->days);
  out.decimals = std::move(from->decimals);
  out.dictionary = std::move(from->dictionary);
  return true;
}

void empty(Frame& frame, const std::string& name) {
  Column* column = frame.find(name);
  if (column == nullptr) return;
  column->codes = {};
  column->days = {};
  column->decimals = {};
  column->dictionary = {};
}

// A column that no frame carries stays out: nothing is said of it.
bool is_said(const Column& column, const AttributeFrames& frames) {
  for (const std::span<Frame> some : {frames.employees, frames.assignments}) {
    for (const Frame& frame : some) {
      const Column* c = frame.find(column.name);
      if (c != nullptr && c->carried) return true;
    }
  }
  return column.name == "employee_id" || is_attribute(column.name);
}

}  // namespace

void fill_attributes(const PeopleRows& people, const SpellCells& cells, const Assignments& assignments,
                     const AttributeFrames& frames, int threads, Spells& spells) {
  std::vector<Column>& columns = spells.attributes.columns;
  columns = make_columns(frames.employees, frames.assignments);
  std::erase_if(columns, [&](const Column& c) { return !is_said(c, frames); });
  const auto employee_frames = static_cast<uint32_t>(frames.employees.size());
  std::vector<std::vector<RowRef>> rows(cells.tracks + 1);  // by track
  std::vector<Frame*> whole(rows.size());
  for_pieces(rows.size(), threads, [&](size_t t, size_t) {
    rows[t] = rows_of(t, people, spells, cells, assignments, employee_frames);
    whole[t] = whole_frame(rows[t], frames);
  });
  for_pieces(columns.size(), threads, [&](size_t i, size_t) {
    Column& column = columns[i];
    if (column.name == "employee_id") return fill_ids(people.people, spells, column);
    const size_t track = track_of(assignments, column.name);
    if (whole[track] != nullptr && take_whole(whole[track]->find(column.name), column)) return;
    std::vector<const Column*> inputs;
    for (const Frame& f : frames.employees) inputs.push_back(f.find(column.name));
    for (const Frame& f : frames.assignments) {
      const Column* c = f.find(column.name);
      inputs.push_back(c != nullptr && c->carried ? c : nullptr);
    }
    gather(column, inputs, rows[track]);
    for (Frame& f : frames.employees) empty(f, column.name);
    for (Frame& f : frames.assignments) empty(f, column.name);
  });
}

}  // namespace hr::facts
