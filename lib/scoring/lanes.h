// Four numbers at once (AVX2), as scoring snaps them: a choice instead of a branch, and whole numbers kept as doubles.
// For functions of target avx2 alone, which may be called only where has_lanes().
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>

namespace hr::scoring {

bool has_lanes();  // so does the processor

inline constexpr size_t kLanes = 4;

#ifdef __x86_64__

using Four [[gnu::vector_size(32)]] = double;
using Bits [[gnu::vector_size(32)]] = int64_t;

[[gnu::target("avx2")]] inline Four load(const double* from) {
  Four x;
  std::memcpy(&x, from, sizeof x);
  return x;
}
[[gnu::target("avx2")]] inline void store(double* to, Four x) {
  std::memcpy(to, &x, sizeof x);
}
[[gnu::target("avx2")]] inline Four four(double x) {
  return Four{x, x, x, x};
}
[[gnu::target("avx2")]] inline Bits bits(Four x) {
  return reinterpret_cast<Bits>(x);
}
[[gnu::target("avx2")]] inline Bits sign_bits() {
  return Bits{INT64_MIN, INT64_MIN, INT64_MIN, INT64_MIN};
}
[[gnu::target("avx2")]] inline Four size_of(Four x) {
  return reinterpret_cast<Four>(bits(x) & ~sign_bits());
}
[[gnu::target("avx2")]] inline Four signed_as(Four size, Four x) {
  return reinterpret_cast<Four>(bits(size) | (bits(x) & sign_bits()));
}
[[gnu::target("avx2")]] inline Four choose(Bits which, double a, double b) {
  return which ? four(a) : four(b);
}
[[gnu::target("avx2")]] inline Four one_if(Bits which) {
  return choose(which, 1, 0);
}
[[gnu::target("avx2")]] inline bool any(Bits which) {
  return (which[0] | which[1] | which[2] | which[3]) != 0;
}
[[gnu::target("avx2")]] inline Four truncated(Four x) {  // of [0, 2^52)
  const Four whole = four(4503599627370496.0);           // 2^52: what is added to it loses its fraction
  const Four near = (x + whole) - whole;
  return near - one_if(near > x);
}

// The figures of snap(size of x) in 1e-9, to the last bit, and which of them are not to be had so: of figures below
// kMostNano all nine decimals are whole numbers that doubles hold, and near ties are told as snap() tells them.
[[gnu::target("avx2")]] inline Four nano_of(Four x, Bits& odd) {
  constexpr double kMostNano = 281'474e9;
  constexpr double kSlack = 4 * std::numeric_limits<double>::epsilon();
  const Four nano = size_of(x) * 1e9;
  Four figure = truncated(nano);
  figure += one_if(0.5 - (nano - figure) <= nano * kSlack);
  odd = ~(nano < kMostNano);
  return figure;
}
// The numbers of snap(x).
[[gnu::target("avx2")]] inline Four snapped(Four x, Bits& odd) {
  return signed_as(nano_of(x, odd), x) / 1e9;
}

#endif

}  // namespace hr::scoring
