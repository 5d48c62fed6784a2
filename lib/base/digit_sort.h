// Many items put in order by a number that each has: linear in how many they are.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "base/parallel.h"

namespace hr {

// Stable, ascending by key(item), of 64 bits without a sign: some bits after the others, those alone in which keys
// differ. Each thread takes a range of the items, of which there are fewer than 2^32; threads ≥ 1. `room`: memory,
// whose content is of no use before and after.
template <class Item, class Key>
void sort_by_digits(std::span<Item> items, std::vector<Item>& room, const Key& key, int threads) {
  constexpr unsigned kBits = 11;
  constexpr uint64_t kMask = (1U << kBits) - 1;
  constexpr size_t kFew = size_t{1} << 16U;  // for which no thread is worth its while
  const size_t ranges = items.size() <= kFew ? 1 : static_cast<size_t>(threads);
  const size_t width = (items.size() + ranges - 1) / ranges;
  const auto for_each_range = [&](const auto& work) {
    for_pieces(ranges, threads, [&](size_t range, size_t) {
      const size_t begin = std::min(range * width, items.size());
      work(range, begin, std::min(begin + width, items.size()));
    });
  };
  uint64_t varies = 0;
  for (const Item& item : items) varies |= key(item) ^ key(items.front());
  std::vector<std::array<uint32_t, kMask + 1>> next(ranges);  // by range, digit
  for (auto shift = static_cast<unsigned>(std::countr_zero(varies)); shift < 64; shift += kBits) {
    if ((varies >> shift & kMask) == 0) continue;
    const auto digit = [&](const Item& item) { return key(item) >> shift & kMask; };
    for_each_range([&](size_t range, size_t begin, size_t end) {
      next[range].fill(0);
      for (const Item& item : items.subspan(begin, end - begin)) ++next[range][digit(item)];
    });
    uint32_t before = 0;
    for (size_t d = 0; d <= kMask; ++d) {
      for (auto& of_range : next) before += std::exchange(of_range[d], before);
    }
    room.resize(items.size());
    for_each_range([&](size_t range, size_t begin, size_t end) {
      for (const Item& item : items.subspan(begin, end - begin)) room[next[range][digit(item)]++] = item;
    });
    for_each_range([&](size_t, size_t begin, size_t end) {
      std::copy(room.data() + begin, room.data() + end, items.data() + begin);
    });
  }
}

}  // namespace hr
