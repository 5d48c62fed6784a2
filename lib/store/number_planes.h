// Integers above their minimum, in planes of a byte each, lowest first, and what is wider apart: what both codecs of
// numbers read. Internal to them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "store/byte_stream.h"

namespace hr::store {

inline uint64_t zigzag(int64_t v) {
  return (static_cast<uint64_t>(v) << 1U) ^ (v < 0 ? ~uint64_t{0} : 0);
}

inline int64_t unzigzag(uint64_t u) {
  return static_cast<int64_t>((u >> 1U) ^ (~(u & 1U) + 1));
}

// How many bits planes hold: whole bytes, and then 0, 1, 2 or 4 more in a narrower plane.
inline unsigned plane_bits(unsigned bits) {
  const unsigned rest = bits % 8;
  return rest <= 2 ? bits : rest <= 4 ? bits - rest + 4 : bits - rest + 8;
}

// Bytes of the narrow plane: values i, i + h, i + 2h … share byte i of h, so that each part of the plane is one plain
// loop.
inline size_t narrow_bytes(size_t n, unsigned rest) {
  const size_t in_byte = rest ? 8 / rest : 1;
  return rest ? (n + in_byte - 1) / in_byte : 0;
}

// Puts planes into values, which hold zeros.
template <class Number>
void read_planes(ByteReader& in, size_t n, unsigned bits, Number* values) {
  const unsigned planes = bits / 8;
  for (unsigned p = 0; p < planes; ++p) {
    const auto* from = reinterpret_cast<const unsigned char*>(in.bytes(n).data());
    for (size_t i = 0; i < n; ++i) values[i] |= static_cast<Number>(from[i]) << (8 * p);
  }
  const unsigned rest = bits % 8;
  const size_t bytes = narrow_bytes(n, rest);
  if (bytes == 0) return;
  const auto* from = reinterpret_cast<const unsigned char*>(in.bytes(bytes).data());
  const unsigned mask = (1U << rest) - 1;
  for (size_t begin = 0, shift = 0; begin < n; begin += bytes, shift += rest) {
    const size_t count = std::min(bytes, n - begin);
    for (size_t i = 0; i < count; ++i)
      values[begin + i] |= static_cast<Number>((static_cast<unsigned>(from[i]) >> shift) & mask) << (8 * planes);
  }
}

// Calls put(i, what lies above `bits`) for numbers of `width` bits.
inline void read_exceptions(ByteReader& in, size_t n, unsigned bits, unsigned width, const auto& put) {
  const uint64_t count = in.number_up_to(n);
  if (count > 0 && bits >= width) throw DamagedBlob("a number is too large");
  uint64_t next = 0;
  for (uint64_t i = 0; i < count; ++i, ++next) {
    next += in.number_up_to(n);
    if (next >= n) throw DamagedBlob("an exception is out of place");
    put(next, in.number_up_to(UINT64_MAX >> (64 - width + bits)));
  }
}

inline unsigned read_bits(ByteReader& in) {
  const unsigned bits = in.byte();
  if (bits > 64 || plane_bits(bits) != bits) throw DamagedBlob("too many planes");
  return bits;
}

}  // namespace hr::store
