// "Did you mean": the nearest name by edit distance.
#include <algorithm>

#include "base/text.h"
#include "base/utf8.h"

namespace hr {

namespace {

// Code points, ASCII letters in lower case: a wrong case alone is always near. Ill-formed bytes stand for themselves.
void letters_of(std::string_view text, std::u32string& out) {
  out.clear();
  for (size_t pos = 0; pos < text.size();) {
    int32_t cp = static_cast<unsigned char>(text[pos]);
    size_t n = 1;
    if (cp >= 0x80) {
      n = decode_utf8(text, pos, cp);
      if (n == 0) cp = static_cast<unsigned char>(text[pos]);
    }
    if (cp >= 'A' && cp <= 'Z') cp += 'a' - 'A';
    out += static_cast<char32_t>(cp);
    pos += n > 0 ? n : 1;
  }
}

// Damerau-Levenshtein distance (optimal string alignment): a swap of neighbours counts one. Keeps its rows from one
// pair to the next, because a name is compared with very many.
class EditDistance {
 public:
  // The distance when it is at most `limit`, else limit + 1. Only cells so near to the diagonal that they can matter
  // are computed, and nothing once a row is beyond the limit.
  size_t operator()(std::u32string_view a, std::u32string_view b, size_t limit) {
    const size_t beyond = limit + 1;
    if (a.size() > b.size() + limit || b.size() > a.size() + limit) return beyond;
    for (std::vector<size_t>* row : {&before_, &previous_, &current_}) row->assign(b.size() + 1, beyond);
    for (size_t j = 0; j <= std::min(b.size(), limit); ++j) previous_[j] = j;
    for (size_t i = 1; i <= a.size(); ++i) {
      if (next_row(a, b, i, limit) > limit) return beyond;  // no row's least cell is below the least of the row above
      std::swap(before_, previous_);
      std::swap(previous_, current_);
    }
    return std::min(previous_[b.size()], beyond);
  }

 private:
  // Row i of the table, from the two before it; its least cell.
  size_t next_row(std::u32string_view a, std::u32string_view b, size_t i, size_t limit) {
    const size_t beyond = limit + 1;
    const size_t first = i > limit ? i - limit : 1;
    const size_t last = std::min(b.size(), i + limit);
    current_[first - 1] = first == 1 ? std::min(i, beyond) : beyond;
    size_t least = current_[first - 1];
    for (size_t j = first; j <= last; ++j) {
      size_t cost = std::min(previous_[j], current_[j - 1]) + 1;
      cost = std::min(cost, previous_[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U));
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) cost = std::min(cost, before_[j - 2] + 1);
      current_[j] = std::min(cost, beyond);
      least = std::min(least, current_[j]);
    }
    return least;
  }

  std::vector<size_t> before_, previous_, current_;
};

}  // namespace

std::optional<std::string> nearest(std::string_view name, std::span<const std::string> candidates) {
  std::u32string wanted;
  std::u32string letters;
  letters_of(name, wanted);
  EditDistance distance;
  const std::string* best = nullptr;
  if (wanted.empty()) return std::nullopt;
  // At most a third of the letters, and never all of them: `S` is not nearly `A`.
  size_t limit = std::min(std::max<size_t>(1, wanted.size() / 3), wanted.size() - 1);
  for (const std::string& candidate : candidates) {
    const size_t bytes = candidate.size();  // letters are no more than that, and no fewer than a quarter
    if (bytes + limit < wanted.size() || bytes / 4 > wanted.size() + limit) continue;
    letters_of(candidate, letters);
    const size_t d = distance(wanted, letters, limit);
    if (d > limit) continue;
    best = &candidate;
    if (d == 0) break;
    limit = d - 1;
  }
  return best ? std::optional(*best) : std::nullopt;
}

}  // namespace hr
