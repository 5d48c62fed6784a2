// "Did you mean": the nearest name by edit distance.
#include <algorithm>
#include <array>
#include <utility>

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
class DistanceFrom {
 public:
  static constexpr size_t kMostLetters = 64;

  explicit DistanceFrom(std::u32string_view name) : name_(name) {
    for (size_t i = 0; i < name.size(); ++i) {
      if (name[i] < ascii_.size()) ascii_[name[i]] |= uint64_t{1} << i;
    }
  }

  // The distance when it is at most `limit`, else something beyond it.
  size_t operator()(std::string_view candidate, size_t limit) const {
    const uint64_t last = uint64_t{1} << (name_.size() - 1);
    uint64_t up = ~uint64_t{0};  // a cell is one more, or one less, than the one above it
    uint64_t down = 0;
    uint64_t same = 0;  // as the one above and before it
    uint64_t matches_before = 0;
    size_t distance = name_.size();
    for (size_t pos = 0; pos < candidate.size();) {
      const uint64_t matches = places_of(next_letter(candidate, pos));
      const uint64_t swapped = ((~same & matches) << 1U) & matches_before;
      same = (((matches & up) + up) ^ up) | matches | down | swapped;
      uint64_t more = down | ~(same | up);  // than the one before it
      uint64_t less = same & up;
      distance += (more & last) != 0 ? 1U : 0U;
      distance -= (less & last) != 0 ? 1U : 0U;
      if (distance > limit + (candidate.size() - pos)) break;  // each letter to come takes off one at most
      more = (more << 1U) | 1U;
      less <<= 1U;
      up = less | ~(same | more);
      down = same & more;
      matches_before = matches;
    }
    return distance;
  }

 private:
  // A bit for each place where the name has the letter.
  uint64_t places_of(char32_t letter) const {
    if (letter < ascii_.size()) return ascii_[letter];
    uint64_t places = 0;
    for (size_t i = 0; i < name_.size(); ++i) places |= uint64_t{name_[i] == letter ? 1U : 0U} << i;
    return places;
  }

  std::u32string_view name_;
  std::array<uint64_t, 128> ascii_{};
};

}  // namespace

std::optional<std::string> nearest(std::string_view name, std::span<const std::string> candidates) {
  const std::u32string wanted = letters_of(name);
  const bool is_short = wanted.size() <= DistanceFrom::kMostLetters;
  const DistanceFrom distance(is_short ? wanted : std::u32string_view());
  const std::string* best = nullptr;
  if (wanted.empty()) return std::nullopt;
  // At most a third of the letters, and never all of them: `S` is not nearly `A`.
  size_t limit = std::min(std::max<size_t>(1, wanted.size() / 3), wanted.size() - 1);
  for (const std::string& candidate : candidates) {
    const size_t bytes = candidate.size();  // letters are no more than that, and no fewer than a quarter
    if (bytes + limit < wanted.size() || bytes / 4 > wanted.size() + limit) continue;
    const size_t d = is_short ? distance(candidate, limit) : table_distance(wanted, letters_of(candidate));
    if (d > limit) continue;
    best = &candidate;
    if (d == 0) break;
    limit = d - 1;
  }
  return best ? std::optional(*best) : std::nullopt;
}

}  // namespace hr
