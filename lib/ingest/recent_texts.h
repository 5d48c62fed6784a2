// Short texts that stood in a column lately, and their codes: found by their bytes alone, all inline for the loop over
// its rows.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "facts/dictionary.h"

namespace hr::ingest {

// The bytes of a text of at most kLongest, the rest zero; all zero: it is longer, or there is none.
struct TextWords {
  static constexpr size_t kLongest = 16;

  uint64_t low = 0;
  uint64_t high = 0;

  bool any() const { return low != 0; }
  bool operator==(const TextWords& other) const { return ((low ^ other.low) | (high ^ other.high)) == 0; }
};

struct TextWordMasks {
  constexpr TextWordMasks() {
    for (unsigned n = 1; n <= TextWords::kLongest; ++n)
      of[n] = {~uint64_t{0} >> (n < 8 ? 64 - 8 * n : 0), n > 8 ? ~uint64_t{0} >> (128 - 8 * n) : 0};
  }
  std::array<TextWords, TextWords::kLongest + 1> of;  // by length
};

// Of a text without a zero byte; 16 bytes are read from where it begins.
inline TextWords words_of(std::string_view text) {
  static constexpr TextWordMasks kMasks;
  if (text.size() > TextWords::kLongest) return {};
  const TextWords& mask = kMasks.of[text.size()];
  TextWords words;
  std::memcpy(&words.low, text.data(), sizeof words.low);
  std::memcpy(&words.high, text.data() + sizeof words.low, sizeof words.high);
  words.low &= mask.low;
  words.high &= mask.high;
  return words;
}

// Longer texts are not kept.
class RecentTexts {
 public:
  // facts::kMissingCode: it did not stand there lately, or another one took its place.
  uint32_t code_of(const TextWords& words) const {
    const Text& known = texts_[place_of(words)];
    return known.words == words ? known.code : facts::kMissingCode;
  }
  void put(const TextWords& words, uint32_t code) {
    if (words.any()) texts_[place_of(words)] = {words, code};
  }

 private:
  struct Text {
    TextWords words;
    uint32_t code = facts::kMissingCode;
  };
  static size_t place_of(const TextWords& words) {
    return static_cast<size_t>((words.low ^ words.high * 0x9E3779B97F4A7C15U) * 0xD6E8FEB86659FD93U >> 56U);
  }

  std::array<Text, 256> texts_;
};

}  // namespace hr::ingest
