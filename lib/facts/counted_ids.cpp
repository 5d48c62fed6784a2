#include "facts/counted_ids.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/bits.h"
#include "facts/dictionary.h"

namespace hr::facts {

namespace {

constexpr size_t kWord = 8;          // bytes
constexpr size_t kLeast = 4'096;     // ids, for which a run is worth its place
constexpr size_t kMostRuns = 4;      // each is tried in turn
constexpr uint64_t kMostApart = 64;  // numbers an id, for which a table of hashes takes as much

// The last eight bytes, the last of all highest; zeros stand for those that a shorter text lacks.
uint64_t last_bytes(std::string_view text) {
  const size_t n = text.size();
  const char* p = text.data();
  if (n >= kWord) return load<uint64_t>(p + n - kWord);
  uint64_t bytes = 0;
  if (n >= 4) {
    bytes = load<uint32_t>(p) | load<uint32_t>(p + n - 4) << (8 * (n - 4));
  } else {
    for (size_t i = 0; i < n; ++i) bytes |= uint64_t{static_cast<unsigned char>(p[i])} << (8 * i);
  }
  return n == 0 ? 0 : bytes << (8 * (kWord - n));
}

constexpr uint64_t kZeros = 0x3030303030303030U;

bool are_digits(uint64_t bytes) {
  constexpr uint64_t kHigh = 0xF0F0F0F0F0F0F0F0U;
  return (((bytes & kHigh) ^ kZeros) | (((bytes + 0x0606060606060606U) & kHigh) ^ kZeros)) == 0;
}

// Of eight digits, the first lowest: pairs, fours, all.
uint64_t read_digits(uint64_t digits) {
  digits = (digits & 0x0F0F0F0F0F0F0F0FU) * 2561 >> 8U;
  digits = (digits & 0x00FF00FF00FF00FFU) * 6553601 >> 16U;
  return (digits & 0x0000FFFF0000FFFFU) * 42949672960001 >> 32U;
}

}  // namespace

CountedIds::Shape CountedIds::shape_of(std::string_view text) {
  size_t digits = 0;
  while (digits < std::min(kWord, text.size()) && text[text.size() - 1 - digits] >= '0' &&
         text[text.size() - 1 - digits] <= '9')
    ++digits;
  if (digits == 0) return {};
  Shape shape;
  shape.size = text.size();
  shape.digits = ~uint64_t{0} << (8 * (kWord - digits));
  shape.front = last_bytes(text) & ~shape.digits;
  if (text.size() > kWord) shape.head = text.substr(0, text.size() - kWord);
  return shape;
}

uint64_t CountedIds::number_of(std::string_view text, const Shape& shape) {
  if (text.size() != shape.size) return kNone;
  const uint64_t last = last_bytes(text);
  const uint64_t digits = (last & shape.digits) | (kZeros & ~shape.digits);
  if ((last & ~shape.digits) != shape.front || !are_digits(digits)) return kNone;
  if (!shape.head.empty() && std::memcmp(text.data(), shape.head.data(), shape.head.size()) != 0) return kNone;
  return read_digits(digits);
}

uint64_t CountedIds::place_in(const Run& run, std::string_view text) {
  const uint64_t place = number_of(text, run.shape) - run.lowest;  // of none, and of a lower one, beyond all words
  return place / 64 < run.words.size() ? place : kNone;
}

uint32_t CountedIds::code_at(const Run& run, uint64_t place) {
  if (place == kNone) return kMissingCode;
  const Word& word = run.words[place / 64];
  const uint64_t bit = uint64_t{1} << (place % 64);
  return (word.there & bit) != 0 ? run.first + word.before + count_bits(word.there & (bit - 1)) : kMissingCode;
}

uint32_t CountedIds::find(std::string_view text) const {
  uint32_t code = kMissingCode;
  for (size_t r = 0; r < runs_.size() && code == kMissingCode; ++r) code = code_at(runs_[r], place_in(runs_[r], text));
  return code;
}

void CountedIds::find_all(std::span<const std::string_view> texts, uint32_t* codes) const {
  std::array<uint64_t, kGroup> places;
  std::fill_n(codes, texts.size(), kMissingCode);
  for (const Run& run : runs_) {
    for (size_t i = 0; i < texts.size(); ++i) {
      places[i] = place_in(run, texts[i]);
      if (places[i] != kNone) __builtin_prefetch(&run.words[places[i] / 64]);
    }
    for (size_t i = 0; i < texts.size(); ++i) {
      if (codes[i] == kMissingCode) codes[i] = code_at(run, places[i]);
    }
  }
}

CountedIds::Run CountedIds::make_run(const Shape& shape, uint32_t first, const std::vector<uint64_t>& numbers) {
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
    const Shape shape = shape_of(all[code]);
    numbers.clear();
    for (; code < end && shape.size > 0; ++code) {
      const uint64_t number = number_of(all[code], shape);
      if (number == kNone) break;
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
