// Many decimals in little memory: five bytes for what fits in 32 bits, as nearly all weights, targets and ratings do.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/decimal.h"
#include "base/unset_vector.h"
#include "facts/row_order.h"

namespace hr::facts {

class DecimalColumn {
 public:
  size_t size() const { return scale_.size(); }
  void resize(size_t n) {  // new ones are missing
    unscaled_.resize(n, 0);
    scale_.resize(n, kMissing);
  }

  // A value that does not fit stays until the column ends, also when it is replaced.
  void set(size_t i, const std::optional<Decimal>& value) {
    const bool fits = value && value->unscaled == static_cast<int32_t>(value->unscaled);
    scale_[i] = !value ? kMissing : fits ? static_cast<int8_t>(value->scale) : kWide;
    unscaled_[i] = fits ? static_cast<int32_t>(value->unscaled) : static_cast<int32_t>(wide_.size());
    if (value && !fits) wide_.push_back(*value);
  }

  void append(const std::optional<Decimal>& value) {
    unscaled_.push_back(0);
    scale_.push_back(kMissing);
    set(size() - 1, value);
  }
  // The values of some rows; of scale −1: missing.
  void append(std::span<const Decimal> values, std::span<const uint32_t> rows) {
    size_t at = size();
    unscaled_.resize(at + rows.size());
    scale_.resize(at + rows.size());
    for (const uint32_t row : rows) {
      const Decimal& value = values[row];
      unscaled_[at] = static_cast<int32_t>(value.unscaled);
      scale_[at] = static_cast<int8_t>(value.scale);
      if (value.scale >= 0 && unscaled_[at] != value.unscaled) set(at, value);
      ++at;
    }
  }
  void reserve(size_t n) {
    unscaled_.reserve(n);
    scale_.reserve(n);
  }
  // What is at order[i] comes to i; an empty order leaves all as it is.
  void rearrange(std::span<const uint32_t> order) {
    facts::rearrange(unscaled_, order);
    facts::rearrange(scale_, order);
  }

  bool has(size_t i) const { return scale_[i] != kMissing; }
  Decimal at(size_t i) const {  // has(i)
    if (scale_[i] == kWide) return wide_[static_cast<size_t>(unscaled_[i])];
    return {unscaled_[i], scale_[i]};
  }
  std::optional<Decimal> operator[](size_t i) const { return has(i) ? std::optional(at(i)) : std::nullopt; }
  // The nearest double, as Decimal::to_double() gives it; has(i).
  double number(size_t i) const {
    if (scale_[i] > kMostScale || scale_[i] < 0) return at(i).to_double();
    return unscaled_[i] / kPower[scale_[i]];  // exact operands: correctly rounded
  }

 private:
  static constexpr int8_t kMissing = -1;
  static constexpr int8_t kWide = -2;  // unscaled_ is an index into wide_
  static constexpr int8_t kMostScale = 9;
  static constexpr double kPower[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

  UnsetVector<int32_t> unscaled_;
  UnsetVector<int8_t> scale_;
  std::vector<Decimal> wide_;
};

}  // namespace hr::facts
