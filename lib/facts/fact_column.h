// Facts in columns: one KPI's values in one period, over all subjects of one kind (people or units).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/bits.h"
#include "base/period.h"

namespace hr::facts {

// Values of some of the subjects [0, subjects) as they are found, in any order: what a column is made of.
class ScatteredFacts {
 public:
  explicit ScatteredFacts(size_t subjects) : present_((subjects + 63) / 64), values_(subjects) {}

  void set(uint32_t subject, double value) {
    present_[subject >> 6U] |= uint64_t{1} << (subject & 63U);
    values_[subject] = value;
  }
  void clear() { std::fill(present_.begin(), present_.end(), 0U); }  // nobody has a value
  size_t subjects() const { return values_.size(); }

 private:
  friend class FactColumn;
  std::vector<uint64_t> present_;  // a bit a subject
  std::vector<double> values_;     // by subject
};

// Of the subjects [0, subjects): a bit each to say who has a value, and the values of those alone, in their order. What
// stands before a subject is counted 64 at a time, so that a value is found without a search.
class FactColumn {
 public:
  FactColumn(const Period& p, const ScatteredFacts& facts);

  Period period;

  bool has(uint32_t subject) const { return ((words_[subject >> 6U].present >> (subject & 63U)) & 1U) != 0; }
  double value(uint32_t subject) const { return values_[place(subject)]; }  // of one that has()
  // Of subjects, ascending: values[i], and there[i] = 1; both 0 of one that has none.
  void gather(std::span<const uint32_t> subjects, double* values, double* there) const;
  // Single values: moves all that is behind.
  void set(uint32_t subject, double value);
  void clear(uint32_t subject);
  size_t size() const { return values_.size(); }  // how many have a value
  size_t bytes() const { return words_.size() * sizeof(Word) + values_.size() * sizeof(double); }

 private:
  struct Word {
    uint64_t present = 0;  // of 64 subjects
    uint32_t before = 0;   // values of the words before it
  };
  static uint64_t bit(uint32_t subject) { return uint64_t{1} << (subject & 63U); }
  size_t place(uint32_t subject) const {
    const Word& word = words_[subject >> 6U];
    return size_t{word.before} + count_bits(word.present & (bit(subject) - 1));
  }
  void gather_range(uint32_t first, size_t n, double* values, double* there) const;
  void count_words();

  std::vector<Word> words_;
  std::vector<double> values_;
};

struct KpiFacts {
  std::string kpi;
  std::vector<FactColumn> people;  // ascending by period
  std::vector<FactColumn> units;
};

}  // namespace hr::facts
