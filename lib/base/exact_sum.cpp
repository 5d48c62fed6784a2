#include "base/exact_sum.h"

#include <algorithm>
#include <vector>

#include "base/decimal_scale.h"

namespace hr {

static constexpr int kMeanDecimals = 9;
static constexpr int64_t kLimit = kPow10.back();  // more than 18 digits

// The sum in units of 10^-scale, with scale at least `scale`; false on overflow.
bool ExactSum::raise(int scale) {
  for (; scale_ < scale; ++scale_) {
    if (__builtin_mul_overflow(sum_, Wide{10}, &sum_)) return false;
  }
  return true;
}

void ExactSum::add_scaled(Decimal value) {
  overflow_ = overflow_ || !raise(value.scale);
  if (overflow_) return;
  overflow_ = __builtin_add_overflow(sum_, at_scale(value, scale_), &sum_);
}

void ExactSum::add(const ExactSum& other) {
  count_ += other.count_;
  overflow_ = overflow_ || other.overflow_ || !raise(other.scale_);
  ExactSum raised = other;
  overflow_ = overflow_ || !raised.raise(scale_) || __builtin_add_overflow(sum_, raised.sum_, &sum_);
}

std::optional<Decimal> ExactSum::total() const {
  if (count_ == 0 || overflow_) return std::nullopt;
  Wide sum = sum_;
  int scale = scale_;
  for (; scale > 0 && sum % 10 == 0; --scale) sum /= 10;
  if (scale > 18 || sum >= kLimit || sum <= -kLimit) return std::nullopt;
  return make_decimal(static_cast<int64_t>(sum), scale);
}

std::optional<Decimal> ExactSum::mean() const {
  if (count_ == 0 || overflow_) return std::nullopt;
  for (int decimals = kMeanDecimals; decimals >= 0; --decimals) {
    Wide numerator = sum_;
    Wide denominator = static_cast<Wide>(count_);
    bool fits = true;
    for (int s = scale_; s < decimals && fits; ++s) fits = !__builtin_mul_overflow(numerator, Wide{10}, &numerator);
    for (int s = decimals; s < scale_ && fits; ++s) fits = !__builtin_mul_overflow(denominator, Wide{10}, &denominator);
    if (!fits) continue;
    Wide mean = numerator / denominator;
    const Wide rest = numerator % denominator;
    if (rest >= denominator - rest) ++mean;
    if (-rest >= denominator + rest) --mean;
    if (mean < kLimit && mean > -kLimit) return make_decimal(static_cast<int64_t>(mean), decimals);
  }
  return std::nullopt;
}

std::optional<Decimal> mean(Decimal a, Decimal b) {
  ExactSum two;
  two.add(a);
  two.add(b);
  return two.mean();
}

std::optional<Decimal> median(std::span<const Decimal> values) {
  if (values.empty()) return std::nullopt;
  const int32_t scale = common_scale(values);
  std::vector<Wide> scaled(values.size());  // quicker to compare
  for (size_t i = 0; i < values.size(); ++i) scaled[i] = at_scale(values[i], scale);
  const auto middle = scaled.begin() + static_cast<std::ptrdiff_t>(scaled.size() / 2);
  std::nth_element(scaled.begin(), middle, scaled.end());
  const auto decimal = [&](Wide value) {  // it was one
    int32_t places = scale;
    for (; places > 0 && value % 10 == 0; --places) value /= 10;
    return Decimal{static_cast<int64_t>(value), places};
  };
  if (scaled.size() % 2 == 1) return decimal(*middle);
  return mean(decimal(*std::max_element(scaled.begin(), middle)), decimal(*middle));
}

}  // namespace hr
