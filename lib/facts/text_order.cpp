#include "facts/text_order.h"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>
#include <span>
#include <string_view>
#include <utility>

#include "base/parallel.h"

namespace hr::facts {

namespace {

struct Keyed {
  uint64_t key = 0;  // eight bytes of the text, the first one highest; 0 beyond its end
  uint32_t code = 0;
};

size_t common_length(std::string_view a, std::string_view b) {
  return static_cast<size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
}

uint64_t key_of(std::string_view text, size_t skip) {
  uint64_t key = 0;
  for (size_t i = skip; i < skip + 8; ++i)
    key = key << 8U | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  return key;
}

constexpr size_t kRange = size_t{1} << 16U;  // codes that a thread takes at a time: texts may lie in no cache

// How many bytes all the texts begin with.
size_t common_prefix(const std::vector<uint32_t>& codes, const Dictionary& texts) {
  const int threads = hardware_threads();
  std::vector<size_t> lengths(static_cast<size_t>(threads), SIZE_MAX);
  for_ranges(codes.size(), kRange, threads, [&](size_t begin, size_t end, size_t worker) {
    std::string_view common = texts[codes.front()];
    for (size_t i = begin; i < end; ++i) common = common.substr(0, common_length(common, texts[codes[i]]));
    lengths[worker] = std::min(lengths[worker], common.size());
  });
  return *std::min_element(lengths.begin(), lengths.end());
}

// Bits in which keys do not differ say nothing of their order: of each byte those up to the highest that differs are
// kept, so that a digit takes four. How many bits a key has then.
unsigned pack_keys(std::vector<Keyed>& items) {
  const int threads = hardware_threads();
  std::vector<uint64_t> of_workers(static_cast<size_t>(threads));
  for_ranges(items.size(), kRange, threads, [&](size_t begin, size_t end, size_t worker) {
    uint64_t differ = 0;
    for (size_t i = begin; i < end; ++i) differ |= items[i].key ^ items[0].key;
    of_workers[worker] |= differ;
  });
  uint64_t differ = 0;
  for (const uint64_t of_worker : of_workers) differ |= of_worker;
  std::array<unsigned, 8> width{};  // of each byte, the lowest first
  for (unsigned at = 0; at < 8; ++at) width[at] = static_cast<unsigned>(std::bit_width(differ >> 8 * at & 0xFFU));
  for_ranges(items.size(), kRange, threads, [&](size_t begin, size_t end, size_t) {
    for (size_t i = begin; i < end; ++i) {
      uint64_t key = 0;
      for (unsigned at = 8; at-- > 0;)
        key = key << width[at] | (items[i].key >> 8 * at & ((uint64_t{1} << width[at]) - 1));
      items[i].key = key;
    }
  });
  return std::accumulate(width.begin(), width.end(), 0U);
}

constexpr unsigned kDigit = 10;  // bits that one pass sorts by
using Places = std::array<size_t, 1U << kDigit>;

// Those with a smaller digit at `shift` come first, the others keep their order. Where each digit ends.
Places part_by_digit(std::span<const Keyed> items, unsigned shift, std::span<Keyed> to) {
  const auto digit = [&](const Keyed& item) { return item.key >> shift & ((1U << kDigit) - 1); };
  Places place{};
  for (const Keyed& item : items) ++place[digit(item)];
  size_t before = 0;
  for (size_t& p : place) before += std::exchange(p, before);
  for (const Keyed& item : items) to[place[digit(item)]++] = item;
  return place;
}

// From the lowest bits of the keys below `bits` to the highest. `room`: for as many.
void sort_low_bits(std::span<Keyed> items, std::span<Keyed> room, unsigned bits) {
  std::span<Keyed> from = items;
  for (unsigned shift = 0; shift < bits; shift += kDigit) {
    part_by_digit(from, shift, room);
    std::swap(from, room);
  }
  if (from.data() != items.data()) std::copy(from.begin(), from.end(), items.begin());
}

// Many are parted by their highest bits first: parts fit a near cache, and several threads sort them.
void sort_by_key(std::vector<Keyed>& items) {
  constexpr size_t kMany = size_t{1} << 16U;
  const unsigned bits = pack_keys(items);
  std::vector<Keyed> parted(items.size());
  if (items.size() < kMany || bits <= kDigit) return sort_low_bits(items, parted, bits);
  const Places ends = part_by_digit(items, bits - kDigit, parted);
  for_pieces(ends.size(), hardware_threads(), [&](size_t part, size_t) {
    const size_t begin = part == 0 ? 0 : ends[part - 1];
    const size_t n = ends[part] - begin;
    if (n > 1) sort_low_bits(std::span(parted).subspan(begin, n), std::span(items).subspan(begin, n), bits - kDigit);
  });
  items.swap(parted);
}

}  // namespace

void sort_by_text(std::vector<uint32_t>& codes, const Dictionary& texts) {
  const auto by_text = [&](uint32_t a, uint32_t b) { return texts[a] < texts[b]; };
  if (std::is_sorted(codes.begin(), codes.end(), by_text)) return;
  const size_t skip = common_prefix(codes, texts);
  std::vector<Keyed> items(codes.size());
  for_ranges(codes.size(), kRange, hardware_threads(), [&](size_t begin, size_t end, size_t) {
    for (size_t i = begin; i < end; ++i) items[i] = {key_of(texts[codes[i]], skip), codes[i]};
  });
  sort_by_key(items);
  for (size_t i = 0; i < items.size(); ++i) codes[i] = items[i].code;
  for (size_t begin = 0, end = 0; begin < items.size(); begin = end) {
    while (end < items.size() && items[end].key == items[begin].key) ++end;
    const auto at = codes.begin() + static_cast<std::ptrdiff_t>(begin);
    if (end - begin > 1) std::sort(at, at + static_cast<std::ptrdiff_t>(end - begin), by_text);
  }
}

}  // namespace hr::facts
