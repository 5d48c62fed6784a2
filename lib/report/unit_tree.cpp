#include "report/unit_tree.h"

namespace hr::report {

using facts::kNone;

UnitOrder order_units(const facts::OrgTree& tree) {
  const auto n = static_cast<uint32_t>(tree.size());
  std::vector<std::vector<uint32_t>> children(n);
  std::vector<uint32_t> open;  // to be printed, the next on top
  for (uint32_t u = n; u-- > 0;) {
    if (tree.parent[u] == kNone)
      open.push_back(u);
    else
      children[tree.parent[u]].push_back(u);  // descending, as the stack wants them
  }
  UnitOrder order;
  std::vector<uint32_t> place(n);
  while (!open.empty()) {
    const uint32_t u = open.back();
    open.pop_back();
    place[u] = static_cast<uint32_t>(order.units.size());
    order.units.push_back(u);
    open.insert(open.end(), children[u].begin(), children[u].end());
  }
  order.size.assign(order.units.size(), 1);
  for (size_t i = order.units.size(); i-- > 0;) {
    const uint32_t parent = tree.parent[order.units[i]];
    if (parent != kNone) order.size[place[parent]] += order.size[i];
  }
  return order;
}

UnitMembers::UnitMembers(const UnitOrder& order, std::span<const std::pair<uint32_t, uint32_t>> unit_and_item,
                         size_t units)
    : begin_(units + 2) {
  std::vector<uint32_t> place(units);
  for (uint32_t i = 0; i < order.units.size(); ++i) place[order.units[i]] = i;
  const auto place_of = [&](uint32_t unit) { return unit == kNone ? units : place[unit]; };
  for (const auto& [unit, item] : unit_and_item) ++begin_[place_of(unit) + 1];
  for (size_t i = 0; i + 1 < begin_.size(); ++i) begin_[i + 1] += begin_[i];
  std::vector<size_t> next(begin_.begin(), begin_.end() - 1);
  items_.resize(unit_and_item.size());
  for (const auto& [unit, item] : unit_and_item) items_[next[place_of(unit)]++] = item;
}

}  // namespace hr::report
