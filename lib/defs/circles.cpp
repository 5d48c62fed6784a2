#include <algorithm>

#include "defs/checks.h"

namespace hr::defs {

namespace {

enum class Mark : uint8_t { fresh, open, done };

struct Step {
  size_t node = 0;
  size_t next_edge = 0;
};

}  // namespace

// Depth-first without recursion: a chain may be as long as there are definitions.
std::vector<std::vector<size_t>> find_circles(const std::vector<std::vector<size_t>>& edges) {
  std::vector<std::vector<size_t>> circles;
  std::vector<Mark> marks(edges.size(), Mark::fresh);
  std::vector<Step> path;
  for (size_t start = 0; start < edges.size(); ++start) {
    if (marks[start] != Mark::fresh) continue;
    path.push_back({start, 0});
    marks[start] = Mark::open;
    while (!path.empty()) {
      Step& step = path.back();
      if (step.next_edge == edges[step.node].size()) {
        marks[step.node] = Mark::done;
        path.pop_back();
        continue;
      }
      const size_t next = edges[step.node][step.next_edge++];
      if (marks[next] == Mark::fresh) {
        marks[next] = Mark::open;
        path.push_back({next, 0});
      } else if (marks[next] == Mark::open) {
        const auto from = std::find_if(path.begin(), path.end(), [&](const Step& s) { return s.node == next; });
        std::vector<size_t> circle;
        for (auto at = from; at != path.end(); ++at) circle.push_back(at->node);
        circles.push_back(std::move(circle));
      }
    }
  }
  return circles;
}

std::string circle_text(const std::vector<std::string>& ids) {
  std::string text;
  for (const std::string& id : ids) text += id + " → ";
  return text + ids.front();
}

}  // namespace hr::defs
