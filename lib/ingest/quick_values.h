// Values written as nearly all are. False: not so, which says nothing of whether they are sound; values.h tells that.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "base/decimal.h"

namespace hr::ingest {

inline constexpr uint8_t kIdByte = 1, kIdDigit = 2;
inline constexpr std::array<uint8_t, 256> kIdBytes = [] {
  std::array<uint8_t, 256> kinds{};
  for (unsigned c = '0'; c <= '9'; ++c) kinds[c] = kIdByte | kIdDigit;
  for (unsigned c = 'a'; c <= 'z'; ++c) kinds[c] = kinds[c - 'a' + 'A'] = kIdByte;
  kinds['-'] = kinds['_'] = kinds['.'] = kIdByte;
  return kinds;
}();

// YYYY-MM-DD of a day from 1900 to 2999; days since 1970-01-01.
bool quick_day(std::string_view text, int32_t& days);
// At most 15 digits, with a minus and a point where they belong: nearly every number.
bool quick_decimal(std::string_view text, Decimal& out);

// An id of ASCII letters, digits, '-', '_' and '.', at least one of them a digit, of at most 64 characters.
inline bool quick_id(std::string_view text) {
  uint8_t all = kIdByte;
  uint8_t any = 0;
  for (const char c : text) {
    const uint8_t kind = kIdBytes[static_cast<unsigned char>(c)];
    all &= kind;
    any |= kind;
  }
  return all != 0 && (any & kIdDigit) != 0 && text.size() <= 64;
}

// The number that eight digits are, the first in the lowest byte; false when one of them is none.
inline bool eight_digits(uint64_t text, int64_t& value) {
  const uint64_t digits = text - 0x3030303030303030U;
  if (((digits | (text + 0x4646464646464646U)) & 0x8080808080808080U) != 0) return false;
  const uint64_t pairs = (digits * 10 + (digits >> 8U)) & 0x00FF00FF00FF00FFU;
  const uint64_t fours = (pairs * 100 + (pairs >> 16U)) & 0x0000FFFF0000FFFFU;
  value = static_cast<int64_t>((fours * 10000 + (fours >> 32U)) & 0xFFFFFFFFU);
  return true;
}

// 1 to 8 characters, at least 8 may be read: digits and at most one point, not the only one.
struct FewDigits {
  int64_t value = 0;
  int32_t behind = 0;  // the point
  bool point = false;
};
inline bool few_digits(const char* text, size_t n, FewDigits& out) {
  constexpr uint64_t kOnes = 0x0101010101010101U;
  constexpr uint64_t kZeros = kOnes * '0';
  uint64_t word = 0;
  std::memcpy(&word, text, sizeof word);
  word <<= 8 * (8 - n);  // the last one comes last
  const uint64_t no_point = word ^ kOnes * '.';
  const uint64_t points = (no_point - kOnes) & ~no_point & 0x8080808080808080U;
  const bool point = points != 0;
  if (point && n == 1) return false;
  // The point goes and what stands before it moves up; no branch, because no two columns of numbers are alike.
  const auto at = static_cast<unsigned>(__builtin_ctzll(points | uint64_t{1} << 63U)) & ~7U;  // bit of the first point
  const uint64_t there = uint64_t{0} - static_cast<uint64_t>(point);
  const uint64_t before = ((uint64_t{1} << at) - 1) & there;
  const uint64_t up_to = before | (uint64_t{0xFF} << at & there);
  word = (word & ~up_to) | (word & before) << 8U;
  const size_t fill = 8 - n + static_cast<size_t>(point);  // bytes in front become zeros: at most 7
  const uint64_t front = (uint64_t{1} << (8 * fill)) - 1;
  word = (word & ~front) | (kZeros & front);
  out.behind = point ? static_cast<int32_t>(7 - at / 8) : 0;
  out.point = point;
  return eight_digits(word, out.value);
}

// A number of 1 to 16 characters, behind which seven bytes may be read: at most 15 digits, and at most one point, which
// is one of the last eight characters.
inline bool short_decimal(std::string_view text, Decimal& out) {
  const size_t n = text.size();
  FewDigits last;
  int64_t value = 0;
  if (n <= 8) {
    if (n == 0 || !few_digits(text.data(), n, last)) return false;
    value = last.value;
  } else {
    FewDigits first;
    if (n > 16 || !few_digits(text.data() + n - 8, 8, last) || !few_digits(text.data(), n - 8, first)) return false;
    if (first.point || (n == 16 && !last.point)) return false;
    value = first.value * (last.point ? 10'000'000 : 100'000'000) + last.value;
  }
  int32_t scale = last.behind;
  for (; scale > 0 && value % 10 == 0; --scale) value /= 10;
  out = {value, scale};
  return true;
}

}  // namespace hr::ingest
