#include "facts/org_tree.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "facts/cells.h"
#include "facts/circles.h"
#include "facts/code_map.h"
#include "facts/text_order.h"

namespace hr::facts {

uint32_t OrgTree::ancestor_at(uint32_t unit, uint32_t level) const {
  while (depth[unit] > level && parent[unit] != kNone) unit = parent[unit];
  return unit;
}

bool OrgTree::is_within(uint32_t unit, uint32_t ancestor) const {
  while (depth[unit] > depth[ancestor]) unit = parent[unit];
  return unit == ancestor;
}

namespace {

// A frame of org_units. Units are named by their codes in one dictionary.
struct UnitFrame {
  const Frame* frame;
  const Column *id, *from, *to, *parent, *name, *head;
  CodeMap ids, parents;

  UnitFrame(const Frame& f, SharedDictionary& dictionary)
      : frame(&f),
        id(f.find("org_unit")),
        from(f.find("from")),
        to(f.find("to")),
        parent(f.find("parent")),
        name(f.find("name")),
        head(f.find("head_id")) {
    if (id != nullptr) ids = add_codes(dictionary, id->dictionary);
    if (parent != nullptr) parents = add_codes(dictionary, parent->dictionary);
  }
};

// One row of org_units.
struct UnitRow {
  uint32_t unit = 0;  // its code
  RowRef at;
  DateRange range;
};

// A listed unit: its rows, and the day on which it is looked at: the one asked for if it is in force then, else its
// last one before, else its first.
struct Unit {
  std::span<const UnitRow> rows;  // ascending from; of equal ones the last to be imported comes last
  Date day;
  bool in_force = false;
};

Unit make_unit(std::span<const UnitRow> rows, Date as_of) {
  Unit unit{rows, {}, false};
  std::optional<Date> last;
  Date first = kFarFuture;
  for (const UnitRow& row : rows) {
    unit.in_force = unit.in_force || row.range.contains(as_of);
    if (row.range.to <= as_of) last = std::max(last.value_or(kFarPast), row.range.last());
    first = std::min(first, row.range.from);
  }
  unit.day = unit.in_force ? as_of : last.value_or(first);
  return unit;
}

// The units that frames list.
class ListedUnits {
 public:
  ListedUnits(std::span<const Frame> frames, SharedDictionary& dictionary, Date as_of) {
    for (const Frame& frame : frames) frames_.emplace_back(frame, dictionary);
    for (uint32_t f = 0; f < frames_.size(); ++f) read(f);
    std::stable_sort(rows_.begin(), rows_.end(), [](const UnitRow& a, const UnitRow& b) {
      return std::pair(a.unit, a.range.from) < std::pair(b.unit, b.range.from);
    });
    unit_of_.assign(dictionary.size(), kNone);
    for (size_t begin = 0, end = 0; begin < rows_.size(); begin = end) {
      while (end < rows_.size() && rows_[end].unit == rows_[begin].unit) ++end;
      unit_of_[rows_[begin].unit] = static_cast<uint32_t>(units_.size());
      units_.push_back(make_unit(std::span(rows_).subspan(begin, end - begin), as_of));
    }
  }

  bool empty() const { return units_.empty(); }
  std::span<const Unit> all() const { return units_; }
  const Unit* find(uint32_t code) const {
    return code < unit_of_.size() && unit_of_[code] != kNone ? &units_[unit_of_[code]] : nullptr;
  }
  const UnitFrame& frame_of(const UnitRow& row) const { return frames_[row.at.frame]; }
  std::span<const UnitFrame> frames() const { return frames_; }

