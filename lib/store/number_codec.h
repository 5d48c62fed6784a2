// Integers as bytes: in planes, with their minimum subtracted. The format is stated in docs/formats/store.md and
// belongs to the schema version. Decoding checks everything and throws DamagedBlob.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/byte_stream.h"

namespace hr::store {

void encode_integers(ByteWriter& out, std::span<const int64_t> values);
// The same bytes for numbers that are given as their differences to the least of them.
void encode_offsets(ByteWriter& out, int64_t least, std::span<const uint32_t> offsets);
std::vector<int64_t> decode_integers(ByteReader& in, size_t n);
// The same, each within [low, high].
std::vector<int64_t> decode_integers(ByteReader& in, size_t n, int64_t low, int64_t high);

// The same bytes for numbers of 32 bits, in half the memory; each at most `high`.
void encode_numbers(ByteWriter& out, std::span<const uint32_t> values);
void decode_numbers(ByteReader& in, size_t n, uint32_t high, std::vector<uint32_t>& values);
// The integers as what each is above their minimum, which is returned; none, and nothing is read, where one of these
// takes more than 32 bits.
std::optional<int64_t> decode_offsets(ByteReader& in, std::span<uint32_t> offsets);

// One bit a value, low ones first.
std::string bitmap_of(size_t n, const auto& is_set) {
  std::string bits((n + 7) / 8, '\0');
  for (size_t i = 0; i < n; ++i) {
    if (is_set(i)) bits[i / 8] = static_cast<char>(static_cast<unsigned char>(bits[i / 8]) | 1U << (i % 8));
  }
  return bits;
}
inline bool bit(std::string_view bits, size_t i) {
  return (static_cast<unsigned char>(bits[i / 8]) >> (i % 8)) & 1U;
}

}  // namespace hr::store
