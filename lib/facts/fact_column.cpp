#include "facts/fact_column.h"

#include <algorithm>

namespace hr::facts {

void FactColumn::count_words() {
  uint32_t before = 0;
  for (Word& word : words_) {
    word.before = before;
    before += count(word.present);
  }
}

void FactColumn::fill(std::span<const uint32_t> subjects, std::span<const double> values) {
  for (const uint32_t subject : subjects) words_[subject >> 6U].present |= bit(subject);
  count_words();
  values_.resize(words_.empty() ? 0 : words_.back().before + count(words_.back().present));
  if (std::is_sorted(subjects.begin(), subjects.end()) && values_.size() == values.size()) {
    std::copy(values.begin(), values.end(), values_.begin());
    return;
  }
  for (size_t i = 0; i < subjects.size(); ++i) values_[place(subjects[i])] = values[i];
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
