// Sums, means and medians of decimals without rounding on the way: pay, headcounts, mean scores.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "base/decimal.h"
#include "base/figure.h"
#include "base/wide.h"

namespace hr {

class ExactSum {
 public:
  void add(Decimal value) {
    ++count_;
    if (value.scale != scale_ || overflow_) return add_scaled(value);
    overflow_ = __builtin_add_overflow(sum_, static_cast<Wide>(value.unscaled), &sum_);
  }
  void add(Figure figure) { add(Decimal{figure.nano, 9}); }  // all of one scale: none is raised
  // Figures that were added up already: n ≥ 1 of them.
  void add_sum(Figure sum, uint32_t n) {
    add(sum);
    count_ += n - 1;
  }
  void add(const ExactSum& other);
  size_t count() const { return count_; }
  std::optional<Decimal> total() const;  // none when empty, or beyond 18 digits
  // Rounded half away from zero to nine decimals, fewer where more than 18 digits would be needed; none when empty.
  std::optional<Decimal> mean() const;

 private:
  bool raise(int scale);
  void add_scaled(Decimal value);

  Wide sum_ = 0;
  uint32_t count_ = 0;
  int8_t scale_ = 0;
  bool overflow_ = false;  // beyond 38 digits
};

std::optional<Decimal> mean(Decimal a, Decimal b);  // as ExactSum::mean()

// The middle value, or the mean of the two in the middle; none when empty.
std::optional<Decimal> median(std::span<const Decimal> values);

}  // namespace hr
