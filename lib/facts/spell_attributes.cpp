#include "facts/spell_attributes.h"

#include <algorithm>
#include <optional>
#include <string>

#include "model/imported_table.h"

namespace hr::facts {

namespace {

// The columns of the result: the canonical ones of employees, then attributes in order of first appearance.
std::vector<Column> make_columns(std::span<const Frame> employees, std::span<const Frame> assignments) {
  Frame out = make_frame(model::TableId::employees);
  for (const std::span<const Frame> frames : {employees, assignments}) {
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

// One column of one input frame, with its codes in terms of the result's dictionary.
struct Input {
  const Column* column = nullptr;
  bool same_codes = false;      // the result's dictionary began as a copy of this one
  std::vector<uint32_t> codes;  // else, by code of this column
};

// Fills one column of the result.
class ColumnFiller {
 public:
  ColumnFiller(Column& out, std::span<const Frame> employees, std::span<const Frame> assignments) : out_(out) {
    for (const Frame& f : employees) employees_.push_back(input(f.find(out.name)));
    for (const Frame& f : assignments) {
      const Column* c = f.find(out.name);
      assignments_.push_back(input(c != nullptr && c->carried ? c : nullptr));
    }
  }

  void reserve(size_t rows) {
    if (out_.storage == Storage::text) out_.codes.reserve(rows);
    if (out_.storage == Storage::day) out_.days.reserve(rows);
    if (out_.storage == Storage::decimal) out_.decimals.reserve(rows);
  }

  void add_employee(RowRef at) { at.given() ? add(employees_[at.frame], at.row) : out_.append_missing(); }
  void add_assignment(RowRef at) { add(assignments_[at.frame], at.row); }

 private:
  Input input(const Column* column) {
    Input in{column, false, {}};
    if (column == nullptr || column->storage != Storage::text || out_.storage != Storage::text) return in;
    if (out_.dictionary.size() == 0) {
      out_.dictionary = column->dictionary;
      in.same_codes = true;
      return in;
    }
    in.codes.reserve(column->dictionary.size());
    for (uint32_t code = 0; code < column->dictionary.size(); ++code) {
      in.codes.push_back(out_.dictionary.add(column->dictionary[code]));
    }
    return in;
  }

  void add(const Input& in, uint32_t row) {
    if (in.column == nullptr || in.column->missing(row)) return out_.append_missing();
    if (in.column->storage != out_.storage) return add_converted(*in.column, row);
    switch (out_.storage) {
      case Storage::text: {
        const uint32_t code = in.column->codes[row];
        out_.codes.push_back(in.same_codes ? code : in.codes[code]);
        break;
      }
      case Storage::day:
        out_.days.push_back(in.column->days[row]);
        break;
      case Storage::decimal:
        out_.decimals.push_back(in.column->decimals[row]);
        break;
    }
  }

  void add_converted(const Column& in, uint32_t row) {
    if (out_.storage == Storage::text)
      out_.append(cell_text(in, row));
    else
      out_.append_missing();
  }

  Column& out_;
  std::vector<Input> employees_;
  std::vector<Input> assignments_;
};

// The track that speaks for a column.
std::optional<size_t> track_of(const Assignments& assignments, const std::string& column) {
  for (size_t t = 0; t < assignments.tracks.size(); ++t) {
    const std::vector<std::string>& names = assignments.tracks[t].columns;
    if (std::find(names.begin(), names.end(), column) != names.end()) return t;
  }
  return std::nullopt;
}

// employee_id comes from the people themselves: someone with assignments only has no employee row.
void fill_ids(Column& out, const PeopleRows& people, const Spells& spells) {
  std::vector<uint32_t> codes(people.people.size(), kMissingCode);
  out.codes.reserve(spells.size());
  for (const uint32_t p : spells.person) {
    if (codes[p] == kMissingCode) codes[p] = out.dictionary.add(people.people.id[p]);
    out.codes.push_back(codes[p]);
  }
}

}  // namespace

Frame spell_attributes(const PeopleRows& people, const Spells& spells, const SpellCells& cells,
                       const Assignments& assignments, std::span<const Frame> employee_frames,
                       std::span<const Frame> assignment_frames) {
  Frame out;
  out.columns = make_columns(employee_frames, assignment_frames);
  out.rows.reserve(spells.size());
  out.sources.reserve(spells.size());
  for (const Origin& origin : spells.origin) {
    out.rows.push_back(origin.row);
    out.sources.push_back(origin.source);
  }
  for (Column& column : out.columns) {
    if (column.name == "employee_id") {
      fill_ids(column, people, spells);
      continue;
    }
    ColumnFiller filler(column, employee_frames, assignment_frames);
    filler.reserve(spells.size());
    const std::optional<size_t> track = track_of(assignments, column.name);
    for (size_t s = 0; s < spells.size(); ++s) {
      const bool own = track && cells.first[s] != SpellCells::kEmployeeRow;
      const uint32_t source = own ? cells.source[cells.first[s] + *track] : kEmployeeCell;
      if (source == kEmployeeCell)
        filler.add_employee(people.employee[spells.person[s]]);
      else if (source == kMissingCell)
        column.append_missing();
      else
        filler.add_assignment(assignments.rows[source].at);
    }
  }
  return out;
}

}  // namespace hr::facts
