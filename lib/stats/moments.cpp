#include "stats/moments.h"

#include <cmath>

namespace hr::stats {

Moments moments_of(std::span<const Figure> values) {
  Moments m;
  m.n = values.size();
  if (values.empty()) return m;
  const double n = static_cast<double>(m.n);
  const Figure first = values.front();  // deviations from it are exact, and 0 where all are equal
  double sum = 0;
  for (const Figure v : values) sum += v.value() - first.value();
  const double shift = sum / n;
  for (const Figure v : values) {
    const double d = v.value() - first.value() - shift;
    m.squares += d * d;
  }
  m.mean = first.value() + shift;
  return m;
}

Moments merged(const Moments& a, const Moments& b) {
  if (a.n == 0) return b;
  if (b.n == 0) return a;
  const double n = static_cast<double>(a.n) + static_cast<double>(b.n);
  const double step = b.mean - a.mean;
  const double share = static_cast<double>(b.n) / n;
  return {a.n + b.n, a.mean + step * share, a.squares + b.squares + step * step * static_cast<double>(a.n) * share};
}

std::optional<double> hedges_g(const Moments& a, const Moments& b) {
  const double freedom = static_cast<double>(a.n) + static_cast<double>(b.n) - 2;
  if (a.n == 0 || b.n == 0 || freedom < 1 || a.squares + b.squares == 0) return std::nullopt;
  const double pooled = std::sqrt((a.squares + b.squares) / freedom);
  return (a.mean - b.mean) / pooled * (1 - 3 / (4 * freedom - 1));
}

std::optional<double> deviation(const Moments& m) {
  if (m.n < 2) return std::nullopt;
  return std::sqrt(m.squares / static_cast<double>(m.n - 1));
}

std::optional<double> skewness(std::span<const Figure> values) {
  const Moments m = moments_of(values);
  if (m.n < 3 || m.squares == 0) return std::nullopt;
  const double n = static_cast<double>(m.n);
  double cubes = 0;
  for (const Figure v : values) {
    const double d = v.value() - m.mean;
    cubes += d * d * d;
  }
  const double g1 = cubes / n / std::pow(m.squares / n, 1.5);
  return g1 * std::sqrt(n * (n - 1)) / (n - 2);
}

}  // namespace hr::stats
