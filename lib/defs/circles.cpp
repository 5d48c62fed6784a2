#include <algorithm>
#include <limits>

#include "defs/checks.h"

namespace hr::defs {

namespace {

using Edges = std::vector<std::vector<size_t>>;
constexpr size_t kNone = std::numeric_limits<size_t>::max();

// Groups in which every node reaches every other, by Tarjan's algorithm, without recursion: a chain may be as long as
// there are definitions.
class Groups {
 public:
  explicit Groups(const Edges& edges)
      : group_of(edges.size(), kNone), edges_(edges), order_(edges.size(), kNone), low_(edges.size(), 0) {
    for (size_t start = 0; start < edges.size(); ++start) {
      if (order_[start] == kNone) visit_from(start);
    }
  }

  std::vector<size_t> group_of;  // of each node

 private:
  struct Step {
    size_t node = 0;
    size_t next_edge = 0;
  };

  void enter(size_t node) {
    order_[node] = low_[node] = entered_++;
    open_.push_back(node);
    path_.push_back({node, 0});
  }

  void visit_from(size_t start) {
    enter(start);
    while (!path_.empty()) {
      Step& step = path_.back();
      const size_t node = step.node;
      if (step.next_edge == edges_[node].size()) {
        leave(node);
        continue;
      }
      const size_t next = edges_[node][step.next_edge++];
      if (order_[next] == kNone)
        enter(next);
      else if (group_of[next] == kNone)
        low_[node] = std::min(low_[node], order_[next]);
    }
  }

  void leave(size_t node) {
    path_.pop_back();
    if (!path_.empty()) low_[path_.back().node] = std::min(low_[path_.back().node], low_[node]);
    if (low_[node] != order_[node]) return;
    for (size_t member = kNone; member != node; open_.pop_back()) {
      member = open_.back();
      group_of[member] = groups_;
    }
    ++groups_;
  }

  const Edges& edges_;
  std::vector<size_t> order_;  // in which nodes were entered
  std::vector<size_t> low_;    // the earliest node of the open ones that is reached from here
  std::vector<size_t> open_;   // entered, not yet in a group
  std::vector<Step> path_;
  size_t entered_ = 0;
  size_t groups_ = 0;
};

// The shortest way from `start` back to itself within its group; empty when there is none.
std::vector<size_t> circle_through(size_t start, const Edges& edges, const std::vector<size_t>& group_of,
                                   std::vector<size_t>& reached_from) {
  std::vector<size_t> queue{start};
  for (size_t i = 0; i < queue.size(); ++i) {
    for (const size_t next : edges[queue[i]]) {
      if (next == start) {
        std::vector<size_t> circle;
        for (size_t node = queue[i]; node != start; node = reached_from[node]) circle.push_back(node);
        circle.push_back(start);
        std::reverse(circle.begin(), circle.end());
        return circle;
      }
      if (group_of[next] != group_of[start] || reached_from[next] != kNone) continue;
      reached_from[next] = queue[i];
      queue.push_back(next);
    }
  }
  return {};
}

}  // namespace

std::vector<std::vector<size_t>> find_circles(const Edges& edges) {
  const Groups groups(edges);
  std::vector<std::vector<size_t>> circles;
  std::vector<size_t> reached_from(edges.size(), kNone);
  std::vector<uint8_t> done(edges.size(), 0);  // by group
  for (size_t node = 0; node < edges.size(); ++node) {
    if (done[groups.group_of[node]]) continue;
    done[groups.group_of[node]] = 1;
    std::vector<size_t> circle = circle_through(node, edges, groups.group_of, reached_from);
    if (!circle.empty()) circles.push_back(std::move(circle));
  }
  return circles;
}

Diagnostic circle_error(const char* message, const char* long_message, const std::vector<Named>& circle) {
  constexpr size_t kMostShown = 10;
  const bool all = circle.size() <= kMostShown;
  Diagnostic d = make_error(all ? message : long_message, circle.front().span);
  std::string text = circle.front().id + " → ";
  for (size_t i = 1; i < circle.size(); ++i) {
    if (all || i + 2 < kMostShown || i + 1 == circle.size()) {
      text += circle[i].id + " → ";
      d.related.push_back(circle[i].span);
    } else if (i + 2 == kMostShown) {
      text += "… → ";
    }
  }
  d.args = {text + circle.front().id, std::to_string(circle.size())};
  return d;
}

}  // namespace hr::defs
