#include "ingest/short_decimals.h"

#include <algorithm>
#include <array>
#include <bit>

#include "ingest/quick_values.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace hr::ingest {

bool read_short_decimals_plain(const std::string_view* texts, size_t n, Decimal* out, uint8_t* read) {
  bool all = true;
  for (size_t i = 0; i < n; ++i) {
    const bool good = short_decimal(texts[i], out[i]);
    read[i] = good ? 1 : 0;
    all &= good;
  }
  return all;
}

#if defined(__x86_64__)

namespace {

constexpr size_t kBytes = 16;
constexpr uint8_t kZero = 0x80;  // a shuffle makes a zero of it
using Shuffle = std::array<uint8_t, kBytes>;

// By length and by the place of the point, which is the length where there is none: the digits move to the end, zeros
// come in front, and the point goes.
constexpr std::array<Shuffle, (kBytes + 1) * (kBytes + 1)> digits_to_the_end() {
  std::array<Shuffle, (kBytes + 1) * (kBytes + 1)> all{};
  for (size_t n = 0; n <= kBytes; ++n) {
    for (size_t point = 0; point <= n; ++point) {
      Shuffle& shuffle = all[n * (kBytes + 1) + point];
      size_t from = n;  // behind the digits that have not moved
      for (size_t to = kBytes; to > 0; --to) {
        if (from == point + 1) --from;
        shuffle[to - 1] = from == 0 ? kZero : static_cast<uint8_t>(--from);
      }
    }
  }
  return all;
}

// From byte 16 − n on: digits move n places to the end, zeros come in front.
constexpr std::array<uint8_t, 2 * kBytes> zeros_and_digits() {
  std::array<uint8_t, 2 * kBytes> all{};
  for (size_t i = 0; i < all.size(); ++i) all[i] = i < kBytes ? kZero : static_cast<uint8_t>(i - kBytes);
  return all;
}

constexpr std::array<uint8_t, 2 * kBytes> kToTheEnd = zeros_and_digits();
alignas(kBytes) constexpr std::array<Shuffle, (kBytes + 1) * (kBytes + 1)> kDigitsToTheEnd = digits_to_the_end();

__attribute__((target("sse4.1"))) inline bool short_decimal_sse(std::string_view text, Decimal& out) {
  const size_t n = text.size();
  if (n == 0 || n > kBytes) return false;
  const __m128i raw = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data()));
  const auto points = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(raw, _mm_set1_epi8('.'))));
  const auto point = static_cast<size_t>(__builtin_ctz(points | 1U << n));  // n: there is none
  const size_t behind = n - point;                                          // the point itself and what follows it
  const size_t has_point = behind != 0 ? 1 : 0;
  const size_t digits = n - has_point;
  // What short_decimal() leaves to others: no digit, 16 of them, a point before the last eight characters. One branch
  // for all: nobody can tell which number has a point.
  const unsigned others = unsigned{digits == 0} | unsigned{digits == kBytes} | unsigned{behind > kBytes / 2};
  if (others != 0) return false;
  const auto* shuffle = reinterpret_cast<const __m128i*>(kDigitsToTheEnd[n * (kBytes + 1) + point].data());
  const __m128i values = _mm_sub_epi8(raw, _mm_set1_epi8('0'));
  const __m128i number = _mm_shuffle_epi8(values, _mm_load_si128(shuffle));
  const __m128i nine = _mm_set1_epi8(9);  // another point is no digit
  if (_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(number, nine), number)) != 0xFFFF) return false;
  // Zeros behind the point go, before digits become a number: how many there are nobody foresees, no branch asks.
  const auto zeros = static_cast<uint16_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(number, _mm_setzero_si128())));
  const auto scale = static_cast<int32_t>(behind - has_point);
  const int32_t lost = std::min(std::countl_one(zeros), scale);
  const auto* move = reinterpret_cast<const __m128i*>(kToTheEnd.data() + kBytes - lost);
  const __m128i kept = _mm_shuffle_epi8(number, _mm_loadu_si128(move));
  const __m128i pairs = _mm_maddubs_epi16(kept, _mm_set1_epi16(0x010A));     // 10, 1
  const __m128i fours = _mm_madd_epi16(pairs, _mm_set1_epi32(0x0001'0064));  // 100, 1
  const __m128i packed = _mm_packus_epi32(fours, fours);
  const __m128i eights = _mm_madd_epi16(packed, _mm_set1_epi32(0x0001'2710));  // 10,000, 1
  const auto both = static_cast<uint64_t>(_mm_cvtsi128_si64(eights));
  const uint64_t value = (both & 0xFFFF'FFFFU) * 100'000'000U + (both >> 32U);
  out = {static_cast<int64_t>(value), scale - lost};
  return true;
}

__attribute__((target("sse4.1"))) bool read_short_decimals_sse(const std::string_view* texts, size_t n, Decimal* out,
                                                               uint8_t* read) {
  bool all = true;
  for (size_t i = 0; i < n; ++i) {
    const bool good = short_decimal_sse(texts[i], out[i]);
    read[i] = good ? 1 : 0;
    all &= good;
  }
  return all;
}

}  // namespace

ReadShortDecimals fastest_read_short_decimals() {
  return __builtin_cpu_supports("sse4.1") ? read_short_decimals_sse : read_short_decimals_plain;
}

#else

ReadShortDecimals fastest_read_short_decimals() {
  return read_short_decimals_plain;
}

#endif

}  // namespace hr::ingest
