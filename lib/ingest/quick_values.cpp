#include "ingest/quick_values.h"

#include <cstring>

namespace hr::ingest {

bool quick_day(std::string_view text, int32_t& days) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  unsigned wrong = 0;
  const auto digits = [&](size_t from, size_t n) {
    unsigned value = 0;
    for (size_t i = from; i < from + n; ++i) {
      const auto d = static_cast<unsigned>(static_cast<unsigned char>(text[i])) - '0';
      wrong |= d > 9 ? 1U : 0U;
      value = value * 10 + d;
    }
    return value;
  };
  const unsigned year = digits(0, 4);
  const unsigned month = digits(5, 2);
  const unsigned day = digits(8, 2);
  if (wrong != 0 || year < 1900 || year > 2999 || month < 1 || month > 12 || day < 1 || day > 28) return false;
  // Days of the civil calendar, years beginning in March.
  const unsigned y = month <= 2 ? year - 1 : year;
  const unsigned m = month <= 2 ? month + 9 : month - 3;
  const unsigned of_year = (153 * m + 2) / 5 + day - 1;
  days = static_cast<int32_t>(y * 365 + y / 4 - y / 100 + y / 400 + of_year) - 719468;
  return true;
}

// The number that eight digits are, the first in the lowest byte; false when one of them is none.
static bool eight_digits(uint64_t text, int64_t& value) {
  const uint64_t digits = text - 0x3030303030303030U;
  if (((digits | (text + 0x4646464646464646U)) & 0x8080808080808080U) != 0) return false;
  const uint64_t pairs = (digits * 10 + (digits >> 8U)) & 0x00FF00FF00FF00FFU;
  const uint64_t fours = (pairs * 100 + (pairs >> 16U)) & 0x0000FFFF0000FFFFU;
  value = static_cast<int64_t>((fours * 10000 + (fours >> 32U)) & 0xFFFFFFFFU);
  return true;
}

bool short_decimal(std::string_view text, Decimal& out) {
  constexpr uint64_t kOnes = 0x0101010101010101U;
  constexpr uint64_t kZeros = kOnes * '0';
  const size_t n = text.size();
  const uint64_t missing = 8 * (8 - n);  // bits
  uint64_t word = 0;
  std::memcpy(&word, text.data(), sizeof word);
  word <<= missing;
  const uint64_t no_point = word ^ kOnes * '.';
  const uint64_t points = (no_point - kOnes) & ~no_point & 0x8080808080808080U;
  int32_t scale = 0;
  size_t fill = 8 - n;  // bytes in front that become zeros
  if (points != 0) {
    if (n == 1) return false;
    const auto at = static_cast<unsigned>(__builtin_ctzll(points)) & ~7U;  // bit of the first point
    scale = static_cast<int32_t>(7 - at / 8);
    const uint64_t before = word & ((uint64_t{1} << at) - 1);
    word = (at == 56 ? 0 : word & ~uint64_t{0} << (at + 8)) | before << 8U;
    ++fill;
  }
  if (fill > 0) {
    const uint64_t front = ~uint64_t{0} >> (64 - 8 * fill);
    word = (word & ~front) | (kZeros & front);
  }
  int64_t value = 0;
  if (!eight_digits(word, value)) return false;
  for (; scale > 0 && value % 10 == 0; --scale) value /= 10;
  out = {value, scale};
  return true;
}

bool quick_decimal(std::string_view text, Decimal& out) {
  const char* p = text.data();
  const char* const end = p + text.size();
  if (text.size() > 16) return false;
  const bool negative = p != end && *p == '-';
  if (negative) ++p;
  const char* const begin = p;
  int64_t value = 0;
  const char* point = nullptr;
  for (; p != end; ++p) {
    const auto d = static_cast<unsigned>(static_cast<unsigned char>(*p)) - '0';
    if (d <= 9)
      value = value * 10 + static_cast<int64_t>(d);
    else if (*p == '.' && point == nullptr)
      point = p;
    else
      return false;
  }
  const auto digits = end - begin - (point != nullptr ? 1 : 0);
  if (digits == 0 || digits > 15) return false;
  auto scale = static_cast<int32_t>(point != nullptr ? end - point - 1 : 0);
  for (; scale > 0 && value % 10 == 0; --scale) value /= 10;
  out = {negative ? -value : value, scale};
  return true;
}

}  // namespace hr::ingest
