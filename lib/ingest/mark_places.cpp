#include "ingest/mark_places.h"

#include <array>
#include <bit>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace hr::ingest {

namespace {

// Where bits are set, ascending; bit 0 is `first`. How many there are of a block is what a processor cannot foresee, so
// kUsual places are written in any case: behind those that there are stands what nobody reads. Returns the end.
template <size_t kUsual>
[[gnu::always_inline]] inline uint32_t* list_bits(uint64_t bits, uint32_t first, uint32_t* to) {
  static_assert(kUsual <= kWrittenBehind);
  constexpr uint64_t kLast = uint64_t{1} << 63U;  // of no bits there is a place, too: without a branch at each
  const auto n = static_cast<size_t>(std::popcount(bits));
#pragma GCC unroll 8
  for (size_t i = 0; i < kUsual; ++i, bits &= bits - 1)
    to[i] = first + static_cast<uint32_t>(__builtin_ctzll(bits | kLast));
  for (size_t i = kUsual; i < n; ++i, bits &= bits - 1)
    to[i] = first + static_cast<uint32_t>(__builtin_ctzll(bits | kLast));
  return to + n;
}

[[gnu::always_inline]] inline void list_places(const Masks* masks, size_t blocks, uint32_t first, MarkPlaces& places) {
  constexpr size_t kUsualDelimiters = 8, kUsualLineFeeds = 4;
  for (size_t block = 0; block < blocks; ++block, first += kMaskBytes) {
    places.delimiters = list_bits<kUsualDelimiters>(masks[block].delimiters, first + 1, places.delimiters);
    places.line_feeds = list_bits<kUsualLineFeeds>(masks[block].line_feeds, first + 1, places.line_feeds);
  }
}

void list_places_plain(const Masks* masks, size_t blocks, uint32_t first, MarkPlaces& places) {
  list_places(masks, blocks, first, places);
}

#if defined(__x86_64__)

// The same with instructions that count and find bits.
__attribute__((target("popcnt,bmi"))) void list_places_bmi(const Masks* masks, size_t blocks, uint32_t first,
                                                           MarkPlaces& places) {
  list_places(masks, blocks, first, places);
}

// By an instruction that moves the bytes of a vector together of which a bit is set: of 64 numbers the places.
__attribute__((target("avx512bw,avx512vbmi2,popcnt"))) inline uint32_t* list_bits_vbmi2(uint64_t bits, __m512i numbers,
                                                                                        uint32_t first, uint32_t* to) {
  constexpr size_t kSome = 16;
  static_assert(kSome <= kWrittenBehind);
  const __m512i places = _mm512_maskz_compress_epi8(bits, numbers);
  const __m512i from = _mm512_set1_epi32(static_cast<int>(first));
  const auto n = static_cast<size_t>(_mm_popcnt_u64(bits));
  _mm512_storeu_si512(to, _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_castsi512_si128(places)), from));
  if (n <= kSome) return to + n;
  alignas(kMaskBytes) __m128i all[4];
  _mm512_store_si512(all, places);
  for (size_t some = 1; some * kSome < n; ++some)
    _mm512_storeu_si512(to + some * kSome, _mm512_add_epi32(_mm512_cvtepu8_epi32(all[some]), from));
  return to + n;
}

__attribute__((target("avx512bw,avx512vbmi2,popcnt"))) void list_places_vbmi2(const Masks* masks, size_t blocks,
                                                                              uint32_t first, MarkPlaces& places) {
  alignas(kMaskBytes) std::array<uint8_t, kMaskBytes> behind;
  for (size_t i = 0; i < kMaskBytes; ++i) behind[i] = static_cast<uint8_t>(i + 1);
  const __m512i numbers = _mm512_load_si512(behind.data());
  for (size_t block = 0; block < blocks; ++block, first += kMaskBytes) {
    places.delimiters = list_bits_vbmi2(masks[block].delimiters, numbers, first, places.delimiters);
    places.line_feeds = list_bits_vbmi2(masks[block].line_feeds, numbers, first, places.line_feeds);
  }
}

#endif

}  // namespace

std::vector<ListPlaces> place_listers() {
  std::vector<ListPlaces> listers;
#if defined(__x86_64__)
  const bool counts = __builtin_cpu_supports("popcnt");
  if (counts && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi2"))
    listers.push_back(list_places_vbmi2);
  if (counts && __builtin_cpu_supports("bmi")) listers.push_back(list_places_bmi);
#endif
  listers.push_back(list_places_plain);
  return listers;
}

}  // namespace hr::ingest
