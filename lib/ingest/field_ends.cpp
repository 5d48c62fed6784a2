#include "ingest/field_ends.h"

#include <algorithm>
#include <array>

#include "ingest/scan.h"

namespace hr::ingest {

namespace {

// Appends the places of the bits of a block that begins at `at`; up to kAtOnce elements behind them are written too.
template <unsigned kAtOnce>
uint32_t* put_places(uint64_t bits, uint32_t at, uint32_t* to) {
  uint32_t* const end = to + count_bits(bits);
  do {
#pragma GCC unroll 16
    for (unsigned i = 0; i < kAtOnce; ++i, bits &= bits - 1)
      to[i] = at + static_cast<uint32_t>(__builtin_ctzll(bits | uint64_t{1} << 63U));
    to += kAtOnce;
  } while (to < end);
  return end;
}

// Room for `more` places behind those up to `end`, which may move.
uint32_t* with_room(std::vector<uint32_t>& places, uint32_t* end, size_t more) {
  const auto used = static_cast<size_t>(end - places.data());
  if (places.size() < used + more) places.resize(std::max(used + more, 2 * places.size()));
  return places.data() + used;
}

}  // namespace

void FieldEnds::find(std::string_view bytes, char delimiter) {
  static const FindMasks find_masks = fastest_find_masks();
  constexpr size_t kGroup = 32;
  constexpr unsigned kFields = 12;  // in a block, nearly always
  constexpr unsigned kRecords = 4;
  std::array<Masks, kGroup> masks;
  const size_t n = bytes.size();
  uint32_t* end = fields_.data();
  uint32_t* record_end = records_.data();
  uint64_t inside_before = 0;
  uint64_t return_before = 0;
  for (size_t at = 0; at < n; at += kMaskBytes) {
    const size_t in_group = at / kMaskBytes % kGroup;
    if (in_group == 0) {
      end = with_room(fields_, end, kGroup * kMaskBytes + kFields);
      record_end = with_room(records_, record_end, kGroup * kMaskBytes + kRecords);
      find_masks(bytes.data() + at, std::min(kGroup, (n - at + kMaskBytes - 1) / kMaskBytes), delimiter, masks.data());
    }
    const Masks& m = masks[in_group];
    const uint64_t there = n - at < kMaskBytes ? (uint64_t{1} << (n - at)) - 1 : ~uint64_t{0};
    const uint64_t inside = m.quotes == 0 ? inside_before : prefix_xor(m.quotes) ^ inside_before;
    const uint64_t second = m.line_feeds & (m.returns << 1U | return_before);  // of CR LF
    const uint64_t records = (m.line_feeds | m.returns) & ~second & ~inside & there;
    end = put_places<kFields>((m.delimiters & ~inside & there) | records, static_cast<uint32_t>(at), end);
    record_end = put_places<kRecords>(records, static_cast<uint32_t>(at), record_end);
    inside_before = static_cast<uint64_t>(static_cast<int64_t>(inside) >> 63U);
    return_before = m.returns >> 63U;
  }
  const bool ended = n > 0 && (bytes[n - 1] == '\n' || bytes[n - 1] == '\r');
  if (n > 0 && !ended) {  // the last line of the file
    end = with_room(fields_, end, 1);
    record_end = with_room(records_, record_end, 1);
    *record_end++ = *end++ = static_cast<uint32_t>(n);
  }
  field_count_ = static_cast<size_t>(end - fields_.data());
  record_count_ = static_cast<size_t>(record_end - records_.data());
}

}  // namespace hr::ingest
