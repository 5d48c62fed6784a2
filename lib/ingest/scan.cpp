#include "ingest/scan.h"

#include <algorithm>
#include <array>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "base/bits.h"

namespace hr::ingest {

static void add_marks(const Masks& m, uint64_t there, Marks& all) {
  all.quotes |= (m.quotes & there) != 0;
  all.returns |= (m.returns & there) != 0;
  all.high |= (m.high & there) != 0;
  all.nuls |= (m.nuls & there) != 0;
  all.line_feeds += count_bits(m.line_feeds & there);
}

void find_masks_plain(const char* bytes, size_t n, char delimiter, Masks* masks) {
  for (size_t block = 0; block < n; ++block) {
    Masks m;
    for (unsigned i = 0; i < kMaskBytes; ++i) {
      const char c = bytes[block * kMaskBytes + i];
      const auto bit = [i](bool set) { return static_cast<uint64_t>(set) << i; };
      m.quotes |= bit(c == '"');
      m.delimiters |= bit(c == delimiter);
      m.line_feeds |= bit(c == '\n');
      m.returns |= bit(c == '\r');
      m.high |= bit(static_cast<unsigned char>(c) >= 0x80);
      m.nuls |= bit(c == '\0');
    }
    masks[block] = m;
  }
}

static Marks marks_by_masks(const char* bytes, size_t blocks) {
  static const FindMasks find_masks = mask_finders().front();
  constexpr size_t kGroup = 32;
  std::array<Masks, kGroup> masks;
  Marks all;
  for (size_t done = 0; done < blocks; done += kGroup) {
    const size_t n = std::min(kGroup, blocks - done);
    find_masks(bytes + done * kMaskBytes, n, ',', masks.data());
    for (size_t i = 0; i < n; ++i) add_marks(masks[i], ~uint64_t{0}, all);
  }
  return all;
}

#if defined(__x86_64__)

namespace {

// Every x86-64 has SSE2.
void find_masks_sse2(const char* bytes, size_t n, char delimiter, Masks* masks) {
  const auto high_bits = [](const __m128i* v) {
    const auto bits = [](__m128i x) { return static_cast<uint64_t>(static_cast<uint32_t>(_mm_movemask_epi8(x))); };
    return bits(v[0]) | bits(v[1]) << 16U | bits(v[2]) << 32U | bits(v[3]) << 48U;
  };
  const auto equal = [&high_bits](const __m128i* v, char c) {
    const __m128i wanted = _mm_set1_epi8(c);
    __m128i same[4];
    for (unsigned i = 0; i < 4; ++i) same[i] = _mm_cmpeq_epi8(v[i], wanted);
    return high_bits(same);
  };
  for (size_t block = 0; block < n; ++block) {
    __m128i v[4];
    for (unsigned i = 0; i < 4; ++i)
      v[i] = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + block * kMaskBytes + i * 16));
    masks[block] = {equal(v, '"'), equal(v, delimiter), equal(v, '\n'), equal(v, '\r'), high_bits(v), equal(v, '\0')};
  }
}

__attribute__((target("avx2"))) inline uint64_t high_bits_avx2(__m256i low, __m256i high) {
  const auto first = static_cast<uint32_t>(_mm256_movemask_epi8(low));
  const auto second = static_cast<uint32_t>(_mm256_movemask_epi8(high));
  return first | static_cast<uint64_t>(second) << 32U;
}

__attribute__((target("avx2"))) inline uint64_t equal_avx2(__m256i low, __m256i high, char c) {
  const __m256i wanted = _mm256_set1_epi8(c);
  return high_bits_avx2(_mm256_cmpeq_epi8(low, wanted), _mm256_cmpeq_epi8(high, wanted));
}

__attribute__((target("avx2"))) void find_masks_avx2(const char* bytes, size_t n, char delimiter, Masks* masks) {
  for (size_t block = 0; block < n; ++block) {
    const auto* from = reinterpret_cast<const __m256i*>(bytes + block * kMaskBytes);
    const __m256i low = _mm256_loadu_si256(from);
    const __m256i high = _mm256_loadu_si256(from + 1);
    masks[block] = {equal_avx2(low, high, '"'),  equal_avx2(low, high, delimiter), equal_avx2(low, high, '\n'),
                    equal_avx2(low, high, '\r'), high_bits_avx2(low, high),        equal_avx2(low, high, '\0')};
  }
}

