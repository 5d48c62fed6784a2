#include "facts/counted_ids.h"

#include <algorithm>
#include <array>

#include "base/bits.h"
#include "facts/dictionary.h"

namespace hr::facts {

namespace {

constexpr size_t kLeast = 4'096;     // ids, for which a run is worth its place
constexpr size_t kMostRuns = 4;      // each is tried in turn
constexpr uint64_t kMostApart = 64;  // numbers an id, for which a table of hashes takes as much

}  // namespace

uint32_t CountedIds::find(std::string_view text) const {
  uint32_t code;
  find_all({&text, 1}, &code);
  return code;
}

void CountedIds::find_all(std::span<const std::string_view> texts, uint32_t* codes) const {
  std::array<uint64_t, kGroup> places;
  std::fill_n(codes, texts.size(), kMissingCode);
  for (const Run& run : runs_) {
    for (size_t i = 0; i < texts.size(); ++i) {
      places[i] = run.shape.number_of(texts[i]) - run.lowest;  // of none, and of a lower one, beyond all words
      if (places[i] / 64 < run.words.size()) __builtin_prefetch(&run.words[places[i] / 64]);
    }
    for (size_t i = 0; i < texts.size(); ++i) {
      if (codes[i] != kMissingCode || places[i] / 64 >= run.words.size()) continue;
      const Word& word = run.words[places[i] / 64];
      const uint64_t bit = uint64_t{1} << (places[i] % 64);
      if ((word.there & bit) != 0) codes[i] = run.first + word.before + count_bits(word.there & (bit - 1));
    }
  }
}

CountedIds::Run CountedIds::make_run(const IdShape& shape, uint32_t first, const std::vector<uint64_t>& numbers) {
  Run run{shape, numbers.front(), first, {}};
  run.words.resize((numbers.back() - numbers.front()) / 64 + 1);
  for (const uint64_t number : numbers) {
    const uint64_t at = number - run.lowest;
    run.words[at / 64].there |= uint64_t{1} << (at % 64);
  }
  uint32_t before = 0;
  for (Word& word : run.words) {
    word.before = before;
    before += count_bits(word.there);
  }
  return run;
}

std::vector<std::pair<uint32_t, uint32_t>> CountedIds::take(const Dictionary& all, uint32_t first, uint32_t end) {
  std::vector<std::pair<uint32_t, uint32_t>> left;
  const auto leave = [&](uint32_t from, uint32_t to) {
    if (!left.empty() && left.back().second == from)
      left.back().second = to;
    else
      left.emplace_back(from, to);
  };
  std::vector<uint64_t> numbers;  // of a run
  for (uint32_t code = first; code < end;) {
    const uint32_t begin = code;
    const IdShape shape(all[code]);
    numbers.clear();
    for (; code < end && shape.any(); ++code) {
      const uint64_t number = shape.number_of(all[code]);
      if (number == IdShape::kNone) break;
      // The difference to the same one, and to a lower one, wraps.
      if (!numbers.empty() && number - numbers.back() - 1 >= kMostApart * kLeast) break;
      numbers.push_back(number);
    }
    if (numbers.size() >= kLeast && runs_.size() < kMostRuns &&
        (numbers.back() - numbers.front()) / kMostApart <= numbers.size()) {
      runs_.push_back(make_run(shape, begin, numbers));
    } else {
      code = std::max(code, begin + 1);
      leave(begin, code);
    }
  }
  return left;
}

}  // namespace hr::facts
