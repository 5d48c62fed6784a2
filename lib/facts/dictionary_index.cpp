#include "facts/dictionary_index.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/parallel.h"
#include "facts/text_words.h"

namespace hr::facts {

constexpr size_t kAhead = 8;  // times as many as there are, at most, get room before they come

// Makes room for `n` hashed texts, and where there is none for some more of the `expected` ones: slots are written, and
// who expects them may be wrong.
void Dictionary::Index::grow(size_t n, size_t expected) {
  size_t size = std::max<size_t>(16, slots.size());
  if (n <= size / 4 * 3 && size == slots.size()) return;
  n = std::max(n, std::min(expected, n * kAhead));
  while (size / 4 * 3 < n) size *= 2;
  std::vector<Slot> old(size);
  old.swap(slots);
  for (const Slot& slot : old) {
    if (slot.code != kMissingCode) put(slot);
  }
}

// Puts texts for which there is room. Of very many each thread fills a part of the table.
void Dictionary::Index::put_all(const Dictionary& all, const std::vector<Codes>& codes) {
  constexpr size_t kMany = size_t{1} << 17U;
  constexpr size_t kMostParts = 8;
  size_t texts_to_put = 0;
  for (const auto& [first, end] : codes) texts_to_put += end - first;
  const auto threads = std::min(kMostParts, static_cast<size_t>(hardware_threads()));
  const size_t parts = texts_to_put < kMany ? 1 : std::bit_floor(threads);
  const size_t width = slots.size() / parts;
  std::vector<std::vector<Slot>> beyond(parts);  // those that the end of their part has no room for
  for_pieces(parts, static_cast<int>(parts), [&](size_t part, size_t) {
    const size_t end = (part + 1) * width;
    std::array<Slot, CountedIds::kGroup> group;
    size_t n = 0;
    const auto put_group = [&] {
      for (size_t i = 0; i < n; ++i) {
        size_t at = place(group[i].hash);
        while (at < end && slots[at].code != kMissingCode) ++at;
        if (at < end)
          slots[at] = group[i];
        else
          beyond[part].push_back(group[i]);
      }
      n = 0;
    };
    for (const auto& [first_code, end_code] : codes) {
      for (uint32_t code = first_code; code < end_code; ++code) {
        const Slot slot{hash_of(all[code]), code};
        if (place(slot.hash) / width != part) continue;
        __builtin_prefetch(&slots[place(slot.hash)], 1);  // it is in no cache: a group waits together
        group[n++] = slot;
        if (n == group.size()) put_group();
      }
    }
    put_group();
  });
  for (const auto& of_part : beyond) {
    for (const Slot& slot : of_part) put(slot);
  }
}

void Dictionary::Index::take(const Dictionary& all, uint32_t first, uint32_t end, size_t expected) {
  std::vector<Codes> others = counted.take(all, first, end);
  if (numbered.has_begun()) {
    std::vector<Codes> left;
    for (const auto& [from, to] : others) {
      for (uint32_t code = from; code < to; ++code) {
        const uint64_t number = numbered.number_of(all[code]);
        if (number != IdShape::kNone)
          numbered.put(number, code);
        else
          left.emplace_back(code, code + 1);
      }
    }
    others = std::move(left);
  }
  for (const auto& [from, to] : others) hashed += to - from;
  grow(hashed, counted.empty() ? expected : 0);  // those to come may count, too
  put_all(all, others);
}

// Numbers are looked at when there are so many ids that a table of their texts leaves the nearest cache. Of any shape
// that most of them have one stands in the middle, or soon will.
void Dictionary::Index::begin_numbers(const Dictionary& all, size_t expected) {
  constexpr size_t kLeast = 4'096;
  if (numbered.has_begun() || hashed < kLeast) return;
  const IdShape shape(all[all.first_ + static_cast<uint32_t>(all.own_size() / 2)]);
  const auto is_numbered = [&](const Slot& slot) {
    return slot.code != kMissingCode && shape.number_of(all[slot.code]) != IdShape::kNone;
  };
  const auto ids = static_cast<size_t>(std::count_if(slots.begin(), slots.end(), is_numbered));
  if (ids < hashed / 2) return;
  numbered.begin(shape, std::max(ids, std::min(expected, kAhead * ids)));
  std::vector<Slot> old(slots.size());
  old.swap(slots);
  for (const Slot& slot : old) {
    if (is_numbered(slot))
      numbered.put(shape.number_of(all[slot.code]), slot.code);
    else if (slot.code != kMissingCode)
      put(slot);
  }
  hashed -= ids;
}

void Dictionary::Index::make_room(const Dictionary& all, size_t expected) {
  if (has_room_for(hashed + 1)) return;
  begin_numbers(all, expected);
  grow(hashed + 1, counted.empty() && !numbered.has_begun() ? expected : 0);
}

}  // namespace hr::facts
