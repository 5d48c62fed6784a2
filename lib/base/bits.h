// Bits and bytes of numbers.
#pragma once

#include <cstdint>
#include <cstring>

namespace hr {

// Bits that are set; the compiler's own is a call where the processor is not known to count.
inline uint32_t count_bits(uint64_t bits) {
  bits -= bits >> 1U & 0x5555555555555555U;
  bits = (bits & 0x3333333333333333U) + (bits >> 2U & 0x3333333333333333U);
  return static_cast<uint32_t>(((bits + (bits >> 4U)) & 0x0F0F0F0F0F0F0F0FU) * 0x0101010101010101U >> 56U);
}

// The unsigned number whose bytes lie there, in the order of this processor.
template <class Word>
uint64_t load(const char* bytes) {
  Word word = 0;
  std::memcpy(&word, bytes, sizeof word);
  return word;
}

}  // namespace hr
