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

  static TextWords none() { return {0, 1}; }  // no text has these
  bool any() const { return low != 0; }
  bool operator==(const TextWords& other) const { return ((low ^ other.low) | (high ^ other.high)) == 0; }
};

// As many bytes from the middle backwards as a text has are all ones.
struct alignas(2 * TextWords::kLongest) TextWordMask {
  constexpr TextWordMask() {
    for (size_t i = 0; i < TextWords::kLongest; ++i) bytes[i] = 0xFF;
  }
  std::array<uint8_t, 2 * TextWords::kLongest> bytes{};
};
inline constexpr TextWordMask kTextWordMask;

// Of a text without a zero byte; 16 bytes are read from where it begins.
inline TextWords words_of(std::string_view text) {
  if (text.size() > TextWords::kLongest) return {};
  const auto both = [](const void* at) {
    TextWords words;
    std::memcpy(&words, at, sizeof words);
    return words;
  };
  const TextWords mask = both(kTextWordMask.bytes.data() + TextWords::kLongest - text.size());
  TextWords words = both(text.data());
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
