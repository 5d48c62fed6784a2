#include "facts/org_tree.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "facts/cells.h"
#include "facts/circles.h"

namespace hr::facts {

std::optional<uint32_t> OrgTree::find(std::string_view unit) const {
  const auto it = index.find(unit);
  return it == index.end() ? std::nullopt : std::optional(it->second);
}

uint32_t OrgTree::ancestor_at(uint32_t unit, uint32_t level) const {
  while (depth[unit] > level && parent[unit] != kNone) unit = parent[unit];
  return unit;
}

bool OrgTree::is_within(uint32_t unit, uint32_t ancestor) const {
  while (depth[unit] > depth[ancestor]) unit = parent[unit];
  return unit == ancestor;
}

namespace {

// One row of org_units.
struct UnitRow {
  const Frame* frame = nullptr;
  size_t row = 0;
  DateRange range;
};

// A listed unit: its rows, and the day on which it is looked at: the one asked for if it is in force then, else its
// last one before, else its first.
struct Unit {
  std::vector<UnitRow> rows;  // ascending from; of equal ones the last to be imported comes last
  Date day;
  bool in_force = false;

  // The row that says `column` on that day: of those that carry it, the one that began last. nullptr = none says it.
  const UnitRow* speaks(std::string_view column) const {
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
      const Column* cells = row->frame->find(column);
      if (cells != nullptr && cells->says(row->row) && row->range.contains(day)) return &*row;
    }
    return nullptr;
  }
  std::string_view text(std::string_view column) const {
    const UnitRow* row = speaks(column);
    return row == nullptr ? std::string_view{} : text_of(row->frame->find(column), row->row);
  }
};

using Units = std::unordered_map<std::string_view, Unit>;

void choose_day(Unit& unit, Date as_of) {
  std::optional<Date> last;
  Date first = kFarFuture;
  for (const UnitRow& row : unit.rows) {
    unit.in_force = unit.in_force || row.range.contains(as_of);
    if (row.range.to <= as_of) last = std::max(last.value_or(kFarPast), row.range.last());
    first = std::min(first, row.range.from);
  }
  unit.day = unit.in_force ? as_of : last.value_or(first);
}

Units read_units(std::span<const Frame> frames, Date as_of) {
  Units units;
  for (const Frame& frame : frames) {
    const Column* id = frame.find("org_unit");
    if (id == nullptr) continue;
    const Column* from = frame.find("from");
    const Column* to = frame.find("to");
    for (size_t row = 0; row < frame.size(); ++row) {
      const DateRange range = range_of(from, to, row);
      if (!id->missing(row) && !range.empty()) units[id->text(row)].rows.push_back({&frame, row, range});
    }
  }
  for (auto& [id, unit] : units) {
    std::stable_sort(unit.rows.begin(), unit.rows.end(),
                     [](const UnitRow& a, const UnitRow& b) { return a.range.from < b.range.from; });
    choose_day(unit, as_of);
  }
  return units;
}

// The units of the tree: those in force, those named, and what lies above them. Ascending.
std::vector<std::string_view> choose_units(const Units& units, std::span<const std::string_view> named) {
  std::vector<std::string_view> ids;
  std::unordered_set<std::string_view> chosen;
  const auto choose = [&](std::string_view id) {
    if (!id.empty() && chosen.insert(id).second) ids.push_back(id);
  };
  for (const auto& [id, unit] : units) {
    if (unit.in_force) choose(id);
  }
  for (const std::string_view id : named) choose(id);
  for (size_t i = 0; i < ids.size(); ++i) {
    if (const auto it = units.find(ids[i]); it != units.end()) choose(it->second.text("parent"));
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

class TreeBuilder {
 public:
  TreeBuilder(const Units& units, Diagnostics& diagnostics) : units_(units), diagnostics_(diagnostics) {}

  OrgTree build(const std::vector<std::string_view>& ids) {
    for (const std::string_view id : ids) add(id);
    tree_.index.reserve(ids.size());
    for (uint32_t u = 0; u < tree_.size(); ++u) tree_.index.emplace(tree_.id[u], u);
    for (uint32_t u = 0; u < tree_.size(); ++u) set_parent(u);
    note_unlisted();
    cut_circles();
    set_depths();
    return std::move(tree_);
  }

 private:
  void add(std::string_view id) {
    const auto it = units_.find(id);
    const bool known = it != units_.end();
    tree_.id.emplace_back(id);
    tree_.name.emplace_back(known ? it->second.text("name") : std::string_view{});
    tree_.head.emplace_back(known ? it->second.text("head_id") : std::string_view{});
    tree_.region.emplace_back(known ? it->second.text("region") : std::string_view{});
    tree_.listed.push_back(known && it->second.in_force);
    tree_.parent.push_back(kNone);
  }

  void set_parent(uint32_t unit) {
    const auto it = units_.find(tree_.id[unit]);
    if (it == units_.end()) return;
    const std::string_view parent = it->second.text("parent");
    if (parent.empty()) return;
    tree_.parent[unit] = *tree_.find(parent);
    if (units_.count(parent) == 0) note("unknown-unit/parent", {std::string(parent), tree_.id[unit]}, place(unit));
  }

  // Units that only people or objectives name; without any org_units every unit is one, and nobody needs to hear it.
  void note_unlisted() {
    std::vector<bool> is_parent(tree_.size());
    for (const uint32_t parent : tree_.parent) {
      if (parent != kNone) is_parent[parent] = true;
    }
    for (uint32_t u = 0; u < tree_.size() && !units_.empty(); ++u) {
      if (units_.count(tree_.id[u]) == 0 && !is_parent[u]) note("unknown-unit", {tree_.id[u]}, {});
    }
  }

  void cut_circles() {
    for (const std::vector<uint32_t>& circle : find_circles(tree_.parent)) {
      const std::string text = circle_text(circle, [&](uint32_t u) { return std::string_view(tree_.id[u]); });
      diagnostics_.push_back(make_warning("org-cycle", place(circle.front()), {text, tree_.id[circle.front()]}));
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

  // Where the parent of a unit is said.
  SourceSpan place(uint32_t unit) const {
    const UnitRow& row = *units_.at(tree_.id[unit]).speaks("parent");
    return span_of(origin_of(*row.frame, row.row));
  }

  void note(std::string message, std::vector<std::string> args, SourceSpan span) {
    Diagnostic d = make_warning(std::move(message), std::move(span), std::move(args));
    d.severity = Severity::note;
    diagnostics_.push_back(std::move(d));
  }

  const Units& units_;
  Diagnostics& diagnostics_;
  OrgTree tree_;
};

}  // namespace

OrgTree build_org_tree(std::span<const Frame> org_units, std::span<const std::string_view> named, Date as_of,
                       Diagnostics& diagnostics) {
  const Units units = read_units(org_units, as_of);
  return TreeBuilder(units, diagnostics).build(choose_units(units, named));
}

}  // namespace hr::facts
