// Finds the codes of ids that count: E0002251, 10023, unit:U100017. As most companies number their people, a bit says
// that a number is there, and how many are before it is its code; of a text only the unchanging front is compared.
// Internal to Dictionary.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "facts/id_shape.h"

namespace hr::facts {

class Dictionary;

class CountedIds {
 public:
  // Looks at the texts of codes [first, end) of `all` for runs of many whose numbers go up with their codes and are not
  // too far apart, and takes those. What is left, as ranges of codes.
  std::vector<std::pair<uint32_t, uint32_t>> take(const Dictionary& all, uint32_t first, uint32_t end);

  bool empty() const { return runs_.empty(); }
  uint32_t find(std::string_view text) const;  // kMissingCode = it is none of those that were taken
  // codes[i] of texts[i], which wait for memory together. At most kGroup of them.
  static constexpr size_t kGroup = 32;
  void find_all(std::span<const std::string_view> texts, uint32_t* codes) const;

 private:
  struct Word {
    uint64_t there = 0;   // of 64 numbers
    uint32_t before = 0;  // ids of the run whose numbers are less
  };
  struct Run {
    IdShape shape;
    uint64_t lowest = 0;  // number
    uint32_t first = 0;   // code of that
    std::vector<Word> words;
  };

  static Run make_run(const IdShape& shape, uint32_t first, const std::vector<uint64_t>& numbers);  // ascending

  std::vector<Run> runs_;  // few
};

}  // namespace hr::facts