  // The row that says a column on the unit's day: of those that carry it, the one that began last. nullptr = none says
  // it.
  const UnitRow* speaks(const Unit& unit, const Column* UnitFrame::*column) const {
    for (auto row = unit.rows.rbegin(); row != unit.rows.rend(); ++row) {
      const Column* cells = frame_of(*row).*column;
      if (cells != nullptr && cells->says(row->at.row) && row->range.contains(unit.day)) return &*row;
    }
    return nullptr;
  }
  // The code in the unit above, of the dictionary of ids; kMissingCode = none.
  uint32_t parent(const Unit& unit) const {
    const UnitRow* row = speaks(unit, &UnitFrame::parent);
    const uint32_t code = row != nullptr ? frame_of(*row).parent->codes[row->at.row] : kMissingCode;
    return code == kMissingCode ? kMissingCode : frame_of(*row).parents[code];
  }

 private:
  void read(uint32_t f) {
    const UnitFrame& of = frames_[f];
    if (of.id == nullptr) return;
    rows_.reserve(rows_.size() + of.frame->size());
    for (uint32_t row = 0; row < of.frame->size(); ++row) {
      const DateRange range = range_of(of.from, of.to, row);
      if (!of.id->missing(row) && !range.empty()) rows_.push_back({of.ids[of.id->codes[row]], {f, row}, range});
    }
  }

  std::vector<UnitFrame> frames_;
  std::vector<UnitRow> rows_;  // by unit, then from
  std::vector<Unit> units_;
  std::vector<uint32_t> unit_of_;  // by code; kNone = not listed
};

// The units of the tree: those in force, those named, and what lies above them.
class Choice {
 public:
  Choice(const ListedUnits& listed, const SharedDictionary& ids) : listed_(listed), ids_(ids) {}

  void add_in_force() {
    for (const Unit& unit : listed_.all()) {
      if (unit.in_force) add(unit.rows.front().unit);
    }
  }
  void add(uint32_t code) {
    if (code >= is_chosen_.size()) is_chosen_.resize(ids_.size());
    if (is_chosen_[code] != 0 || ids_[code].empty()) return;
    is_chosen_[code] = 1;
    found_.push_back(code);
  }
  // Ascending by id.
  std::vector<uint32_t> take() {
    for (size_t i = 0; i < found_.size(); ++i) {
      const Unit* unit = listed_.find(found_[i]);
      const uint32_t parent = unit != nullptr ? listed_.parent(*unit) : kMissingCode;
      if (parent != kMissingCode) add(parent);
    }
    std::sort(found_.begin(), found_.end());  // numbers of a store go by text, nearly
    sort_by_text(found_, ids_);
    return std::move(found_);
  }

 private:
  const ListedUnits& listed_;
  const SharedDictionary& ids_;
  std::vector<uint8_t> is_chosen_;  // by code
  std::vector<uint32_t> found_;
};

class TreeBuilder {
 public:
  TreeBuilder(const ListedUnits& listed, Diagnostics& diagnostics) : listed_(listed), diagnostics_(diagnostics) {}

  OrgTree build(std::vector<uint32_t> codes, SharedDictionary ids) {
    tree_.id = make_ids(std::move(codes), std::move(ids));
    tree_.name = texts_of(&UnitFrame::name);
    tree_.head = texts_of(&UnitFrame::head);
    for (uint32_t u = 0; u < tree_.size(); ++u) set_parent(u);
    note_unlisted();
    cut_circles();
    set_depths();
    return std::move(tree_);
  }

 private:
  const Unit* listed(uint32_t unit) const { return listed_.find(tree_.id.codes[unit]); }

  TextColumn texts_of(const Column* UnitFrame::*column) const {
    TextColumn out;
    std::vector<CodeMap> codes;  // by frame
    for (const UnitFrame& f : listed_.frames())
      codes.push_back(f.*column != nullptr ? add_codes(out.texts, (f.*column)->dictionary) : CodeMap());
    for (uint32_t u = 0; u < tree_.size(); ++u) {
      const Unit* unit = listed(u);
      const UnitRow* row = unit != nullptr ? listed_.speaks(*unit, column) : nullptr;
      const uint32_t code = row != nullptr ? (listed_.frame_of(*row).*column)->codes[row->at.row] : kMissingCode;
      out.codes.push_back(code == kMissingCode ? code : codes[row->at.frame][code]);
    }
    return out;
  }