__attribute__((target("avx512bw"))) void find_masks_avx512(const char* bytes, size_t n, char delimiter, Masks* masks) {
  const __m512i quote = _mm512_set1_epi8('"');
  const __m512i between = _mm512_set1_epi8(delimiter);
  const __m512i line_feed = _mm512_set1_epi8('\n');
  const __m512i carriage_return = _mm512_set1_epi8('\r');
  for (size_t block = 0; block < n; ++block) {
    const __m512i v = _mm512_loadu_si512(bytes + block * kMaskBytes);
    masks[block] = {_mm512_cmpeq_epi8_mask(v, quote),
                    _mm512_cmpeq_epi8_mask(v, between),
                    _mm512_cmpeq_epi8_mask(v, line_feed),
                    _mm512_cmpeq_epi8_mask(v, carriage_return),
                    _mm512_movepi8_mask(v),
                    _mm512_testn_epi8_mask(v, v)};
  }
}

// The sum of 32 counts of a byte each.
__attribute__((target("avx2"))) inline uint32_t sum_avx2(__m256i counts) {
  const __m256i sums = _mm256_sad_epu8(counts, _mm256_setzero_si256());  // four, of eight bytes each
  const __m128i two = _mm_add_epi64(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
  return static_cast<uint32_t>(_mm_cvtsi128_si32(two) + _mm_extract_epi16(two, 4));
}

__attribute__((target("avx2"))) Marks marks_of_avx2(const char* bytes, size_t blocks) {
  constexpr size_t kCountable = 127;  // blocks: a count of two bytes of each fits a byte
  const __m256i zero = _mm256_setzero_si256();
  const __m256i quote = _mm256_set1_epi8('"');
  const __m256i line_feed = _mm256_set1_epi8('\n');
  const __m256i carriage_return = _mm256_set1_epi8('\r');
  __m256i quotes = zero, returns = zero, nuls = zero, high = zero;
  uint32_t line_feeds = 0;
  while (blocks > 0) {
    const size_t some = std::min(blocks, kCountable);
    __m256i ends = zero;
    for (const char* end = bytes + some * kMaskBytes; bytes != end; bytes += kMaskBytes) {
      const auto* from = reinterpret_cast<const __m256i*>(bytes);
      const __m256i v = _mm256_loadu_si256(from);
      const __m256i w = _mm256_loadu_si256(from + 1);
      quotes |= _mm256_cmpeq_epi8(v, quote) | _mm256_cmpeq_epi8(w, quote);
      returns |= _mm256_cmpeq_epi8(v, carriage_return) | _mm256_cmpeq_epi8(w, carriage_return);
      nuls |= _mm256_cmpeq_epi8(_mm256_min_epu8(v, w), zero);
      high |= v | w;
      const __m256i found = _mm256_add_epi8(_mm256_cmpeq_epi8(v, line_feed), _mm256_cmpeq_epi8(w, line_feed));
      ends = _mm256_sub_epi8(ends, found);
    }
    line_feeds += sum_avx2(ends);
    blocks -= some;
  }
  return {_mm256_movemask_epi8(quotes) != 0, _mm256_movemask_epi8(returns) != 0, _mm256_movemask_epi8(high) != 0,
          _mm256_movemask_epi8(nuls) != 0, line_feeds};
}

}  // namespace

std::vector<FindMasks> mask_finders() {
  std::vector<FindMasks> finders;
  if (__builtin_cpu_supports("avx512bw")) finders.push_back(find_masks_avx512);
  if (__builtin_cpu_supports("avx2")) finders.push_back(find_masks_avx2);
  finders.push_back(find_masks_sse2);
  finders.push_back(find_masks_plain);
  return finders;
}

static Marks marks_of_blocks(const char* bytes, size_t blocks) {
  if (__builtin_cpu_supports("avx2")) return marks_of_avx2(bytes, blocks);
  return marks_by_masks(bytes, blocks);
}

#else

std::vector<FindMasks> mask_finders() {
  return {find_masks_plain};
}

static Marks marks_of_blocks(const char* bytes, size_t blocks) {
  return marks_by_masks(bytes, blocks);
}

#endif

Marks marks_of(const char* bytes, size_t n) {
  const size_t blocks = n / kMaskBytes;
  const size_t rest = n % kMaskBytes;
  Marks all = marks_of_blocks(bytes, blocks);
  if (rest == 0) return all;
  static const FindMasks find_masks = mask_finders().front();
  Masks last;
  find_masks(bytes + blocks * kMaskBytes, 1, ',', &last);
  add_marks(last, (uint64_t{1} << rest) - 1, all);
  return all;
}

}  // namespace hr::ingest
