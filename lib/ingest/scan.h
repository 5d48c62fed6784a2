// Where the marks of a CSV file stand, 64 bytes at a time: bit i of a mask is byte i.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace hr::ingest {

inline constexpr size_t kMaskBytes = 64;

struct Masks {
  uint64_t quotes = 0;
  uint64_t delimiters = 0;
  uint64_t line_feeds = 0;
  uint64_t returns = 0;
  uint64_t high = 0;  // not ASCII
  uint64_t nuls = 0;

  bool operator==(const Masks&) const = default;
};

// The masks of `n` times 64 bytes. All of them are read.
using FindMasks = void (*)(const char* bytes, size_t n, char delimiter, Masks* masks);
void find_masks_plain(const char* bytes, size_t n, char delimiter, Masks* masks);
// Those that this processor has, the fastest first; all do the same.
std::vector<FindMasks> mask_finders();

// What there is of them among some bytes.
struct Marks {
  bool quotes = false, returns = false, high = false, nuls = false;
  uint32_t line_feeds = 0;
};
// Of the first `n` bytes; up to kMaskBytes - 1 behind them may be read.
Marks marks_of(const char* bytes, size_t n);

// Bit i of the result: the number of bits set in [0, i] is odd. From a mask of quotes, the bytes inside of them: the
// opening quote is inside, the closing one is not.
inline uint64_t prefix_xor(uint64_t bits) {
  for (unsigned shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
  return bits;
}

}  // namespace hr::ingest
