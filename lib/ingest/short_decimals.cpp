#include "ingest/short_decimals.h"

#include <array>

#include "ingest/quick_values.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace hr::ingest {

void read_short_decimals_plain(const std::string_view* texts, size_t n, Decimal* out, uint8_t* read) {
  for (size_t i = 0; i < n; ++i) read[i] = short_decimal(texts[i], out[i]) ? 1 : 0;
}

#if defined(__x86_64__)

namespace {

constexpr size_t kBytes = 16;
constexpr uint8_t kZero = 0x80;  // a shuffle makes a zero of it
using Shuffle = std::array<uint8_t, kBytes>;

// By length: the text moves to the end, zeros come in front.
constexpr std::array<Shuffle, kBytes + 1> to_the_end() {
  std::array<Shuffle, kBytes + 1> all{};
  for (size_t n = 0; n <= kBytes; ++n) {
    for (size_t i = 0; i < kBytes; ++i) all[n][i] = i < kBytes - n ? kZero : static_cast<uint8_t>(i - (kBytes - n));
  }
  return all;
}

// By the place of the point: it goes, and what stands before it moves up. The last: there is none.
constexpr std::array<Shuffle, kBytes + 1> without_point() {
  std::array<Shuffle, kBytes + 1> all{};
  for (size_t point = 0; point <= kBytes; ++point) {
    for (size_t i = 0; i < kBytes; ++i) {
      const bool moves = point < kBytes && i <= point;
      all[point][i] = !moves ? static_cast<uint8_t>(i) : i == 0 ? kZero : static_cast<uint8_t>(i - 1);
    }
  }
  return all;
}

alignas(kBytes) constexpr std::array<Shuffle, kBytes + 1> kToTheEnd = to_the_end();
alignas(kBytes) constexpr std::array<Shuffle, kBytes + 1> kWithoutPoint = without_point();

__attribute__((target("sse4.1"))) inline __m128i shuffle(__m128i bytes, const Shuffle& by) {
  return _mm_shuffle_epi8(bytes, _mm_load_si128(reinterpret_cast<const __m128i*>(by.data())));
}

__attribute__((target("sse4.1"))) inline bool short_decimal_sse(std::string_view text, Decimal& out) {
  const size_t n = text.size();
  if (n == 0 || n > kBytes) return false;
  const __m128i raw = shuffle(_mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data())), kToTheEnd[n]);
  const auto points = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(raw, _mm_set1_epi8('.'))));
  const auto at = static_cast<unsigned>(__builtin_ctz(points | 1U << kBytes));
  const size_t digits = n - (points != 0 ? 1 : 0);
  // What short_decimal() leaves to others: no digit, 16 of them, a point before the last eight characters.
  if (digits == 0 || digits == kBytes || (points & (points - 1)) != 0 || at < kBytes / 2) return false;
  const __m128i places = _mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const __m128i in_front = _mm_cmplt_epi8(places, _mm_set1_epi8(static_cast<char>(kBytes - n)));
  const __m128i zeros = _mm_set1_epi8('0');
  const __m128i values = _mm_sub_epi8(_mm_or_si128(raw, _mm_and_si128(in_front, zeros)), zeros);
  const __m128i number = shuffle(values, kWithoutPoint[at]);
  const __m128i nine = _mm_set1_epi8(9);
  if (_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(number, nine), number)) != 0xFFFF) return false;
  const __m128i pairs = _mm_maddubs_epi16(number, _mm_set1_epi16(0x010A));   // 10, 1
  const __m128i fours = _mm_madd_epi16(pairs, _mm_set1_epi32(0x0001'0064));  // 100, 1
  const __m128i packed = _mm_packus_epi32(fours, fours);
  const __m128i eights = _mm_madd_epi16(packed, _mm_set1_epi32(0x0001'2710));  // 10,000, 1
  const auto both = static_cast<uint64_t>(_mm_cvtsi128_si64(eights));
  int64_t value = static_cast<int64_t>((both & 0xFFFF'FFFFU) * 100'000'000U + (both >> 32U));
  auto scale = static_cast<int32_t>(points != 0 ? kBytes - 1 - at : 0);
  for (; scale > 0 && value % 10 == 0; --scale) value /= 10;
  out = {value, scale};
  return true;
}

__attribute__((target("sse4.1"))) void read_short_decimals_sse(const std::string_view* texts, size_t n, Decimal* out,
                                                               uint8_t* read) {
  for (size_t i = 0; i < n; ++i) read[i] = short_decimal_sse(texts[i], out[i]) ? 1 : 0;
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
