// Short texts that stood in a column lately, and their codes: found by their bytes alone, all inline for the loop over
// its rows.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace hr::ingest {

// Texts are not empty and hold no zero byte; up to 15 bytes behind one are read. Longer ones than 16 bytes are not
// kept.
class RecentTexts {
 public:
  // nullptr: it did not stand there lately, or another one took its place.
  const uint32_t* find(std::string_view text) const {
    if (text.size() > kLongest) return nullptr;
    const Words words = words_of(text);
    const Text& known = texts_[place_of(words)];
    return known.words.low == words.low && known.words.high == words.high ? &known.code : nullptr;
  }
  void put(std::string_view text, uint32_t code) {
    if (text.size() > kLongest) return;
    const Words words = words_of(text);
    texts_[place_of(words)] = {words, code};
  }

 private:
  static constexpr size_t kLongest = 16;
  struct Words {  // the bytes of a text, the rest zero
    uint64_t low = 0;
    uint64_t high = 0;
  };
  struct Text {
    Words words;
    uint32_t code = 0;
  };
  struct WordMasks {
    constexpr WordMasks() {
      for (unsigned n = 1; n <= kLongest; ++n)
        of[n] = {~uint64_t{0} >> (n < 8 ? 64 - 8 * n : 0), n > 8 ? ~uint64_t{0} >> (128 - 8 * n) : 0};
    }
    std::array<Words, kLongest + 1> of;  // by length
  };

  static uint64_t word_at(const char* p) {
    uint64_t word = 0;
    std::memcpy(&word, p, sizeof word);
    return word;
  }
  static Words words_of(std::string_view text) {
    static constexpr WordMasks kMasks;
    const Words& masks = kMasks.of[text.size()];
    return {word_at(text.data()) & masks.low, word_at(text.data() + 8) & masks.high};
  }
  static size_t place_of(const Words& words) {
    return static_cast<size_t>((words.low ^ words.high * 0x9E3779B97F4A7C15U) * 0xD6E8FEB86659FD93U >> 56U);
  }

  std::array<Text, 256> texts_;
};

}  // namespace hr::ingest
