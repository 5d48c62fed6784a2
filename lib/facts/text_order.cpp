#include "facts/text_order.h"

#include <algorithm>
#include <array>
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

// How many bytes all the texts begin with.
size_t common_prefix(const std::vector<uint32_t>& codes, const Dictionary& texts) {
  std::string_view common = texts[codes.front()];
  for (const uint32_t code : codes) common = common.substr(0, common_length(common, texts[code]));
  return common.size();
}

uint64_t key_of(std::string_view text, size_t skip) {
  uint64_t key = 0;
  for (size_t i = skip; i < skip + 8; ++i)
    key = key << 8U | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  return key;
}

// From the lowest byte of the keys to the highest, each pass keeping the order of the one before; a byte in which all
// keys are alike needs none.
void sort_by_key(std::vector<Keyed>& items) {
  std::vector<Keyed> sorted(items.size());
  for (unsigned shift = 0; shift < 64; shift += 8) {
    const auto digit = [&](const Keyed& item) { return item.key >> shift & 0xFFU; };
    std::array<size_t, 256> place{};
    for (const Keyed& item : items) ++place[digit(item)];
    if (std::find(place.begin(), place.end(), items.size()) != place.end()) continue;
    size_t before = 0;
    for (size_t& p : place) before += std::exchange(p, before);
    for (const Keyed& item : items) sorted[place[digit(item)]++] = item;
    items.swap(sorted);
  }
}

}  // namespace

void sort_by_text(std::vector<uint32_t>& codes, const Dictionary& texts) {
  const auto by_text = [&](uint32_t a, uint32_t b) { return texts[a] < texts[b]; };
  if (std::is_sorted(codes.begin(), codes.end(), by_text)) return;
  const size_t skip = common_prefix(codes, texts);
  std::vector<Keyed> items(codes.size());
  constexpr size_t kPiece = size_t{1} << 16U;  // their texts may lie in no cache: all threads wait for them
  for_pieces((codes.size() + kPiece - 1) / kPiece, hardware_threads(), [&](size_t piece, size_t) {
    for (size_t i = piece * kPiece, end = std::min(codes.size(), i + kPiece); i < end; ++i)
      items[i] = {key_of(texts[codes[i]], skip), codes[i]};
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
