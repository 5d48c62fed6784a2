// Short texts, as nearly all ids and names are, looked at a word at a time. Internal to Dictionary.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "base/bits.h"

namespace hr::facts {

// The last 1 to 8 bytes as one word; with the length hashed beside it no two texts give the same words.
inline uint64_t load_tail(const char* p, size_t n) {
  if (n == 8) return load<uint64_t>(p);
  if (n >= 4) return load<uint32_t>(p) << 32U | load<uint32_t>(p + n - 4);
  return load<uint8_t>(p) << 16U | load<uint8_t>(p + n / 2) << 8U | load<uint8_t>(p + n - 1);
}

inline bool same_bytes(const char* a, const char* b, size_t n) {
  if (n > 16) return std::memcmp(a, b, n) == 0;
  if (n >= 8) {
    return load<uint64_t>(a) == load<uint64_t>(b) && load<uint64_t>(a + n - 8) == load<uint64_t>(b + n - 8);
  }
  return n == 0 || load_tail(a, n) == load_tail(b, n);
}

// Folds the 128-bit product: every bit of both factors reaches the result.
inline uint64_t mix(uint64_t a, uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64U);
}

// Shorter first, then by bytes: ids that count come in this order.
inline bool is_behind(std::string_view text, std::string_view other) {
  const size_t n = text.size();
  if (n != other.size()) return n > other.size();
  if (n < 8 || n > 16) return text > other;
  const auto eight = [](const char* bytes) { return __builtin_bswap64(load<uint64_t>(bytes)); };
  const uint64_t mine = eight(text.data());
  const uint64_t its = eight(other.data());
  return mine != its ? mine > its : eight(text.data() + n - 8) > eight(other.data() + n - 8);
}

// Only ever compared within one process: codes are given by order of appearance, never by hash.
inline uint32_t hash_of(std::string_view text) {
  constexpr uint64_t kFirst = 0x9E3779B97F4A7C15U;
  constexpr uint64_t kSecond = 0xD6E8FEB86659FD93U;
  uint64_t h = text.size() ^ kFirst;
  const char* p = text.data();
  size_t n = text.size();
  for (; n > 8; n -= 8, p += 8) h = mix(h ^ load<uint64_t>(p), kSecond);
  if (n > 0) h = mix(h ^ load_tail(p, n), kSecond);
  h = mix(h, kFirst);
  return static_cast<uint32_t>(h ^ (h >> 32U));
}

}  // namespace hr::facts
