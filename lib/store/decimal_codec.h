// Decimals as bytes: integers of one scale, or each with its own. The format is stated in docs/formats/store.md and
// belongs to the schema version. Decoding checks everything and throws DamagedBlob.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "store/byte_stream.h"

namespace hr::store {

// Decimals as integers of one scale, the least that holds them, where these fit; else of a scale each.
struct ScaledDecimals {
  std::string missing;           // a bitmap of them, or empty; they hold the first that is there, or 0
  int scale = 0;                 // of all,
  std::vector<int64_t> scales;   // or one each, where not empty
  std::vector<int64_t> numbers;  // value × 10^scale
};
ScaledDecimals scale_decimals(std::span<const Decimal> values);  // scale −1 = missing

void encode_decimals(ByteWriter& out, const ScaledDecimals& values);
// Values of one scale, none missing: the bytes that encode_decimals() gives for the same numbers. Numbers are changed.
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

}  // namespace hr::store
