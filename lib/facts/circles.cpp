#include "facts/circles.h"

#include <algorithm>

#include "facts/dataset.h"

namespace hr::facts {

std::vector<std::vector<uint32_t>> find_circles(std::span<const uint32_t> next) {
  std::vector<std::vector<uint32_t>> circles;
  std::vector<uint32_t> walk(next.size(), kNone);  // the walk that first met it
  for (uint32_t start = 0; start < next.size(); ++start) {
    uint32_t at = start;
    while (at != kNone && walk[at] == kNone) {
      walk[at] = start;
      at = next[at];
    }
    if (at == kNone || walk[at] != start) continue;  // ends, or runs into an earlier walk
    std::vector<uint32_t> circle{at};
    for (uint32_t i = next[at]; i != at; i = next[i]) circle.push_back(i);
    std::rotate(circle.begin(), std::min_element(circle.begin(), circle.end()), circle.end());
    circles.push_back(std::move(circle));
  }
  return circles;
}

std::string circle_text(std::span<const uint32_t> circle, const std::function<std::string_view(uint32_t)>& id_of) {
  std::string text;
  for (const uint32_t i : circle) text.append(id_of(i)).append(" → ");
  return text.append(id_of(circle.front()));
}

}  // namespace hr::facts
