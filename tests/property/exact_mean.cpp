#include "property/exact_mean.h"

using namespace hr;

namespace property {

__extension__ using Wide = __int128;

std::optional<Figure> exact_mean(const std::vector<int64_t>& w, const std::vector<Figure>& f) {
  Wide sum = 0;
  Wide weight = 0;
  for (size_t i = 0; i < w.size(); ++i) {
    sum += Wide{w[i]} * f[i].nano;
    weight += w[i];
  }
  if (weight == 0) return std::nullopt;
  return Figure{static_cast<int64_t>((2 * sum + weight) / (2 * weight))};  // nothing is negative here
}

Weights any_weights(size_t n) {
  Weights w;
  w.decimals = weights("weight", n);
  for (const Decimal& d : w.decimals) {
    int64_t unit = d.unscaled;
    for (int i = d.scale; i < 4; ++i) unit *= 10;
    w.units.push_back(unit);
  }
  return w;
}

}  // namespace property
