#include "ingest/short_decimals.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>

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

// Four numbers, one in each quarter of a vector, by the steps of short_decimal_sse(): what that looks up in tables by
// where the point stands and how many zeros go is worked out here for every byte.
__attribute__((target("avx512bw,avx512cd"))) inline unsigned four_short_decimals(const std::string_view* texts,
                                                                                 Decimal* out) {
  static_assert(sizeof(Decimal) == kBytes && offsetof(Decimal, scale) == sizeof(int64_t));
  const auto load = [](std::string_view text) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data()));
  };
  const auto size = [](std::string_view text) { return static_cast<int64_t>(std::min(text.size(), kBytes + 1)); };
  __m512i raw = _mm512_castsi128_si512(load(texts[0]));
  raw = _mm512_inserti32x4(raw, load(texts[1]), 1);
  raw = _mm512_inserti32x4(raw, load(texts[2]), 2);
  raw = _mm512_inserti32x4(raw, load(texts[3]), 3);
  const __m512i n = _mm512_set_epi64(0, size(texts[3]), 0, size(texts[2]), 0, size(texts[1]), 0, size(texts[0]));
  const __m512i zero = _mm512_setzero_si512();
  const __m512i place = _mm512_broadcast_i32x4(_mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
  const __m512i n_of_all = _mm512_shuffle_epi8(n, zero);  // the first byte of each quarter in all of its bytes

  // Behind the point, 0: there is none. Where there are several this is some number, and one of them stays.
  const __mmask64 points =
      _mm512_mask_cmpeq_epi8_mask(_mm512_cmplt_epi8_mask(place, n_of_all), raw, _mm512_set1_epi8('.'));
  const __m512i halves = _mm512_sad_epu8(_mm512_maskz_add_epi8(points, place, _mm512_set1_epi8(1)), zero);
  const __m512i point = _mm512_add_epi64(halves, _mm512_unpackhi_epi64(halves, halves));
  const __mmask8 has_point = _mm512_test_epi64_mask(point, point);
  const __m512i scale = _mm512_maskz_sub_epi64(has_point, n, point);
  const __m512i digits = _mm512_mask_sub_epi64(n, has_point, n, _mm512_set1_epi64(1));

  // The digits move to the end, zeros come in front, and the point goes.
  const __m512i there = _mm512_sub_epi8(_mm512_add_epi8(place, n_of_all), _mm512_set1_epi8(kBytes));
  const __mmask64 before = _mm512_cmplt_epi8_mask(there, _mm512_shuffle_epi8(point, zero));
  const __m512i from = _mm512_mask_sub_epi8(there, before, there, _mm512_set1_epi8(1));
  const __m512i number = _mm512_shuffle_epi8(_mm512_sub_epi8(raw, _mm512_set1_epi8('0')), from);

  const __m512i beyond_nine = _mm512_subs_epu8(number, _mm512_set1_epi8(9));
  const __m512i no_digits = _mm512_or_si512(beyond_nine, _mm512_unpackhi_epi64(beyond_nine, beyond_nine));
  const __m512i less_one = _mm512_sub_epi64(digits, _mm512_set1_epi64(1));  // of no digit the largest of all
  const __mmask8 good = _mm512_testn_epi64_mask(no_digits, no_digits) &
                        _mm512_cmplt_epu64_mask(less_one, _mm512_set1_epi64(kBytes - 1)) &
                        _mm512_cmplt_epu64_mask(scale, _mm512_set1_epi64(kBytes / 2));

  const __m512i last_eight = _mm512_unpackhi_epi64(number, number);
  const __m512i zeros = _mm512_srli_epi64(_mm512_lzcnt_epi64(last_eight), 3);
  const __m512i lost = _mm512_min_epu64(zeros, scale);
  const __m512i kept = _mm512_shuffle_epi8(number, _mm512_sub_epi8(place, _mm512_shuffle_epi8(lost, zero)));
  const __m512i pairs = _mm512_maddubs_epi16(kept, _mm512_set1_epi16(0x010A));     // 10, 1
  const __m512i fours = _mm512_madd_epi16(pairs, _mm512_set1_epi32(0x0001'0064));  // 100, 1
  const __m512i packed = _mm512_packus_epi32(fours, fours);
  const __m512i eights = _mm512_madd_epi16(packed, _mm512_set1_epi32(0x0001'2710));  // 10,000, 1
  const __m512i value =
      _mm512_add_epi64(_mm512_mul_epu32(eights, _mm512_set1_epi64(100'000'000)), _mm512_srli_epi64(eights, 32));
  _mm512_storeu_si512(out, _mm512_unpacklo_epi64(value, _mm512_sub_epi64(scale, lost)));
  return good;  // bits 0, 2, 4, 6
}

__attribute__((target("avx512bw,avx512cd"))) bool read_short_decimals_avx512(const std::string_view* texts, size_t n,
                                                                             Decimal* out, uint8_t* read) {
  constexpr size_t kFour = 4;
  if (n < kFour) return read_short_decimals_sse(texts, n, out, read);
  bool all = true;
  for (size_t i = 0; i < n; i += kFour) {
    const size_t at = std::min(i, n - kFour);  // the last four, some of which have been read
    const unsigned good = four_short_decimals(texts + at, out + at);
    for (size_t k = 0; k < kFour; ++k) read[at + k] = good >> (2 * k) & 1U;
    all &= (good & 0x55U) == 0x55U;
  }
  return all;
}

}  // namespace

std::vector<ReadShortDecimals> short_decimal_readers() {
  std::vector<ReadShortDecimals> readers;
  if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd"))
    readers.push_back(read_short_decimals_avx512);
  if (__builtin_cpu_supports("sse4.1")) readers.push_back(read_short_decimals_sse);
  readers.push_back(read_short_decimals_plain);
  return readers;
}

#else

std::vector<ReadShortDecimals> short_decimal_readers() {
  return {read_short_decimals_plain};
}

#endif

}  // namespace hr::ingest