  void set_parent(uint32_t unit) {
    const Unit* of = listed(unit);
    tree_.listed.push_back(of != nullptr && of->in_force);
    const uint32_t parent = of != nullptr ? listed_.parent(*of) : kMissingCode;
    tree_.parent.push_back(parent == kMissingCode ? kNone : tree_.id.of_code[parent]);
    if (tree_.parent.back() != kNone && listed_.find(parent) == nullptr)
      note("unknown-unit/parent", {id(tree_.parent.back()), id(unit)}, place(unit));
  }

  // Units that only people or objectives name; without any org_units every unit is one, and nobody needs to hear it.
  void note_unlisted() {
    std::vector<bool> is_parent(tree_.size());
    for (const uint32_t parent : tree_.parent) {
      if (parent != kNone) is_parent[parent] = true;
    }
    for (uint32_t u = 0; u < tree_.size() && !listed_.empty(); ++u) {
      if (listed(u) == nullptr && !is_parent[u]) note("unknown-unit", {id(u)}, {});
    }
  }

  void cut_circles() {
    for (const std::vector<uint32_t>& circle : find_circles(tree_.parent)) {
      const std::string text = circle_text(circle, [&](uint32_t u) { return tree_.id[u]; });
      diagnostics_.push_back(make_warning("org-cycle", place(circle.front()), {text, id(circle.front())}));
      tree_.parent[circle.front()] = kNone;
    }
  }

  void set_depths() {
    tree_.depth.assign(tree_.size(), 0);
    std::vector<uint32_t> path;
    for (uint32_t u = 0; u < tree_.size(); ++u) {
      for (uint32_t at = u; at != kNone && tree_.depth[at] == 0; at = tree_.parent[at]) path.push_back(at);
      for (; !path.empty(); path.pop_back()) {
        const uint32_t parent = tree_.parent[path.back()];
        tree_.depth[path.back()] = parent == kNone ? 1 : tree_.depth[parent] + 1;
      }
    }
  }

  std::string id(uint32_t unit) const { return std::string(tree_.id[unit]); }

  // Where the parent of a unit is said.
  SourceSpan place(uint32_t unit) const {
    const UnitRow& row = *listed_.speaks(*listed(unit), &UnitFrame::parent);
    return span_of(origin_of(*listed_.frame_of(row).frame, row.at.row));
  }

  void note(std::string message, std::vector<std::string> args, SourceSpan span) {
    Diagnostic d = make_warning(std::move(message), std::move(span), std::move(args));
    d.severity = Severity::note;
    diagnostics_.push_back(std::move(d));
  }

  const ListedUnits& listed_;
  Diagnostics& diagnostics_;
  OrgTree tree_;
};

}  // namespace

OrgTree build_org_tree(std::span<const Frame> org_units, const Column* of_people,
                       const std::function<std::vector<std::string_view>()>& owners, Date as_of,
                       Diagnostics& diagnostics) {
  SharedDictionary ids;
  const ListedUnits listed(org_units, ids, as_of);
  const CodeMap people = of_people != nullptr ? add_codes(ids, of_people->dictionary) : CodeMap();
  Choice choice(listed, ids);
  choice.add_in_force();
  for (size_t s = 0; of_people != nullptr && s < of_people->size(); ++s) {
    if (!of_people->missing(s)) choice.add(people[of_people->codes[s]]);
  }
  for (const std::string_view owner : owners()) {
    const std::optional<uint32_t> known = ids.find(owner);  // add() makes a copy of what is shared
    choice.add(known ? *known : ids.add(owner));
  }
  std::vector<uint32_t> codes = choice.take();
  return TreeBuilder(listed, diagnostics).build(std::move(codes), std::move(ids));
}

}  // namespace hr::facts
