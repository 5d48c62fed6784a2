// Circles among things of which each points to at most one other: units and their parents, people and their managers.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hr::facts {

// Every circle once, beginning with its smallest number and going on along `next` (kNone = points nowhere).
std::vector<std::vector<uint32_t>> find_circles(std::span<const uint32_t> next);

// "A → B → A"
std::string circle_text(std::span<const uint32_t> circle, const std::function<std::string_view(uint32_t)>& id_of);

}  // namespace hr::facts
