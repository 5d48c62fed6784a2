// "Did you mean": the nearest name by edit distance.
#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/text.h"
#include "base/utf8.h"

namespace hr {

namespace {

// The next code point, ASCII letters in lower case: a wrong case alone is always near. Ill-formed bytes stand for
// themselves.
char32_t next_letter(std::string_view text, size_t& pos) {
  const auto byte = static_cast<unsigned char>(text[pos]);
  if (byte < 0x80) {
    ++pos;
    return byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte;
  }
  int32_t cp = 0;
  const size_t n = decode_utf8(text, pos, cp);
  pos += std::max<size_t>(1, n);
  return n > 0 ? static_cast<char32_t>(cp) : byte;
}

std::u32string letters_of(std::string_view text) {
  std::u32string letters;
  for (size_t pos = 0; pos < text.size();) letters += next_letter(text, pos);
  return letters;
}

// Damerau-Levenshtein distance (optimal string alignment): a swap of neighbours counts one.
size_t table_distance(std::u32string_view a, std::u32string_view b) {
  std::vector<size_t> before(b.size() + 1), previous(b.size() + 1), current(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) previous[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      current[j] = std::min({previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        current[j] = std::min(current[j], before[j - 2] + 1);
    }
    std::swap(before, previous);
    std::swap(previous, current);
  }
  return previous[b.size()];
}

// The same from one name of at most 64 letters to many. A column of the table is held as the differences of its
// neighbours, a bit each (Hyyrö, A bit-vector algorithm for computing Levenshtein and Damerau edit distances, 2003).
// Of a candidate that begins as the one before it, as ids in order do, only the rest is looked at.
class DistanceFrom {
 public:
  static constexpr size_t kMostLetters = 64;

  explicit DistanceFrom(std::u32string_view name) : name_(name) {
    for (size_t i = 0; i < name.size(); ++i) {
      if (name[i] < ascii_.size()) ascii_[name[i]] |= uint64_t{1} << i;
    }
    columns_.push_back({0, ~uint64_t{0}, 0, 0, 0, name.size()});
  }

  // The distance when it is at most `limit`, else something beyond it. The candidate of the call before is still there.
  size_t operator()(std::string_view candidate, size_t limit) {
    keep_common(candidate);
    const uint64_t last = uint64_t{1} << (name_.size() - 1);
    Column column = columns_.back();
    // Each letter to come takes off one at most.
    while (column.end < candidate.size() && column.distance <= limit + (candidate.size() - column.end)) {
      const uint64_t matches = places_of(next_letter(candidate, column.end));
      const uint64_t swapped = ((~column.same & matches) << 1U) & column.matches;
      column.same = (((matches & column.up) + column.up) ^ column.up) | matches | column.down | swapped;
      uint64_t more = column.down | ~(column.same | column.up);  // than the one before it
      uint64_t less = column.same & column.up;
      column.distance += (more & last) != 0 ? 1U : 0U;
      column.distance -= (less & last) != 0 ? 1U : 0U;
      more = (more << 1U) | 1U;
      less <<= 1U;
      column.up = less | ~(column.same | more);
      column.down = column.same & more;
      column.matches = matches;
      columns_.push_back(column);
    }
    before_ = candidate;
    return column.end == candidate.size() ? column.distance : limit + 1;
  }

 private:
  // After some letters of a candidate.
  struct Column {
    size_t end;         // of the letters, in bytes
    uint64_t up, down;  // a cell is one more, or one less, than the one above it
    uint64_t same;      // as the one above and before it
    uint64_t matches;   // places of the last letter
    size_t distance;
  };

  void keep_common(std::string_view candidate) {
    const size_t most = std::min({columns_.back().end, before_.size(), candidate.size()});
    size_t common = 0;
    while (common < most && before_[common] == candidate[common]) ++common;
    // What was no code point before may begin one here.
    const auto goes_on = [&](size_t at) { return at < candidate.size() && (candidate[at] & 0xC0) == 0x80; };
    while (common > 0 && goes_on(common)) --common;
    while (columns_.back().end > common) columns_.pop_back();
  }

  // A bit for each place where the name has the letter.
  uint64_t places_of(char32_t letter) const {
    if (letter < ascii_.size()) return ascii_[letter];
    uint64_t places = 0;
    for (size_t i = 0; i < name_.size(); ++i) places |= uint64_t{name_[i] == letter ? 1U : 0U} << i;
    return places;
  }

  std::u32string_view name_;
  std::array<uint64_t, 128> ascii_{};
  std::string_view before_;      // the last candidate
  std::vector<Column> columns_;  // of its letters as far as they were looked at; the first: of none
};

// The place of the first of the nearest; their number = none is near.
template <class Text>
size_t find_nearest(std::string_view name, std::span<const Text> candidates) {
  const std::u32string wanted = letters_of(name);
  if (wanted.empty()) return candidates.size();
  const bool is_short = wanted.size() <= DistanceFrom::kMostLetters;
  DistanceFrom distance(is_short ? wanted : std::u32string_view());
  size_t best = candidates.size();
  // At most a third of the letters, and never all of them: `S` is not nearly `A`.
  size_t limit = std::min(std::max<size_t>(1, wanted.size() / 3), wanted.size() - 1);
  for (size_t i = 0; i < candidates.size(); ++i) {
    const std::string_view candidate = candidates[i];
    const size_t bytes = candidate.size();  // letters are no more than that, and no fewer than a quarter
    if (bytes + limit < wanted.size() || bytes / 4 > wanted.size() + limit) continue;
    const size_t d = is_short ? distance(candidate, limit) : table_distance(wanted, letters_of(candidate));
    if (d > limit) continue;
    best = i;
    if (d == 0) break;
    limit = d - 1;
  }
  return best;
}

}  // namespace

std::optional<std::string> nearest(std::string_view name, std::span<const std::string> candidates) {
  const size_t place = find_nearest(name, candidates);
  return place < candidates.size() ? std::optional(candidates[place]) : std::nullopt;
}

std::optional<std::string> nearest(std::string_view name, std::span<const std::string_view> candidates) {
  const size_t place = find_nearest(name, candidates);
  return place < candidates.size() ? std::optional<std::string>(candidates[place]) : std::nullopt;
}

}  // namespace hr
