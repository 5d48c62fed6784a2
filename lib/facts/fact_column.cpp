#include "facts/fact_column.h"

#include <algorithm>
#include <bit>

namespace hr::facts {

void FactColumn::count_words() {
  uint32_t before = 0;
  for (Word& word : words_) {
    word.before = before;
    before += count_bits(word.present);
  }
}

FactColumn::FactColumn(const Period& p, const ScatteredFacts& facts) : period(p), words_(facts.present_.size()) {
  for (size_t w = 0; w < words_.size(); ++w) words_[w].present = facts.present_[w];
  count_words();
  values_.resize(words_.empty() ? 0 : words_.back().before + count_bits(words_.back().present));
  double* to = values_.data();
  for (size_t w = 0; w < words_.size(); ++w) {
    const double* from = facts.values_.data() + 64 * w;
    if (words_[w].present == ~uint64_t{0}) {
      to = std::copy(from, from + 64, to);
    } else {
      for (uint64_t left = words_[w].present; left != 0; left &= left - 1) *to++ = from[std::countr_zero(left)];
    }
  }
}

void FactColumn::gather(std::span<const uint32_t> subjects, double* values, double* there) const {
  const size_t n = subjects.size();
  if (n == 0) return;
  if (subjects.back() - subjects.front() + size_t{1} == n) return gather_range(subjects.front(), n, values, there);
  for (size_t i = 0; i < n; ++i) {
    const bool has_value = has(subjects[i]);
    values[i] = has_value ? value(subjects[i]) : 0;
    there[i] = has_value ? 1 : 0;
  }
}

void FactColumn::gather_range(uint32_t first, size_t n, double* values, double* there) const {
  const double* from = values_.data() + place(first);
  for (size_t i = 0; i < n;) {
    const auto subject = static_cast<uint32_t>(first + i);
    const size_t bits = std::min<size_t>(n - i, 64 - (subject & 63U));  // of this word
    const uint64_t present = words_[subject >> 6U].present >> (subject & 63U);
    const bool all = present << (64 - bits) == ~uint64_t{0} << (64 - bits);
    for (size_t k = 0; all && k < bits; ++k) values[i + k] = from[k];
    for (size_t k = 0; all && k < bits; ++k) there[i + k] = 1;
    if (all) from += bits;
    for (size_t k = 0; !all && k < bits; ++k) {
      const bool has_value = ((present >> k) & 1U) != 0;
      values[i + k] = has_value ? *from++ : 0;
      there[i + k] = has_value ? 1 : 0;
    }
    i += bits;
  }
}

void FactColumn::set(uint32_t subject, double value) {
  const auto at = values_.begin() + static_cast<std::ptrdiff_t>(place(subject));
  if (has(subject)) {
    *at = value;
    return;
  }
  values_.insert(at, value);
  words_[subject >> 6U].present |= bit(subject);
  count_words();
}

void FactColumn::clear(uint32_t subject) {
  if (!has(subject)) return;
  values_.erase(values_.begin() + static_cast<std::ptrdiff_t>(place(subject)));
  words_[subject >> 6U].present &= ~bit(subject);
  count_words();
}

}  // namespace hr::facts
