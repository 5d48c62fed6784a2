// "Did you mean": the nearest name by edit distance.
#include <algorithm>

#include "base/text.h"
#include "base/utf8.h"

namespace hr {

// Code points, ASCII letters in lower case: a wrong case alone is always near. Ill-formed bytes stand for themselves.
static std::u32string letters_of(std::string_view text) {
  std::u32string out;
  for (size_t pos = 0; pos < text.size();) {
    int32_t cp = 0;
    const size_t n = decode_utf8(text, pos, cp);
    if (n == 0) cp = static_cast<unsigned char>(text[pos]);
    if (cp >= 'A' && cp <= 'Z') cp += 'a' - 'A';
    out += static_cast<char32_t>(cp);
    pos += n > 0 ? n : 1;
  }
  return out;
}

// Damerau-Levenshtein distance (optimal string alignment): a swap of neighbours counts one.
static size_t edit_distance(const std::u32string& a, const std::u32string& b) {
  std::vector<size_t> before(b.size() + 1);
  std::vector<size_t> previous(b.size() + 1);
  std::vector<size_t> current(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) previous[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      current[j] = std::min({previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        current[j] = std::min(current[j], before[j - 2] + 1);
      }
    }
    std::swap(before, previous);
    std::swap(previous, current);
  }
  return previous[b.size()];
}

std::optional<std::string> nearest(std::string_view name, std::span<const std::string> candidates) {
  const std::u32string wanted = letters_of(name);
  const size_t limit = std::max<size_t>(1, wanted.size() / 3);
  std::optional<std::string> best;
  size_t best_distance = limit + 1;
  for (const std::string& candidate : candidates) {
    const std::u32string letters = letters_of(candidate);
    if (letters.size() > wanted.size() + limit || wanted.size() > letters.size() + limit) continue;
    const size_t d = edit_distance(wanted, letters);
    if (d < best_distance && d < wanted.size()) {  // `S` is not nearly `A`
      best_distance = d;
      best = candidate;
    }
  }
  return best;
}

}  // namespace hr
