#include "report/unit_tree.h"

#include <algorithm>

namespace hr::report {

using facts::kNone;

namespace {

// Units by parent, in each ascending: those of parent p are [begin[p], begin[p + 1]); roots are those of parent n.
struct Children {
  std::vector<uint32_t> begin;
  std::vector<uint32_t> units;
};

Children children_of(const facts::OrgTree& tree) {
  const auto n = static_cast<uint32_t>(tree.size());
  Children children{std::vector<uint32_t>(n + 2), std::vector<uint32_t>(n)};
  const auto parent = [&](uint32_t u) { return tree.parent[u] == kNone ? n : tree.parent[u]; };
  for (uint32_t u = 0; u < n; ++u) ++children.begin[parent(u) + 1];
  for (size_t p = 0; p <= n; ++p) children.begin[p + 1] += children.begin[p];
  std::vector<uint32_t> next(children.begin.begin(), children.begin.end() - 1);
  for (uint32_t u = 0; u < n; ++u) children.units[next[parent(u)]++] = u;
  return children;
}

}  // namespace

UnitOrder order_units(const facts::OrgTree& tree) {
  const auto n = static_cast<uint32_t>(tree.size());
  const Children children = children_of(tree);
  UnitOrder order;
  order.place.assign(n + 1, n);
  std::vector<uint32_t> open;  // to be printed, the next on top
  const auto open_below = [&](uint32_t parent) {
    for (uint32_t i = children.begin[parent + 1]; i-- > children.begin[parent];) open.push_back(children.units[i]);
  };
  for (open_below(n); !open.empty();) {
    const uint32_t u = open.back();
    open.pop_back();
    order.place[u] = static_cast<uint32_t>(order.units.size());
    order.units.push_back(u);
    order.parent.push_back(tree.parent[u] == kNone ? kNone : order.place[tree.parent[u]]);
    open_below(u);
  }
  order.size.assign(order.units.size(), 1);
  roll_up(order, order.size, [](uint32_t& above, uint32_t below) { above += below; });
  return order;
}

}  // namespace hr::report
