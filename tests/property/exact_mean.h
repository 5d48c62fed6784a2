// Weighted means in whole numbers, beside which the kernels' are held.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "property/properties.h"

namespace property {

// Σ w·f / Σ w in integers, half away from zero; weights of the same scale; none when they add up to 0.
std::optional<hr::Figure> exact_mean(const std::vector<int64_t>& w, const std::vector<hr::Figure>& f);

// Weights of one scale, so that they are whole numbers of it.
struct Weights {
  std::vector<int64_t> units;
  std::vector<hr::Decimal> decimals;
};
Weights any_weights(size_t n);

}  // namespace property
