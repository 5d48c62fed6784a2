// Numbers as bytes: integers in planes with their minimum subtracted, decimals as integers of one scale. The format is
// stated in docs/formats/store.md and belongs to the schema version. Decoding checks everything and throws DamagedBlob.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
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

void encode_decimals(ByteWriter& out, std::span<const Decimal> values);  // scale −1 = missing
// Values of one scale, none missing: the bytes that encode_decimals gives for the same numbers. Numbers are changed.
void encode_scaled(ByteWriter& out, std::span<int64_t> numbers, int scale);
void decode_decimals(ByteReader& in, size_t n, std::vector<Decimal>& values);
// The same for who looks at few of them: a number becomes a decimal when it is asked for.
class LazyDecimals {
 public:
  void decode(ByteReader& in, size_t n);
  Decimal operator[](size_t i) const;

 private:
  std::vector<int64_t> numbers_;
  std::string missing_;          // a bitmap, or empty
  int scale_ = 0;                // of all
  std::vector<int64_t> scales_;  // or one each, where not empty
};
// The nearest doubles. `missing` gets one byte a value when any is missing, else nothing.
void decode_doubles(ByteReader& in, size_t n, std::vector<double>& values, std::vector<uint8_t>& missing);

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
