#include "stats/decimals.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "base/decimal_scale.h"

namespace hr::stats {

namespace {

constexpr int32_t kDecimals = 9;
constexpr int64_t kMostUnscaled = 999'999'999'999'999'999;  // 18 digits

Wide divide(Wide numerator, Wide denominator) {  // > 0; half away from zero
  const Wide whole = numerator / denominator;
  const Wide rest = numerator % denominator;
  const Wide size = rest < 0 ? -rest : rest;
  if (size < denominator - size) return whole;
  return whole + (numerator < 0 ? -1 : 1);
}

// numerator / (denominator × 10^scale).
std::optional<Decimal> quotient(Wide numerator, int64_t denominator, int32_t scale) {
  for (int32_t decimals = kDecimals; decimals >= 0; --decimals) {
    Wide scaled = numerator;
    Wide by = denominator;
    const bool fits = decimals >= scale ? !__builtin_mul_overflow(numerator, Wide{pow10(decimals - scale)}, &scaled)
                                        : !__builtin_mul_overflow(by, Wide{pow10(scale - decimals)}, &by);
    if (!fits) continue;
    const Wide result = divide(scaled, by);
    if (result >= -kMostUnscaled && result <= kMostUnscaled)
      return make_decimal(static_cast<int64_t>(result), decimals);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Decimal> mean(std::span<const Decimal> values) {
  if (values.empty()) return std::nullopt;
  const int32_t scale = common_scale(values);
  Wide sum = 0;
  for (const Decimal& v : values) {
    if (__builtin_add_overflow(sum, at_scale(v, scale), &sum)) return std::nullopt;
  }
  return quotient(sum, static_cast<int64_t>(values.size()), scale);
}

std::optional<Decimal> quantile(std::span<const Decimal> sorted, uint32_t percent) {
  constexpr int64_t kHundred = 100;
  assert(percent <= kHundred);
  if (sorted.empty()) return std::nullopt;
  const uint64_t hundredths = (sorted.size() - 1) * uint64_t{percent};
  const size_t below = hundredths / kHundred;
  const auto rest = static_cast<int64_t>(hundredths % kHundred);
  if (rest == 0) return sorted[below];
  const int32_t scale = std::max(sorted[below].scale, sorted[below + 1].scale);
  Wide low = at_scale(sorted[below], scale);
  Wide high = at_scale(sorted[below + 1], scale);
  // Both weighted: a hundred times 18 digits at 18 decimals may be too much.
  if (__builtin_mul_overflow(low, Wide{kHundred - rest}, &low) || __builtin_mul_overflow(high, Wide{rest}, &high) ||
      __builtin_add_overflow(low, high, &low))
    return std::nullopt;
  return quotient(low, kHundred, scale);
}

std::optional<double> deviation(std::span<const Decimal> values) {
  if (values.size() < 2) return std::nullopt;
  double sum = 0;
  for (const Decimal& v : values) sum += v.to_double();
  const double middle = sum / static_cast<double>(values.size());
  double squares = 0;
  for (const Decimal& v : values) squares += (v.to_double() - middle) * (v.to_double() - middle);
  const bool all_equal = std::all_of(values.begin(), values.end(), [&](const Decimal& v) { return v == values[0]; });
  return all_equal ? 0 : std::sqrt(squares / static_cast<double>(values.size() - 1));
}

}  // namespace hr::stats
